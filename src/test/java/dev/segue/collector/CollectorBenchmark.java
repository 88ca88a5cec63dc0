// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.config.CollectorSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Events per second that one core takes in batches, and the time to status 200; next to it, in the same process, a server
 * that reads the body and answers 200. The server is a process of its own on the first core; the broker and the senders
 * share the others. Prints one line for each round.
 */
public final class CollectorBenchmark {
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final int CONNECTIONS = 8;
    private static final int BATCH = 100;

    /** Events per second of the paced round. */
    private static final int PACE = 5_000;

    private CollectorBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            serve(arguments[0], Path.of(arguments[1]));
        } else {
            measure();
        }
        System.exit(0);
    }

    private static void serve(String bootstrapServers, Path directory) throws Exception {
        try (BrokerCollector stage = new BrokerCollector(bootstrapServers, "bench", directory);
                CollectorServer bare = CollectorServer.open(
                        CollectorSettings.defaults().withPort(0),
                        Duration.ofMinutes(1),
                        watch -> new Bare(),
                        System::nanoTime)) {
            System.out.println(stage.collector.address() + " " + bare.address());
            while (System.in.read() >= 0) {
                // The input is only read to its end.
            }
        }
    }

    /** Reads the body and answers 200. */
    private static final class Bare extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Source.asByteArrayAsync(
                    request,
                    RequestText.LONGEST,
                    Promise.Invocable.from(
                            Invocable.InvocationType.NON_BLOCKING,
                            (body, failure) -> response.write(
                                    true,
                                    ByteBuffer.wrap("{\"success\":true}\n".getBytes(StandardCharsets.UTF_8)),
                                    callback)));
            return true;
        }
    }

    private static void measure() throws Exception {
        Path directory = Files.createTempDirectory("segue-collector-bench");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Process server = new ProcessBuilder(
                            "taskset",
                            "-c",
                            "0",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseParallelGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CollectorBenchmark.class.getName(),
                            broker.bootstrapServers(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out = server.inputReader()) {
                String[] addresses = out.readLine().split(" ", 2);
                URI collector = URI.create(addresses[0] + "/v1/batch?writeKey=" + BrokerCollector.KEY);
                URI bare = URI.create(addresses[1] + "/");
                // Compiles the code of both.
                round("warm-up", collector);
                round("warm-up", bare);
                for (int number = 1; number <= ROUNDS; number++) {
                    double ours = round("collector", collector);
                    double theirs = round("bare Jetty", bare);
                    double unused = round("paced", collector, PACE);
                    System.out.printf(Locale.ROOT, "round %d: ratio %.2f%n", number, ours / theirs);
                }
            } finally {
                server.destroy();
            }
        }
    }

    private static double round(String name, URI address) throws Exception {
        return round(name, address, 0);
    }

    /** @param pace events per second; 0 for as many as possible */
    private static double round(String name, URI address, int pace) throws Exception {
        long between = pace == 0 ? 0 : 1_000_000_000L * BATCH * CONNECTIONS / pace;
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<List<Long>>> results = new ArrayList<>();
        long begun = System.nanoTime();
        for (int sender = 0; sender < CONNECTIONS; sender++) {
            int number = sender;
            results.add(senders.submit(() -> send(address, number, begun + ROUND.toNanos(), between)));
        }
        List<Long> times = new ArrayList<>();
        for (Future<List<Long>> result : results) {
            times.addAll(result.get());
        }
        senders.shutdown();
        double seconds = (System.nanoTime() - begun) / 1e9;
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        double rate = times.size() * BATCH / seconds;
        System.out.printf(
                Locale.ROOT,
                "%-10s %8.0f events/s, p50 %.1f ms, p99 %.1f ms%n",
                name,
                rate,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6);
        return rate;
    }

    private static List<Long> send(URI address, int sender, long end, long between) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<Long> times = new ArrayList<>();
        long due = System.nanoTime() + between * sender / CONNECTIONS;
        for (int batch = 0; System.nanoTime() < end; batch++) {
            int number = batch;
            LockSupport.parkNanos(due - System.nanoTime());
            String body = IntStream.range(0, BATCH)
                    .mapToObj(message -> message(sender, number, message))
                    .collect(Collectors.joining(",", "{\"sentAt\":\"2026-03-01T12:00:00Z\",\"batch\":[", "]}"));
            HttpRequest request = HttpRequest.newBuilder(address)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            // A late sender counts against the time: the next batch was due, whether or not it could be sent.
            long begun = between == 0 ? System.nanoTime() : due;
            due += between;
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            times.add(System.nanoTime() - begun);
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
        }
        return times;
    }

    /** A message as the browser's SDK sends it, of about 700 bytes. */
    private static String message(int sender, int batch, int message) {
        String event = List.of("Product Viewed", "Product Added", "Page Scrolled", "Product Viewed")
                .get(message % 4);
        return "{\"type\":\"track\",\"event\":\"%s\",\"messageId\":\"ajs-next-%d-%d-%d\",\"anonymousId\":\"visitor-%d\",\"timestamp\":\"2026-03-01T11:59:59.123Z\",\"properties\":{\"product_id\":\"p%d\",\"name\":\"Tent for two\",\"category\":\"Outdoor\",\"brand\":\"Acme\",\"price\":249.9,\"quantity\":1,\"currency\":\"EUR\",\"position\":%d},\"context\":{\"page\":{\"path\":\"/p/tent\",\"url\":\"https://shop.example/p/tent?utm=1\",\"referrer\":\"https://www.google.com/\",\"title\":\"Tent for two\"},\"userAgent\":\"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36\",\"locale\":\"de-DE\",\"timezone\":\"Europe/Berlin\",\"library\":{\"name\":\"analytics.js\",\"version\":\"npm:next-1.84.3\"}},\"integrations\":{}}"
                .formatted(event, sender, batch, message, (batch * 31 + message) % 5000, message, message % 40);
    }
}
