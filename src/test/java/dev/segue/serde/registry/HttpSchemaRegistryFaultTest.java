// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.config.RegistrySettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A misbehaving registry, simulated by a server of the JDK. */
class HttpSchemaRegistryFaultTest {
    private static final String GOOD = "{\"schema\":\"\\\"string\\\"\"}";
    private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> pauses = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private long nanos;
    private HttpServer server;
    private HttpSchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        registry = open(settings());
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void retriesServerErrorsWithGrowingPauses() {
        will(status(500, ""), status(503, "<html>"), status(429, "{}"), ok(GOOD));
        assertThat(registry.byId(7)).isEqualTo(Schema.create(Schema.Type.STRING));
        assertThat(requests).hasSize(4).allMatch(request -> request.startsWith("GET /prefix/schemas/ids/7 "));
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void givesUpAfterLastAttemptAndRecovers() {
        will(status(500, ""), status(500, ""), status(500, ""), status(500, ""), ok(GOOD));
        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryException.Unreachable.class)
                .hasMessage("the schema registry gave no usable answer to GET " + url()
                        + "/schemas/ids/7 in 4 attempts: status 500");
        assertThat(registry.byId(7)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "",
                "[]",
                "null",
                "{}",
                "{\"schema\":7}",
                "{\"schema\":null}",
                "{\"schema\":\"\\\"string\\\"\",\"references\":[{\"subject\":\"a\"}]}",
                "{\"schema\":\"\\\"string\\\"\""
            })
    void retriesForeignResponse(String body) {
        will(ok(body), ok(body), ok(body), ok(body));
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryException.Unreachable.class);
        assertThat(requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"1\"}", "{\"id\":1.5}", "{\"id\":4294967296}"})
    void retriesResponseWithoutId(String body) {
        will(ok(body), ok(body), ok(body), ok(body));
        assertThatThrownBy(() -> registry.register("a", Schema.create(Schema.Type.STRING)))
                .isInstanceOf(RegistryException.Unreachable.class)
                .hasMessageContaining("it has no id");
    }

    @Test
    void timesOutSlowResponseEvenInBody() {
        registry = open(settings()
                .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200))
                .withRetries(2, Duration.ZERO));
        will(this::hang, this::hangInMidBody);
        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryException.Unreachable.class)
                .hasMessageContaining("in 2 attempts: no answer within PT0.2S");
        will(ok(GOOD));
        assertThat(registry.byId(7)).isNotNull();
    }

    /** With an hour for each attempt and each pause, only the stop can end this. */
    @Test
    void stopEndsCurrentAndLaterWaits() throws Exception {
        registry = new HttpSchemaRegistry(settings()
                .withTimeouts(Duration.ofMinutes(5), Duration.ofMinutes(5))
                .withRetries(20, Duration.ofSeconds(10)));
        will(this::hang, this::hang);
        Future<?> asking = threads.submit(() -> registry.byId(7));
        while (requests.isEmpty()) {
            Thread.sleep(1);
        }
        registry.stop();
        assertThatThrownBy(asking::get)
                .hasCauseInstanceOf(RegistryException.Unreachable.class)
                .hasMessageContaining("the application is stopping");
        assertThatThrownBy(() -> registry.byId(8)).isInstanceOf(RegistryException.Unreachable.class);
    }

    @Test
    void stopEndsPause() throws Exception {
        registry = new HttpSchemaRegistry(settings().withRetries(20, Duration.ofSeconds(10)));
        will(status(500, ""));
        Future<?> asking = threads.submit(() -> registry.byId(7));
        while (requests.isEmpty()) {
            Thread.sleep(1);
        }
        registry.stop();
        assertThatThrownBy(asking::get).hasCauseInstanceOf(RegistryException.Unreachable.class);
    }

    @Test
    void abortsEndlessResponse() {
        will(this::endless);
        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryException.Unusable.class)
                .hasMessageContaining("has more than 4194304 bytes");
        assertThat(requests).hasSize(1);
    }

    @Test
    void retriesEndlessErrorResponse() {
        registry = open(settings().withRetries(1, Duration.ZERO));
        will(exchange -> {
            exchange.sendResponseHeaders(500, 0);
            writeForEver(exchange);
        });
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryException.Unreachable.class);
    }

    @Test
    void refusedConnectionIsUnreachable() {
        server.stop(0);
        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryException.Unreachable.class)
                .hasMessageContaining("ConnectException");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void looksUpUnknownIdAgainOnlyAfterExpiry() {
        will(status(404, UNKNOWN), ok(GOOD));
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryException.NotFound.class);
        nanos = Duration.ofSeconds(10).toNanos() - 1;
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryException.NotFound.class);
        assertThat(requests).hasSize(1);
        nanos = Duration.ofSeconds(10).toNanos();
        assertThat(registry.byId(7)).isNotNull();
    }

    @Test
    void refusesForeign404() {
        for (String body :
                List.of("<html>not here</html>", "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}")) {
            will(status(404, body));
            assertThatThrownBy(() -> registry.byId(7))
                    .isInstanceOf(RegistryException.Refused.class)
                    .hasMessageContaining("check the url's path");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusesWrongCredentialsWithoutShowingThem(int status) {
        registry = open(settings().withCredentials("ann", "s3cret"));
        will(status(status, "{\"error_code\":" + status + ",\"message\":\"Unauthorized\"}"));
        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("status " + status + ": 'Unauthorized'; check the registry's user and password")
                .hasMessageNotContaining("s3cret");
        assertThat(requests).containsExactly("GET /prefix/schemas/ids/7 Basic YW5uOnMzY3JldA==");
    }

    @Test
    void refusesIncompatibleSchemaWithReason() {
        Answer incompatible =
                status(409, "{\"error_code\":409,\"message\":\"reader field missing default value: must\"}");
        will(incompatible, incompatible);
        assertThatThrownBy(() -> registry.register("a", Schema.create(Schema.Type.STRING)))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("409: 'reader field missing default value: must'");
        assertThat(requests).hasSize(2);
    }

    /** Apicurio's response if two clients register one subject at the same time. */
    @Test
    void retriesTransientConflict() {
        will(status(409, "{\"error_code\":409,\"message\":\"already exists\"}"), ok("{\"id\":9}"));
        assertThat(registry.register("a", Schema.create(Schema.Type.STRING))).isEqualTo(9);
    }

    /** The registry had accepted the first request, whose response timed out. */
    @Test
    void retriesConflictAfterLostResponse() {
        will(status(503, ""), status(409, "{\"error_code\":409,\"message\":\"already exists\"}"), ok("{\"id\":9}"));
        assertThat(registry.register("a", Schema.create(Schema.Type.STRING))).isEqualTo(9);
    }

    @Test
    void doesNotFollowRedirects() {
        will(status(302, ""));
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryException.Refused.class);
    }

    @Test
    void knownIdsNeedNoRegistry() {
        will(ok(GOOD), ok("{\"id\":9}"));
        registry.byId(7);
        registry.register("a", Schema.create(Schema.Type.STRING));
        server.stop(0);
        assertThat(registry.byId(7)).isNotNull();
        assertThat(registry.register("a", Schema.create(Schema.Type.STRING))).isEqualTo(9);
        assertThat(requests).hasSize(2);
    }

    @Test
    void keepsThreadInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryException.Unreachable.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private HttpSchemaRegistry open(RegistrySettings settings) {
        return new HttpSchemaRegistry(settings, pauses::add, () -> nanos);
    }

    private RegistrySettings settings() {
        return RegistrySettings.of(URI.create(url())).withRetries(4, Duration.ofMillis(100));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/prefix";
    }

    private void will(Answer... next) {
        synchronized (answers) {
            answers.addAll(List.of(next));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String user = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + (user == null ? "" : user));
        exchange.getRequestBody().readAllBytes();
        Answer answer;
        synchronized (answers) {
            answer = answers.removeFirst();
        }
        answer.send(exchange);
        exchange.close();
    }

    private static Answer ok(String body) {
        return status(200, body);
    }

    private static Answer status(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        writeForEver(exchange);
    }

    private static void writeForEver(HttpExchange exchange) throws IOException {
        byte[] part = new byte[64 * 1024];
        while (true) {
            exchange.getResponseBody().write(part);
        }
    }

    private void hang(HttpExchange exchange) {
        awaitEnd();
    }

    private void hangInMidBody(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, GOOD.length());
        OutputStream body = exchange.getResponseBody();
        body.write(GOOD.charAt(0));
        body.flush();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One response of the server. */
    private interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }
}
