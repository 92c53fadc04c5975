// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the example of the README, typed as it stands, prints what the README says. */
class ReadmeTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```java\n(.*?)```\n.*?\n```\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void theExamplePrintsWhatItSays(@TempDir Path empty) throws Exception {
        Matcher example =
                EXAMPLE.matcher(Files.readString(Sample.source().resolve("README.md")));
        assertTrue(example.find());
        Path source = Files.writeString(empty.resolve("Desk.java"), example.group(1));
        String out =
                Program.run(
                        List.of(
                                "-cp", Program.jar().toString(), source.toString(),
                                Sample.path().toString()));
        assertEquals(example.group(2), out);
    }
}
