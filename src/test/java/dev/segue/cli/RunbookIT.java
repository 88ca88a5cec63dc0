// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static dev.segue.cli.ShopStage.CHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.runtime.Application;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.tools.GetOffsetShell;
import org.apache.kafka.tools.LogDirsCommand;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/operations.md in the order of the page, with Kafka's own tools. */
class RunbookIT {
    private static final Path RUNBOOK = Path.of("docs", "operations.md");
    private static final Map<String, Consumer<String[]>> TOOLS = Map.of(
            "kafka-consumer-groups.sh", ConsumerGroupCommand::main,
            "kafka-topics.sh", TopicCommand::main,
            "kafka-get-offsets.sh", GetOffsetShell::main,
            "kafka-log-dirs.sh", LogDirsCommand::main);

    @TempDir
    Path directory;

    @Test
    void runbookCommandsWork() throws Exception {
        List<String> commands = Files.readString(RUNBOOK)
                .lines()
                .filter(line -> line.startsWith("kafka-"))
                .toList();
        try (ShopStage stage = new ShopStage(directory)) {
            Path settings = stage.settings("segue.yaml", """
                    application_id: segue
                    topics: {partitions: 2, replication_factor: 1, retention: 3650d, control_retention: 30d}
                    processing: {state_directory: %s}
                    """.formatted(directory.resolve("state")));
            try (Application application = stage.start(settings)) {
                stage.runStory(application);
                ShopStage.waitFor(() -> stage.offsets("segue") >= 4);
                lag(stage, commands);
            }
            trial(stage, commands);
        }
        assertThat(commands).as("commands that were run").hasSize(8);
    }

    private void lag(ShopStage stage, List<String> commands) throws Exception {
        assertThat(run(stage, commands.get(0)))
                .contains("CURRENT-OFFSET", "LAG")
                .containsPattern("segue +behavior-events +[01] ")
                .containsPattern("segue +segue-control +[01] ");
        assertThat(run(stage, commands.get(1))).contains("CLIENT-ID", "#PARTITIONS");
        assertThat(run(stage, commands.get(2))).contains("Stable");
        assertThat(run(stage, commands.get(3))).contains("behavior-events:0:", "behavior-events:1:");
        assertThat(run(stage, commands.get(4))).contains("segue-customers-changelog-0", "\"size\":");
    }

    private void trial(ShopStage stage, List<String> commands) throws Exception {
        Matcher documented = Pattern.compile("(?ms)^```yaml\n(application_id: segue-trial\n.*?)^```")
                .matcher(Files.readString(RUNBOOK));
        assertThat(documented.find()).isTrue();
        Path trial = stage.settings(
                "trial.yaml",
                documented
                        .group(1)
                        .replace("data/trial", directory.resolve("trial").toString()));
        Set<String> before = stage.topics();
        // A day before the events, where it would also start without the command.
        assertThat(run(stage, commands.get(5).replace("2026-01-01", "2025-10-31")))
                .contains("segue-trial");
        assertThat(stage.offsets("segue-trial")).isEqualTo(2);
        try (Application application = stage.start(trial)) {
            stage.awaitDone(application);
        }
        assertThat(told(stage.changes("trial.segment-changes", CHANGES)))
                .isEqualTo(told(stage.changes("segment-changes", CHANGES)));

        assertThat(ShopStage.run("reset", trial, "--yes").code()).isZero();
        run(stage, commands.get(6));
        ShopStage.waitFor(() -> stage.topics().equals(before));
    }

    private static Set<String> told(List<Change> changes) {
        return changes.stream()
                .map(change -> change.changeId() + " " + change.kind() + " " + change.effectiveAt())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs a line of the runbook against the stage's broker and returns its output. */
    private static String run(ShopStage stage, String line) throws Exception {
        String tool = line.substring(0, line.indexOf(' '));
        String[] arguments = line.substring(tool.length() + 1)
                .replace("localhost:9092", stage.bootstrapServers())
                .split(" ");
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Exit.setExitProcedure((code, message) -> {
            // Some of the tools end the process in any case; only exit code 0 is a success.
            assertThat(code).as(line + ": " + message + printed).isZero();
        });
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            TOOLS.get(tool).accept(arguments);
        } finally {
            System.setOut(out);
            Exit.resetExitProcedure();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
