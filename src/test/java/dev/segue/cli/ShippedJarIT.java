// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.segue.event.Change;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files that docker/Dockerfile copies, target/segue.jar and target/lib, are sufficient for everything but the demo.
 */
class ShippedJarIT {
    private static final Path JAR = Path.of("target", "segue.jar");
    private static final Path LIBRARIES = Path.of("target", "lib");

    /** Classes of the broker, of Scala, and of libraries that only tests use. */
    private static final Pattern NOT_SHIPPED = Pattern.compile(
            "(kafka|scala|org/apache/kafka/(controller|raft|tools)|org/junit|org/assertj|org/openjdk/jmh)"
                    + "/.*\\.class");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void shipsLibrariesOfManifest() throws Exception {
        List<String> named;
        try (JarFile jar = new JarFile(JAR.toFile())) {
            named = List.of(jar.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" "));
        }
        List<String> present =
                libraries().map(library -> "lib/" + library.getName()).toList();
        assertThat(present).containsExactlyInAnyOrderElementsOf(named).anyMatch(name -> name.contains("kafka-streams"));
    }

    @Test
    void shipsNoBrokerScalaOrTestLibrary() throws Exception {
        List<String> found = new ArrayList<>();
        for (File library : libraries().toList()) {
            try (JarFile jar = new JarFile(library)) {
                jar.stream()
                        .filter(entry -> NOT_SHIPPED.matcher(entry.getName()).matches())
                        .findFirst()
                        .ifPresent(entry -> found.add(library.getName() + ": " + entry.getName()));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void runsAndProducesWithoutBrokerLibraries() throws Exception {
        try (ShopStage stage = new ShopStage(directory)) {
            Path settings = stage.settings("segue.yaml", """
                    application_id: shipped
                    topics: {partitions: 1, replication_factor: 1}
                    processing: {state_directory: %s}
                    http: {port: 0}
                    """.formatted(directory.resolve("state")));
            try (Child run = start("run", "--config", settings.toString())) {
                run.awaitReady();
                produce(stage);
                List<Change> changes = stage.changes("segment-changes", 1);
                assertThat(changes.get(0).customerId()).isEqualTo("ann");
                assertThat(changes.get(0).segment()).isEqualTo("curious");
                assertThat(changes.get(0).kind()).isEqualTo(Change.Kind.ENTERED);
                assertThat(run.terminate()).as(run.said()).isEqualTo(128 + 15);
                assertThat(run.said()).contains("running with 1 definition: curious");
            }
        }
    }

    private void produce(ShopStage stage) throws Exception {
        String view =
                "{\"type\":\"product_viewed\",\"customer_id\":\"ann\",\"event_id\":\"%d\",\"occurred_at\":\"%s\"}\n";
        Instant now = Instant.now();
        Path events =
                Files.writeString(directory.resolve("events.jsonl"), view.formatted(1, now) + view.formatted(2, now));
        try (Child produce = start(
                "produce",
                "--events",
                events.toString(),
                "--bootstrap-servers",
                stage.bootstrapServers(),
                "--schemas-dir",
                directory.resolve("registry").toString())) {
            assertThat(produce.awaitEnd()).as(produce.said()).isZero();
        }
    }

    /** Kafka's clients need this library without declaring it, and the broker no longer brings it. */
    @Test
    void logsInWithOAuth() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
        Path client = Files.writeString(directory.resolve("client.properties"), """
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=OAUTHBEARER
                sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
                sasl.login.callback.handler.class=\
                org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler
                sasl.oauthbearer.token.endpoint.url=%s
                sasl.oauthbearer.client.credentials.client.id=shop
                sasl.oauthbearer.client.credentials.client.secret=secret
                """.formatted(url));
        try (Child changes = start(
                List.of("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + url),
                "changes",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--schemas-dir",
                directory.toString(),
                "--config",
                client.toString())) {
            assertThat(changes.awaitEnd()).isEqualTo(1);
            assertThat(asked.get()).as(changes.said()).isPositive();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void demoExplainsAlternative() throws Exception {
        try (Child demo = start("demo")) {
            assertThat(demo.awaitEnd()).isEqualTo(2);
            assertThat(demo.said().lines())
                    .containsExactly("The demo starts a Kafka broker, which is not part of this installation;"
                            + " run './segue demo' in a clone of the repository instead.");
        }
    }

    private static Stream<File> libraries() {
        return Arrays.stream(Optional.ofNullable(LIBRARIES.toFile().listFiles()).orElseThrow());
    }

    private Child start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    private Child start(List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(directory, arguments[0], ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(process, log);
    }

    /** One run of the jar. */
    private record Child(Process process, Path log) implements AutoCloseable {
        private static final Pattern READINESS = Pattern.compile("http://\\S+/health/ready");

        String said() throws IOException {
            return Files.readString(log);
        }

        void awaitReady() throws Exception {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!isReady()) {
                assertThat(process.isAlive() && System.nanoTime() < end)
                        .as(said())
                        .isTrue();
                Thread.sleep(100);
            }
        }

        private boolean isReady() throws Exception {
            Matcher address = READINESS.matcher(said());
            if (!address.find()) {
                return false;
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(address.group()))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        }

        /** SIGTERM. */
        int terminate() throws Exception {
            process.destroy();
            return awaitEnd();
        }

        int awaitEnd() throws Exception {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(said())
                    .isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
