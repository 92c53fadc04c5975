// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example server, started as a user starts it and asked over HTTP. */
class ExampleServerTest {
    private static Process server;
    private static String address;
    private static Pole pole;

    @BeforeAll
    static void start() throws Exception {
        String source = Sample.source().resolve("example/PoleServer.java").toString();
        server =
                Program.start(
                        List.of(
                                "-cp", Program.jar().toString(), source,
                                Sample.path().toString(), "0"));
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        address = out.readLine();
        assertTrue(address != null && address.startsWith("http://127.0.0.1:"), address);
        try (PoleIndex index = PoleIndex.open(Sample.path())) {
            pole = index.nearest(45.75, 126.65, 1).get(0).pole();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.destroy();
        server.waitFor();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject object(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertEquals(200, response.statusCode(), response.body());
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    @Test
    void resolvesWhatWasSaid() throws Exception {
        String said = URLEncoder.encode("灯杆号 " + pole.code(), StandardCharsets.UTF_8);
        JsonObject answer =
                object("/resolve?text=" + said + "&lat=" + pole.lat() + "&lon=" + pole.lon());
        assertEquals(pole.code(), answer.get("heard").getAsString());
        assertTrue(answer.getAsJsonObject("index").get("sample").getAsBoolean());
        assertEquals("hint", answer.getAsJsonArray("corroborated_by").get(0).getAsString());
        try (PoleIndex index = PoleIndex.open(Sample.path())) {
            Evidence here = Evidence.builder().hint(pole.lat(), pole.lon(), 500).build();
            Resolution same = index.resolve("灯杆号 " + pole.code(), here);
            assertEquals(JsonParser.parseString(same.toJson()), answer);
        }
    }

    @Test
    void tellsAPoleAndWhatIsNear() throws Exception {
        JsonObject hit = object("/pole?code=" + pole.code());
        assertEquals(pole.code(), hit.getAsJsonObject("pole").get("code").getAsString());
        assertEquals("null", get("/pole?code=0000000").body());
        JsonArray near =
                JsonParser.parseString(get("/near?lat=45.75&lon=126.65&k=2").body())
                        .getAsJsonArray();
        assertEquals(2, near.size());
        assertEquals(115900, object("/info").get("poles").getAsInt());
    }

    @Test
    void tellsErrorsAsJson() throws Exception {
        HttpResponse<String> response = get("/pole?code=pole");
        assertEquals(422, response.statusCode());
        JsonObject error = JsonParser.parseString(response.body()).getAsJsonObject();
        assertEquals(
                "malformed_code", error.getAsJsonObject("error").get("code").getAsString());
        assertEquals(400, get("/resolve").statusCode());
        assertEquals(400, get("/near?lat=here&lon=there").statusCode());
    }
}
