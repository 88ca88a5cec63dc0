package dev.segue.contenders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of one contender, from the first event to the last answer. */
final class Drain {
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Nothing more has come for so long: all is told. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    /** The same heap and collector for all; what Flink asks of newer JVMs does nothing for the others. */
    private static final List<String> OPTIONS = List.of(
            "-Xmx768m",
            "-Dsegue.log=ERROR",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final Stage stage;
    private final Workload workload;
    private final Definitions definitions;
    private final Entry entry;
    private final String name;
    private final int stateBytes;
    private final Duration patience;

    /**
     * @param name of the run: no other has it
     * @param stateBytes how large a state of the bare contender is
     */
    Drain(
            Stage stage,
            Workload workload,
            Definitions definitions,
            Entry entry,
            String name,
            int stateBytes,
            Duration patience) {
        this.stage = stage;
        this.workload = workload;
        this.definitions = definitions;
        this.entry = entry;
        this.name = name;
        this.stateBytes = stateBytes;
        this.patience = patience;
    }

    /** @param expected null where answers are not looked at */
    Measurement run(@Nullable Answers expected) throws Exception {
        Path directory = Files.createDirectories(stage.directory().resolve(name));
        if (entry.isSegue()) {
            stage.publishTicks(control());
        } else {
            stage.create(changes());
        }
        Path job = Job.write(directory.resolve("job.properties"), job(directory));
        try (Child child = new Child(
                stage.directory().resolve(name + ".log"),
                options(directory),
                classPath(),
                ContenderProcess.class,
                entry.type(),
                job.toString())) {
            return measure(child, expected);
        } finally {
            deleteRecursively(directory);
            stage.deleteTopics(name);
        }
    }

    private static List<String> options(Path directory) {
        List<String> options = new ArrayList<>(OPTIONS);
        // RocksDB and Flink unpack themselves there, and are killed before they can clear up.
        options.add("-Djava.io.tmpdir=" + directory.toAbsolutePath());
        return options;
    }

    private Measurement measure(Child child, @Nullable Answers expected) throws Exception {
        Mark start = await(child, workload.events() / 5);
        Mark end = await(child, workload.events());
        await(child, workload.events() + workload.partitions());
        Answers answers = finish(child);
        long peak = child.peakBytes();
        long changelog = stage.bytes(name, "-changelog");
        double events = end.events() - start.events();
        return new Measurement(
                events / (end.nanos() - start.nanos()) * 1e9,
                (end.cpu().toNanos() - start.cpu().toNanos()) / 1e3 / events,
                peak,
                changelog < 0 ? -1 : (double) changelog / workload.events(),
                answers.size(),
                expected == null ? "" : expected.wrongIn(answers));
    }

    private record Mark(long events, long nanos, Duration cpu) {}

    private Mark await(Child child, long events) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            long done = stage.committed(name, Stage.EVENTS);
            Mark mark = new Mark(done, System.nanoTime(), child.cpu());
            if (done >= events) {
                return mark;
            }
            child.requireAlive();
            stage.requireAlive();
            if (mark.nanos() > until) {
                throw new IllegalStateException(
                        entry.name() + " was at " + done + " events after " + patience + "; it said: " + child.said());
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** The deadlines after the last event are not part of the rate, but of the answers. */
    private Answers finish(Child child) throws Exception {
        if (entry.definitions() == null) {
            return new Answers();
        }
        try (Told told = new Told(stage, changes(), entry.isSegue())) {
            long until = System.nanoTime() + patience.toNanos();
            long latest = System.nanoTime();
            while (System.nanoTime() < until && (System.nanoTime() - latest < QUIET.toNanos() || isBehind())) {
                child.requireAlive();
                if (told.readOn()) {
                    latest = System.nanoTime();
                }
            }
            return told.answers();
        }
    }

    private boolean isBehind() throws Exception {
        return entry.isSegue() && stage.committed(name, control()) < stage.ticks();
    }

    private String control() {
        return name + ".segue-control";
    }

    private String changes() {
        return name + ".segment-changes";
    }

    private String classPath() throws IOException {
        return entry.isFlink() ? FlinkClassPath.of(Child.classPath()) : FlinkClassPath.without(Child.classPath());
    }

    private Map<String, String> job(Path directory) throws IOException {
        Map<String, String> job = new HashMap<>(entry.further());
        job.put("application.id", name);
        job.put("bootstrap.servers", stage.bootstrapServers());
        job.put("events", Stage.EVENTS);
        job.put("changes", changes());
        job.put("exactly.once", Boolean.toString(entry.exactlyOnce()));
        job.put("commit.millis", "100");
        job.put("directory", directory.toString());
        job.put("schemas", Path.of("schemas", "events").toString());
        job.put("registry", stage.registry().toString());
        job.put("state.bytes", Integer.toString(stateBytes));
        if (entry.isSegue() && entry.definitions() != null) {
            Path settings = directory.resolve("segue.yaml");
            Files.writeString(settings, settings(directory, definitions.directory(entry.definitions())));
            job.put("settings", settings.toString());
        }
        return job;
    }

    private String settings(Path directory, Path segments) {
        return """
                application_id: %s
                bootstrap_servers: %s
                segments: {directories: ['%s']}
                registry: {directory: '%s'}
                topics:
                  prefix: %s.
                  behavior_events: %s
                  partitions: %d
                  replication_factor: 1
                  retention: 3650d
                  control_retention: 30d
                processing: {guarantee: %s, state_directory: '%s', commit_interval: 100ms}
                http: {enabled: false}
                """.formatted(
                        name,
                        stage.bootstrapServers(),
                        segments,
                        stage.registry(),
                        name,
                        Stage.EVENTS,
                        workload.partitions(),
                        entry.exactlyOnce() ? "exactly_once" : "at_least_once",
                        directory.resolve("state"));
    }

    static void deleteRecursively(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
