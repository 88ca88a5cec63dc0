// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.config.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * The start of one contender for one run.
 *
 * @param name of the run and of its group; unique, and a prefix of its own topics
 * @param events the topic that it reads
 * @param live whether it runs with the current time; otherwise its log already contains the ticks of the past
 * @param stateBytes size of the bare contender's state
 */
record Launch(
        Stage stage, Definitions definitions, Entry entry, String name, String events, boolean live, int stateBytes) {
    /** The same heap and collector for all; the options that Flink needs on newer JVMs have no effect on the others. */
    private static final List<String> OPTIONS = List.of(
            "-Xmx768m",
            "-XX:+UseParallelGC",
            "-Dsegue.log=ERROR",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    String control() {
        return name + ".segue-control";
    }

    String changes() {
        return name + ".segment-changes";
    }

    /** The topics to which it writes answers. */
    List<String> outputs() {
        if (!entry.isSegue()) {
            return List.of(changes());
        }
        TopicNames names = TopicNames.prefixed(name + ".");
        return List.of(names.changes(), names.memberships(), names.profiles());
    }

    Child start() throws IOException {
        Path directory = Files.createDirectories(directory());
        Path job = Job.write(directory.resolve("job.properties"), job(directory));
        return new Child(
                stage.directory().resolve(name + ".log"),
                options(directory),
                classPath(),
                ContenderProcess.class,
                entry.type(),
                job.toString());
    }

    /** Frees space: no run needs the output of an earlier one. */
    void clear() throws IOException, ExecutionException, InterruptedException {
        deleteRecursively(directory());
        stage.deleteTopics(name);
    }

    private Path directory() {
        return stage.directory().resolve(name);
    }

    private static List<String> options(Path directory) {
        List<String> options = new ArrayList<>(OPTIONS);
        // RocksDB and Flink unpack libraries there, and are killed before they can clean up.
        options.add("-Djava.io.tmpdir=" + directory.toAbsolutePath());
        return options;
    }

    private String classPath() throws IOException {
        return entry.isFlink() ? FlinkClassPath.of(Child.classPath()) : FlinkClassPath.without(Child.classPath());
    }

    private Map<String, String> job(Path directory) throws IOException {
        Map<String, String> job = new HashMap<>(entry.further());
        job.put("application.id", name);
        job.put("bootstrap.servers", stage.bootstrapServers());
        job.put("events", events);
        job.put("changes", changes());
        job.put("live", Boolean.toString(live));
        job.put("idle.partition", Boolean.toString(!live && stage.hasIdlePartition()));
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
                http: {host: 127.0.0.1, port: 0}
                """.formatted(
                        name,
                        stage.bootstrapServers(),
                        segments,
                        stage.registry(),
                        name,
                        events,
                        stage.partitions(),
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
