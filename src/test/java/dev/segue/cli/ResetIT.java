// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static dev.segue.cli.ShopStage.CHANGES;
import static dev.segue.cli.ShopStage.CUSTOMERS;
import static dev.segue.cli.ShopStage.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.Change;
import dev.segue.runtime.Application;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which data {@code reset} deletes and keeps, and how the next start uses it. */
class ResetIT {
    private static final String CHANGELOG = "shop-customers-changelog";

    @TempDir
    Path directory;

    @Test
    void publishesSameChangesAgainWithSameIds() throws Exception {
        try (ShopStage stage = new ShopStage(directory)) {
            Path settings = settings(stage);
            try (Application application = stage.start(settings)) {
                stage.runStory(application);
                refusesWhileRunning(settings);
            }
            Set<String> before = ids(stage.changes("segment-changes", CHANGES));
            deletesNothingUnasked(stage, settings);
            deletesWhatItSaid(stage, settings);
            try (Application application = stage.start(settings)) {
                stage.awaitDone(application);
            }
            assertThat(ids(stage.changes("segment-changes", 2 * CHANGES))).isEqualTo(before);

            // As after topics.control_retention, which is shorter than topics.retention.
            deleteTicks(stage.admin());
            assertThat(ShopStage.run("reset", settings, "--yes").code()).isZero();
            try (Application application = stage.start(settings)) {
                stage.awaitDone(application);
            }
            List<Change> all = stage.changes("segment-changes", 3 * CHANGES);
            assertThat(ids(all)).hasSize(CHANGES).isEqualTo(before);
            assertThat(all)
                    .filteredOn(change -> change.kind() == Change.Kind.EXITED)
                    .hasSize(3 * CUSTOMERS)
                    .allMatch(change -> change.effectiveAt().equals(NOW.plus(Duration.ofHours(1))));
        }
    }

    /** As after an upgrade or a downgrade: the changelog contains states of an unknown format. */
    @Test
    void refusesOtherStateFormatUntilReset() throws Exception {
        try (ShopStage stage = new ShopStage(directory)) {
            Path settings = settings(stage);
            try (Application application = stage.start(settings)) {
                stage.runStory(application);
            }
            byte[] foreign = new byte[100];
            foreign[0] = 13;
            stage.put(CHANGELOG, "customer-1", foreign);
            delete(state());
            try (Application application = Application.load(
                    SettingsReader.read("segue.yaml", Files.readString(settings), name -> null), () -> NOW)) {
                application.start();
                assertThatThrownBy(application::awaitStopped)
                        .isInstanceOf(CannotStart.class)
                        .hasMessage("Stopped: customers were stored in format 13 by another version of Segue; this"
                                + " version reads format 12. Nothing was overwritten. Run the version that stored them, or"
                                + " 'segue reset', after which every retained event is counted again.");
            }
            // The broker notices a failed instance only when its session expires.
            ShopStage.waitFor(() -> ShopStage.run("reset", settings, "--yes").code() == 0);
            try (Application application = stage.start(settings)) {
                stage.awaitDone(application);
            }
        }
    }

    private Path settings(ShopStage stage) throws Exception {
        return stage.settings("segue.yaml", """
                application_id: shop
                topics: {partitions: 2, replication_factor: 1, retention: 3650d, control_retention: 30d}
                processing: {state_directory: %s}
                """.formatted(directory.resolve("state")));
    }

    private Path state() {
        return directory.resolve("state").resolve("shop");
    }

    private static void refusesWhileRunning(Path settings) {
        CommandRun refused = ShopStage.run("reset", settings, "--yes");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errLines())
                .singleElement()
                .asString()
                .startsWith("failed: The processor 'shop' is running, with 1 threads at ")
                .contains("Stop every instance (SIGTERM), then reset.");
    }

    private void deletesNothingUnasked(ShopStage stage, Path settings) throws Exception {
        CommandRun asked = ShopStage.run("reset", settings);
        assertThat(asked.code()).isEqualTo(2);
        assertThat(asked.errLines()).containsExactly("Nothing was deleted. Add --yes to delete this.");
        CommandRun dry = ShopStage.run("reset", settings, "--dry-run", "--yes");
        assertThat(dry.code()).isZero();
        assertThat(dry.out().lines().map(String::strip).toList())
                .containsSubsequence(
                        "would delete:",
                        "group shop, the committed offsets: " + stage.offsets("shop") + " partitions",
                        "keeps:")
                .anyMatch(line -> line.startsWith(
                        "topic " + CHANGELOG + ", the state of all customers: 2 partitions with at most"))
                .anyMatch(line -> line.startsWith("directory " + state() + " on this machine: "))
                .anyMatch(line -> line.startsWith("topic behavior-events: 2 partitions with at most 60 records;"));
        assertThat(stage.topics()).contains(CHANGELOG);
        assertThat(stage.offsets("shop")).isPositive();
        assertThat(state()).isDirectory();
    }

    private void deletesWhatItSaid(ShopStage stage, Path settings) throws Exception {
        Set<String> topics = stage.topics();
        CommandRun run = ShopStage.run("reset", settings, "--yes");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("deletes:").endsWith("done; the next 'segue run' starts over\n");
        topics.removeAll(Set.of(CHANGELOG, "shop-statistics-changelog", "shop-population-changelog"));
        assertThat(stage.topics()).isEqualTo(topics);
        assertThat(stage.offsets("shop")).isZero();
        assertThat(state()).doesNotExist();
        assertThat(ShopStage.run("reset", settings, "--yes").out()).startsWith("nothing to delete\n");
    }

    private static Set<String> ids(List<Change> changes) {
        return changes.stream().map(Change::changeId).collect(Collectors.toSet());
    }

    private static void deleteTicks(Admin admin) throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            all.put(new TopicPartition("segue-control", partition), RecordsToDelete.beforeOffset(-1));
        }
        admin.deleteRecords(all).all().get();
    }

    private static void delete(Path root) throws Exception {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
