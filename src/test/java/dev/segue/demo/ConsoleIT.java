// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.SegmentSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a demo, over HTTP. */
class ConsoleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void showsTheShopAsItChanges() throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(
                segments.resolve("viewer.yaml"),
                "segment: viewer\ndescribes: Looks around now.\nwhen: product_viewed.within('30m').count() > 0\n");
        StringWriter screen = new StringWriter();
        Demo demo = new Demo(settings(segments), new PrintWriter(screen));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread running = new Thread(() -> {
            try {
                demo.run();
            } catch (Exception early) {
                failure.set(early);
            }
        });
        running.start();
        try {
            URI console = URI.create(await(() -> screen.toString(), "Console: (\\S+)"));
            await(() -> body(console, "freshness"), "(As of )");
            await(() -> body(console, ""), "to-viewer(?s:.*?)Members\">([1-9]\\d*)<");
            assertThat(body(console, "")).contains("Looks around now.").contains("revision 1 is published");

            // Members come from the topic of memberships, in order of their ids.
            String member = await(
                    () -> body(console, "segments/viewer"), "<th scope=\"row\"><a href=\"/(customers/[a-z]+-\\d+)\">");
            assertThat(body(console, member)).contains("<h2 id=\"line\">What happened</h2>", ">product viewed<");
            await(
                    () -> body(console, "segments/viewer?range=1d"),
                    "Entered, 24 hours</dt><dd class=\"in\">([1-9]\\d*)<");
            assertThat(body(console, "segments/viewer"))
                    .contains("<td>created</td>")
                    .contains("For its condition, it keeps for each customer:");

            assertThat(firstChange(console)).contains("by product_viewed");
        } finally {
            demo.stop();
            running.join();
        }
        assertThat(failure).hasNullValue();
    }

    /** Reads the stream until somebody has entered. */
    private String firstChange(URI console) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(console.resolve("segments/viewer/changes"))
                .header("Accept", "text/event-stream")
                .timeout(PATIENCE)
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            StringBuilder event = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                event.append(line).append('\n');
                if (line.isEmpty()) {
                    if (event.toString().startsWith("event: change\n") && event.indexOf("what entered") > 0) {
                        return event.toString();
                    }
                    event.setLength(0);
                }
            }
        }
        throw new AssertionError("the stream ended without a change");
    }

    private String body(URI console, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(console.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private interface Text {
        String get() throws Exception;
    }

    private static String await(Text text, String pattern) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String now = text.get();
            Matcher matcher = Pattern.compile(pattern).matcher(now);
            if (matcher.find()) {
                return matcher.group(1);
            }
            assertThat(System.nanoTime()).as(pattern + " in " + now).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private static DemoSettings settings(Path segments) {
        return new DemoSettings(
                null,
                600,
                7L,
                null,
                0,
                0,
                0,
                0,
                Path.of("schemas"),
                Path.of("mappings", "segment.yaml"),
                SegmentSettings.in(segments),
                100,
                false);
    }
}
