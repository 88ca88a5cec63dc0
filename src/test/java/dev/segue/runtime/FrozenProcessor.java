package dev.segue.runtime;

import dev.segue.config.ProcessingSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The processor as a process of its own whose clock stands still: it shows the last instant that came on standard input,
 * and the process ends with its input. For tests that kill it.
 */
final class FrozenProcessor {
    private FrozenProcessor() {}

    /** @param arguments bootstrap servers, the application's name, the directory for state and schemas */
    public static void main(String[] arguments) throws Exception {
        BufferedReader instants = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse(instants.readLine()));
        Settings settings = settings(arguments[0], arguments[1], Path.of(arguments[2]));
        try (Application application = Application.load(settings, clock::get)) {
            application.start();
            for (String line = instants.readLine(); line != null; line = instants.readLine()) {
                clock.set(Instant.parse(line));
            }
        }
    }

    static Settings settings(String bootstrapServers, String name, Path directory) {
        TopicSettings topics =
                new TopicSettings(TopicNames.prefixed(name + "."), 4, 1, Duration.ofDays(3650), Duration.ofDays(30));
        return Settings.defaults()
                .withApplicationId(name)
                .withBootstrapServers(bootstrapServers)
                .withPlaces(Path.of("schemas"), SegmentSettings.defaults(), directory.resolve("registry"))
                .withTopics(topics)
                .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory.resolve("state")))
                // How long a killed member is waited for; a broker allows no less.
                .withKafka(Map.of("main.consumer.session.timeout.ms", "6000"));
    }
}
