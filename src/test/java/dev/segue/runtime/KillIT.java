package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Settings;
import dev.segue.demo.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.event.Event;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor is killed without warning, twice, in the middle of a real trace. */
class KillIT {
    private static final long SEED = 20_261_121;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAME = "killed";

    @TempDir
    Path directory;

    @Test
    void aReaderSeesEveryChangeOfTheReplayOnce() throws Exception {
        List<Event> events = TraceIT.events();
        List<Change> replay = TraceIT.replay();
        long first = events.stream().mapToLong(Event::time).min().orElseThrow();
        long last = events.stream().mapToLong(Event::time).max().orElseThrow();
        String before = Instant.ofEpochMilli(first - 1).toString();
        Random random = new Random(SEED);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Settings settings = FrozenProcessor.settings(broker.bootstrapServers(), NAME, directory);
            try (Child child = new Child(broker, before)) {
                waitFor(child, admin, settings, 0);
                TraceIT.publish(settings, events);
                killBetween(child, admin, settings, events.size(), 0.05 + random.nextDouble() / 4);
            }
            try (Child child = new Child(broker, before)) {
                killBetween(child, admin, settings, events.size(), 0.4 + random.nextDouble() / 4);
            }
            try (Child child = new Child(broker, before)) {
                waitFor(child, admin, settings, events.size());
                child.timeIs(Instant.ofEpochMilli(last).plus(TraceIT.AFTER_THE_LAST));
                assertThat(TraceIT.readChanges(settings, replay.size())).isEqualTo(TraceIT.byCustomer(replay));
            }
        }
    }

    private static void killBetween(Child child, Admin admin, Settings settings, int events, double part)
            throws Exception {
        waitFor(child, admin, settings, (long) (part * events));
        child.kill();
        assertThat(committed(admin, settings))
                .as("seed %d: killed in the middle", SEED)
                .isLessThan(events);
    }

    /** Waits until so many events are done for good. */
    private static void waitFor(Child child, Admin admin, Settings settings, long events) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (committed(admin, settings) < events) {
            child.requireAlive();
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(10);
        }
    }

    /** The sum of the offsets that the group has committed in the topic of events; -1 while there is none. */
    private static long committed(Admin admin, Settings settings) throws Exception {
        var offsets = admin.listConsumerGroupOffsets(settings.applicationId())
                .partitionsToOffsetAndMetadata()
                .get();
        String topic = settings.topics().names().behaviorEvents();
        return offsets.isEmpty()
                ? -1
                : offsets.entrySet().stream()
                        .filter(partition -> partition.getKey().topic().equals(topic))
                        .mapToLong(partition -> partition.getValue().offset())
                        .sum();
    }

    /** A processor in a process of its own, always with the same directory. */
    private final class Child implements AutoCloseable {
        private final Path log;
        private final Process process;
        private final Writer clock;

        Child(EmbeddedBroker broker, String now) throws IOException {
            log = Files.createTempFile(directory, "processor", ".log");
            String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classes,
                            FrozenProcessor.class.getName(),
                            broker.bootstrapServers(),
                            NAME,
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            clock = process.outputWriter(StandardCharsets.UTF_8);
            timeIs(Instant.parse(now));
        }

        void timeIs(Instant now) throws IOException {
            clock.write(now + "\n");
            clock.flush();
        }

        void requireAlive() throws IOException {
            assertThat(process.isAlive())
                    .as(() -> "the processor lives; it said: " + said())
                    .isTrue();
        }

        private String said() {
            try {
                return Files.readString(log);
            } catch (IOException unreadable) {
                return unreadable.toString();
            }
        }

        /** SIGKILL: no handler of the process runs. */
        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            kill();
        }
    }
}
