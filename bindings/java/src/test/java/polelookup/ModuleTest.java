// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the jar is a module: a modular program compiles and runs against it. */
class ModuleTest {
    @Test
    void isRequiredByAModule(@TempDir Path folder) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/desk"));
        Files.writeString(
                source.resolveSibling("module-info.java"), "module desk { requires polelookup; }");
        Files.writeString(
                source.resolve("Desk.java"),
                "package desk;\n"
                        + "public class Desk {\n"
                        + "    public static void main(String[] args) {\n"
                        + "        try (var index = polelookup.PoleIndex.open(args[0])) {\n"
                        + "            System.out.println(index.info().poles());\n"
                        + "        }\n"
                        + "    }\n"
                        + "}\n");
        String classes = folder.resolve("classes").toString();
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null, null, null, "-p", Program.jar().toString(), "-d", classes,
                                source.resolveSibling("module-info.java").toString(),
                                source.resolve("Desk.java").toString());
        assertEquals(0, status);
        List<String> run = new ArrayList<>();
        if (Runtime.version().feature() >= 22) {
            run.add("--enable-native-access=polelookup");
        }
        run.addAll(
                List.of(
                        "-p", Program.jar() + ":" + classes, "-m", "desk/desk.Desk",
                        Sample.path().toString()));
        assertEquals("115900\n", Program.run(run));
    }
}
