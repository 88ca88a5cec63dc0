// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Whatever the body: no error of ours, nothing internal in the response, and every message is accounted for. */
class BodyFuzzTest {
    private static final long SEED = Long.getLong("segue.fuzz.seed", 20_261_129);
    /** Requests after which what they stored is checked and forgotten. */
    private static final int PORTION = 10_000;

    private static final List<String> PATHS = List.of(
            "/v1/batch", "/v1/track", "/v1/identify", "/v1/page", "/v1/alias", "/v1/g", "/beacon/v1/batch", "/v1/x");
    private static final List<String> PIECES = List.of(
            "null",
            "{}",
            "[]",
            "1e999",
            "-0",
            "\"\"",
            "\"undefined\"",
            "true",
            "1.234",
            "{\"a\":[{}]}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "99999999999999999999",
            "\"2026-13-01\"",
            "[[[[[[]]]]]]",
            "\"1,234\"",
            "{\"products\":[null,7]}");

    @Test
    void noBodyIsAnErrorOfOurs() throws Exception {
        fuzz(2_000, sent -> {});
    }

    /** @param observer gets the number of requests that were sent, after each portion of them was checked */
    static void fuzz(int requests, IntConsumer observer) throws Exception {
        System.out.println("bodies: seed " + SEED);
        List<String> samples =
                Files.readAllLines(Path.of("src", "test", "resources", "collector", "messages.txt")).stream()
                        .filter(line -> line.startsWith("{"))
                        .toList();
        Random random = new Random(SEED);
        try (CollectorStage stage = new CollectorStage()) {
            Checked checked = new Checked(0, 0);
            for (int sent = 1; sent <= requests; sent++) {
                byte[] body = body(random, samples);
                send(stage, random, body);
                if (sent % PORTION == 0 || sent == requests) {
                    checked = checked.andAll(stage);
                    stage.memory.records.clear();
                    observer.accept(sent);
                }
            }
            assertThat(stage.count("segue.collector.messages")).isPositive();
        }
    }

    /** The letters and events that were stored so far, checked and then forgotten. */
    private record Checked(int letters, int events) {
        Checked andAll(CollectorStage stage) throws Exception {
            int allLetters = letters + stage.letters().size();
            int allEvents = events + stage.events().size();
            assertThat(stage.memory.records).hasSize(allLetters - letters + allEvents - events);
            double accounted = stage.count("segue.collector.messages", "outcome", "stored")
                    + stage.count("segue.collector.messages", "outcome", "ignored")
                    + allLetters
                    + stage.count("segue.collector.messages", "outcome", "refused");
            assertThat(stage.count("segue.collector.messages")).isEqualTo(accounted);
            assertThat(stage.count("segue.collector.events")).isEqualTo(allEvents);
            return new Checked(allLetters, allEvents);
        }
    }

    private static void send(CollectorStage stage, Random random, byte[] body) throws Exception {
        String path = PATHS.get(random.nextInt(PATHS.size()));
        HttpRequest.Builder request = stage.request(path)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Authorization", CollectorStage.basic("server-key-1"));
        if (random.nextInt(10) == 0) {
            request.header("X-Strict-Mode", "1");
        }
        HttpResponse<String> response = stage.send(request);
        assertThat(response.statusCode())
                .as(() -> path + " " + new String(body, StandardCharsets.UTF_8) + " " + response.body())
                .isIn(200, 400, 404, 413);
        assertThat(response.body()).doesNotContain("Exception", "dev.segue", "java.");
    }

    private static byte[] body(Random random, List<String> samples) throws Exception {
        String text = random.nextInt(4) == 0
                ? samples.get(random.nextInt(samples.size()))
                : "{\"batch\":[" + samples.get(random.nextInt(samples.size())) + ","
                        + samples.get(random.nextInt(samples.size())) + "],\"sentAt\":"
                        + PIECES.get(random.nextInt(PIECES.size())) + "}";
        for (int change = random.nextInt(4); change > 0; change--) {
            text = changed(random, text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(5) == 0) {
            bytes = gzip(bytes);
        }
        if (random.nextInt(8) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static String changed(Random random, String text) {
        if (text.length() < 3) {
            return text;
        }
        int at = random.nextInt(text.length() - 1);
        return switch (random.nextInt(4)) {
            // A value becomes another one.
            case 0, 1 -> {
                int colon = text.indexOf(':', at);
                int end = colon < 0 ? -1 : text.indexOf(',', colon);
                yield end < 0
                        ? text
                        : text.substring(0, colon + 1)
                                + PIECES.get(random.nextInt(PIECES.size()))
                                + text.substring(end);
            }
            case 2 -> text.substring(0, at) + text.substring(at + 1);
            default -> text.substring(0, at) + (char) random.nextInt(0x2000) + text.substring(at);
        };
    }

    private static byte[] gzip(byte[] plain) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
