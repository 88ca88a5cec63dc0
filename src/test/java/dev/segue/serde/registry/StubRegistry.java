// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.config.RegistrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;

/** A registry on the JDK's own server, with configurable responses for some paths. */
public final class StubRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Answer UNKNOWN = new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");

    private final List<String> registered = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Runnable beforeAnswer = () -> {};

    public StubRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private record Answer(int status, String body) {}

    /** Two attempts without a pause. */
    public RegistrySettings settings() {
        return RegistrySettings.of(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .withRetries(2, Duration.ZERO);
    }

    /** From now on, the path, such as {@code /schemas/ids/7}, has this response. */
    public void says(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
    }

    /** The id or version has this schema of this type, with references as {@code subject:version}. */
    public void has(String path, String type, String schema, String... references) throws IOException {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (String reference : references) {
            int colon = reference.lastIndexOf(':');
            listed.add(Map.of(
                    "name",
                    "any",
                    "subject",
                    reference.substring(0, colon),
                    "version",
                    Integer.parseInt(reference.substring(colon + 1))));
        }
        says(
                path,
                200,
                JSON.writeValueAsString(Map.of("schemaType", type, "schema", schema, "references", listed, "id", 7)));
    }

    /** Restores the initial response of the path. */
    public void forgets(String path) {
        answers.remove(path);
    }

    /** Runs before each response, for example to advance a clock. */
    void beforeAnswer(Runnable action) {
        beforeAnswer = action;
    }

    /** Every requested path since the last call. */
    public List<String> requests() {
        synchronized (requests) {
            List<String> asked = List.copyOf(requests);
            requests.clear();
            return asked;
        }
    }

    /** The schema's id. */
    int register(Schema schema) {
        synchronized (registered) {
            if (!registered.contains(schema.toString())) {
                registered.add(schema.toString());
            }
            return registered.indexOf(schema.toString()) + 1;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(path);
        beforeAnswer.run();
        Answer answer = answers.get(path);
        if (answer == null) {
            answer = answers.containsKey("*") ? answers.get("*") : usual(exchange.getRequestMethod(), path, sent);
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Answer usual(String method, String path, String sent) throws IOException {
        if (method.equals("POST")) {
            Schema schema =
                    new Schema.Parser().parse(JSON.readTree(sent).path("schema").asText());
            return new Answer(200, "{\"id\":" + register(schema) + "}");
        }
        if (path.matches("/schemas/ids/\\d{1,9}")) {
            int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            if (id >= 1 && id <= registered.size()) {
                return new Answer(200, JSON.writeValueAsString(Map.of("schema", registered.get(id - 1))));
            }
        }
        return UNKNOWN;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
