// SPDX-License-Identifier: MIT
// A service that answers in JSON, on this machine alone, with what Java brings and no framework:
//
//     java -cp polelookup-0.1.0.jar PoleServer.java INDEX.plx [PORT]
//     curl 'http://127.0.0.1:8110/resolve?text=...&lat=45.77&lon=126.64&radius_m=300'
//
// Port 0 takes a free one. The first line on standard output is the address.

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import polelookup.Evidence;
import polelookup.PoleException;
import polelookup.PoleIndex;

public final class PoleServer {
    private final PoleIndex index;

    private PoleServer(PoleIndex index) {
        this.index = index;
    }

    public static void main(String[] args) throws IOException {
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8110;
        PoleServer service = new PoleServer(PoleIndex.open(args[0]));
        InetAddress here = InetAddress.getLoopbackAddress();
        HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
        server.createContext("/info", e -> answer(e, query -> service.index.info().toJson()));
        server.createContext("/resolve", e -> answer(e, service::resolve));
        server.createContext("/pole", e -> answer(e, service::pole));
        server.createContext("/near", e -> answer(e, service::near));
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private String resolve(Map<String, String> query) {
        Evidence.Builder known = Evidence.builder();
        if (query.containsKey("lat")) {
            double radius = number(query, "radius_m", 500);
            known.hint(number(query, "lat"), number(query, "lon"), radius);
        }
        known.street(query.getOrDefault("street", ""));
        known.district(query.getOrDefault("district", ""));
        known.also(query.getOrDefault("also", ""));
        return index.resolve(need(query, "text"), known.build()).toJson();
    }

    private String pole(Map<String, String> query) {
        return index.find(need(query, "code"))
                .map(pole -> index.describe(pole).toJson())
                .orElse("null");
    }

    private String near(Map<String, String> query) {
        int k = (int) number(query, "k", 3);
        return index.nearest(number(query, "lat"), number(query, "lon"), k).stream()
                .map(hit -> index.describe(hit).toJson())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String need(Map<String, String> query, String key) {
        if (!query.containsKey(key)) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return query.get(key);
    }

    private static double number(Map<String, String> query, String key) {
        return Double.parseDouble(need(query, key));
    }

    private static double number(Map<String, String> query, String key, double otherwise) {
        return query.containsKey(key) ? number(query, key) : otherwise;
    }

    private static void answer(HttpExchange exchange, Function<Map<String, String>, String> call)
            throws IOException {
        int status = 200;
        String body;
        try {
            body = call.apply(query(exchange.getRequestURI().getRawQuery()));
        } catch (PoleException e) {
            status = 422;
            body = e.toJson();
        } catch (IllegalArgumentException e) {
            status = 400;
            body = "{\"error\":{\"code\":\"bad_request\"}}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
