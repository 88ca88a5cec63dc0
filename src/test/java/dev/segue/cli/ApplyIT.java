// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionSet;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.runtime.Application;
import dev.segue.runtime.operate.PublishedDefinitions;
import dev.segue.runtime.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishes definitions to a running processor. */
class ApplyIT {
    private static final String KEEN = "segment: keen\nwhen: product_viewed.count() >= 1\n";

    @TempDir
    Path directory;

    private ShopStage stage;
    private Path settings;

    @BeforeEach
    void open() throws Exception {
        stage = new ShopStage(directory);
        settings = stage.settings("segue.yaml", """
                application_id: shop
                topics: {partitions: 2, replication_factor: 1, retention: 3650d, control_retention: 30d}
                processing: {state_directory: %s}
                """.formatted(directory.resolve("state")));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(directory.resolve("segments").resolve(file), text);
    }

    private CommandRun apply(String... more) {
        return ShopStage.run("apply", settings, more);
    }

    private static String out(CommandRun run) {
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void publishesRollsBackAndTellsHistory() throws Exception {
        try (Application application = stage.start(settings)) {
            stage.runStory(application);
            assertThat(out(apply())).contains("Nothing differs from revision 1");
            write("keen.yaml", KEEN);
            assertThat(out(apply("--dry-run")))
                    .contains("new        keen")
                    .contains("is filled from all past events")
                    .contains("unchanged  1 definition")
                    .contains("Nothing is published, because of --dry-run.");
            assertThat(application.segments()).containsExactly("curious");
            assertThat(out(apply("--by", "ann@shop"))).contains("Published revision 2.");
            ShopStage.waitFor(() -> application.segments().equals(List.of("curious", "keen")));
            write("keen.yaml", KEEN.replace("1", "2"));
            String segments = directory.resolve("segments").toString();
            assertThat(out(ShopStage.run("backtest", settings, segments, "--against", "live")))
                    .contains("old: revision 2 (2 definitions)\n");
            assertThat(out(apply())).contains("changed    keen").contains("Published revision 3.");
            CommandRun rolledBack = ShopStage.run("rollback", settings, "1");
            assertThat(out(rolledBack)).contains("1 removed (keen)").contains("Published revision 4");
            ShopStage.waitFor(() -> application.segments().equals(List.of("curious")));
            assertThat(out(ShopStage.run("definitions", settings)))
                    .containsPattern("revision 4 .*1 definition, restores 1\\R  1 removed \\(keen\\)")
                    .containsPattern("revision 3 .*\\R  1 changed \\(keen\\)")
                    .containsPattern("revision 2 .*by ann@shop, 2 definitions\\R  1 new \\(keen\\)")
                    .containsPattern("revision 1 .*\\R  the first set");
            assertThat(out(ShopStage.run("definitions", settings, "--revision", "2")))
                    .contains("segment: curious")
                    .contains("---")
                    .contains("product_viewed.count() >= 1");
        }
    }

    /** Ann views often, long ago and lately; all others view twice, lately. The latest event is of 20 December. */
    private void produceHistory() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add(view("ann", "2025-09-01T10:00:00Z"));
        for (int number = 0; number < 12; number++) {
            lines.add(view("customer-" + number, "2025-11-01T10:00:00Z"));
            lines.add(view("customer-" + number, "2025-11-01T10:10:00Z"));
        }
        lines.add(view("ann", "2025-12-20T10:00:00Z"));
        Path events = Files.write(directory.resolve("history.jsonl"), lines);
        CommandRun produced = CommandRun.of(
                "produce",
                "--events",
                events.toString(),
                "--bootstrap-servers",
                stage.bootstrapServers(),
                "--schemas-dir",
                directory.resolve("registry").toString());
        assertThat(produced.code()).as(produced.err()).isZero();
    }

    private static String view(String customer, String at) {
        return "{\"type\":\"product_viewed\",\"customer_id\":\"" + customer + "\",\"event_id\":\"" + customer + at
                + "\",\"occurred_at\":\"" + at + "\",\"product_id\":\"p\"}";
    }

    @Test
    void dryRunShowsWhatTheDefinitionsWouldHaveDone() throws Exception {
        stage.start(settings).close();
        write("keen.yaml", KEEN);
        CommandRun empty = apply("--dry-run", "--backtest", "30d");
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).startsWith("Topic behavior-events at ").endsWith(" has no events.\n");
        produceHistory();
        assertThat(out(apply("--dry-run", "--backtest", "30d")))
                .containsSubsequence(
                        "new        keen\n",
                        "unchanged  1 definition\n",
                        "\nbacktest of the last 30d of the events topic\n",
                        "2025-11-20T10:00:00.000Z to 2025-12-20T10:00:00.000Z, days in UTC\n",
                        "1 event, after 25 earlier events; 13 customers\n",
                        "\nsegment keen, new: enters 13, exits 0\n",
                        "members at the start                      -             13\n",
                        "entered                                   -              0\n",
                        "\n\nNothing is published, because of --dry-run.\n")
                .doesNotContain("curious");
        assertThat(out(apply("--dry-run", "--backtest", "1176h")))
                .contains("members at the start                      -              1\n")
                .contains("entered                                   -             12\n")
                .doesNotContain("reaches back only");
        assertThat(out(apply("--dry-run", "--backtest", "200d")))
                .contains("of the events topic, which reaches back only to 2025-09-01T10:00:00.000Z\n")
                .contains("entered                                   -             13\n");
        write("curious.yaml", "segment: curious\nwhen: product_viewed.within('90d').count() >= 2\n");
        assertThat(out(apply("--dry-run", "--backtest", "30d")))
                .contains(
                        "curious                                  changed           0         12        12         0\n")
                .contains(
                        "keen                                     new               0         13        13         0\n");
        assertThat(out(ShopStage.run("definitions", settings)))
                .contains("revision 1 ")
                .doesNotContain("revision 2 ");
    }

    @Test
    void backtestsOnlyWhatIsNewOrChangedAndNotPublished() throws Exception {
        stage.start(settings).close();
        write("keen.yaml", KEEN);
        CommandRun publishes = apply("--backtest", "30d");
        assertThat(publishes.code()).isEqualTo(2);
        assertThat(publishes.out()).isEmpty();
        assertThat(publishes.err())
                .startsWith("--backtest shows what")
                .contains("add --dry-run, or leave --backtest out to publish them.");
        assertThat(apply("--dry-run", "--backtest", "a month").err())
                .startsWith("--backtest: 'a month' is not a duration.");
        assertThat(apply("--dry-run", "--backtest", "0d").err()).startsWith("--backtest: '0d' contains no event.");
        assertThat(out(apply("--dry-run"))).doesNotContain("backtest");
        assertThat(out(apply())).contains("Published revision 2.");
        produceHistory();
        String curious = directory.resolve("segments").resolve("curious.yaml").toString();
        assertThat(out(apply(curious, "--dry-run", "--remove", "--backtest", "30d")))
                .containsSubsequence(
                        "removed    keen\n",
                        "No definition is new or changed, so there is nothing to backtest.\n",
                        "Nothing is published, because of --dry-run.\n");
    }

    /** Past events are read from the topic, also by an instance that has just started and has seen no event since. */
    @Test
    void newDefinitionKnowsThePast() throws Exception {
        try (Application application = stage.start(settings)) {
            stage.runStory(application);
        }
        try (Application application = stage.start(settings)) {
            write("keen.yaml", KEEN.replace(">= 1", ">= 2"));
            assertThat(out(apply())).contains("new        keen").contains("is filled from all past events");
            int all = ShopStage.CHANGES + ShopStage.CUSTOMERS;
            List<Change> keen = stage.changes("segment-changes", all).stream()
                    .filter(change -> change.segment().equals("keen"))
                    .toList();
            assertThat(keen).hasSize(ShopStage.CUSTOMERS).allSatisfy(change -> {
                assertThat(change.backfilled()).isTrue();
                assertThat(change.kind()).isEqualTo(Change.Kind.ENTERED);
                assertThat(change.enteredAt()).isEqualTo(ShopStage.NOW);
                assertThat(change.cause()).isEqualTo(Cause.DEFINITION);
            });
            assertThat(application.segments()).containsExactly("curious", "keen");
        }
        try (Application again = stage.start(settings)) {
            ShopStage.waitFor(() -> again.counts().ticks() >= 2);
            assertThat(again.counts().changes())
                    .as("told again after a restart")
                    .isZero();
        }
    }

    @Test
    void wantsAYesWhereTheTopicNoLongerHoldsThePast() throws Exception {
        try (Application application = stage.start(settings)) {
            stage.runStory(application);
            stage.deleteEvents(1);
            write("keen.yaml", KEEN);
            assertThat(out(apply("--dry-run"))).contains("Topic behavior-events holds every event only since ");
            CommandRun refused = apply();
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("Nothing was published. Topic behavior-events holds every event only since ")
                    .contains("keen looks back to the first event")
                    .contains("--accept-short-history");
            write("keen.yaml", KEEN + "since: now\n");
            assertThat(out(apply()))
                    .contains("begins with what is already kept")
                    .contains("Published revision 2.");
            write("keen.yaml", KEEN.replace(">= 1", ">= 3"));
            assertThat(out(apply("--accept-short-history"))).contains("Published revision 3.");
            Files.delete(directory.resolve("segments").resolve("keen.yaml"));
            assertThat(out(apply("--remove"))).contains("Published revision 4.");
            // What revision 3 needs is still kept.
            assertThat(out(ShopStage.run("rollback", settings, "3"))).contains("Published revision 5");
        }
    }

    @Test
    void publishesNothingThatIsWrongOrRemovesUnasked() throws Exception {
        try (Application application = stage.start(settings)) {
            write("keen.yaml", KEEN.replace("product_viewed", "produkt_viewed"));
            CommandRun wrong = apply();
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.err()).contains("keen.yaml:2:7").contains("product_viewed");
            CommandRun removes = apply(
                    Files.writeString(directory.resolve("only.yaml"), KEEN).toString());
            assertThat(removes.code()).isEqualTo(2);
            assertThat(removes.err())
                    .contains("Nothing was published: curious would be removed")
                    .contains("--remove");
            assertThat(ShopStage.run("rollback", settings, "7").err())
                    .contains("There is no revision 7; there are revisions up to 1.");
            assertThat(application.segments()).containsExactly("curious");
            assertThat(out(apply(directory.resolve("only.yaml").toString(), "--remove")))
                    .contains("removed    curious")
                    .contains("Published revision 2.");
            ShopStage.waitFor(() -> application.segments().equals(List.of("keen")));
        }
    }

    @Test
    void startTellsWhatDiffersAndPublishesOnlyIfAsked() throws Exception {
        stage.start(settings).close();
        write("keen.yaml", KEEN);
        try (Application application = stage.start(settings)) {
            assertThat(application.segments()).containsExactly("curious");
        }
        Path eager = Files.writeString(
                directory.resolve("eager.yaml"),
                Files.readString(settings).replace("segments: {", "segments: {publish: at-start, "));
        try (Application application = stage.start(eager)) {
            assertThat(application.segments()).containsExactly("curious", "keen");
        }
    }

    /** Instances with other files join and leave; nobody is told anything, and nothing is lost. */
    @Test
    void anInstanceWithOtherFilesChangesNothing() throws Exception {
        Path others = Files.createDirectories(directory.resolve("others"));
        Files.writeString(others.resolve("curious.yaml"), "segment: nosy\nwhen: product_viewed.count() >= 2\n");
        Path other = Files.writeString(
                directory.resolve("other.yaml"),
                Files.readString(settings)
                        .replace(directory.resolve("segments").toString(), others.toString())
                        .replace("/state}", "/state-of-the-other}"));
        Application first = stage.start(settings);
        stage.runStory(first);
        for (int round = 0; round < 2; round++) {
            Application second = stage.start(other);
            assertThat(second.segments()).containsExactly("curious");
            first.close();
            first = stage.start(settings);
            second.close();
        }
        first.close();
        assertThat(stage.changes("segment-changes", ShopStage.CHANGES))
                .allMatch(change -> change.segment().equals("curious"));
    }

    /** The new topic gets as many records as the old one had, and its revisions begin again. */
    @Test
    void goesOnIfTheTopicOfDefinitionsIsDeleted() throws Exception {
        try (Application application = stage.start(settings)) {
            stage.runStory(application);
            stage.admin().deleteTopics(List.of("segue-definitions")).all().get();
            ShopStage.waitFor(() -> definitions(application).contains("topic segue-definitions is empty"));
            assertThat(definitions(application)).contains("Revision 1 is still evaluated");
            write("curious.yaml", "segment: curious\nwhen: product_viewed.count() >= 2\n");
            assertThat(out(apply())).contains("Published revision 1.");
            // Work that a rebalance aborts counts again.
            ShopStage.waitFor(() -> application.counts().changes() >= ShopStage.CHANGES + ShopStage.CUSTOMERS
                    && definitions(application).equals("revision 1 is evaluated"));
            write("curious.yaml", "segment: curious\nwhen: product_viewed.count() >= 3\n");
            assertThat(out(apply())).contains("changed    curious").contains("Published revision 2.");
            ShopStage.waitFor(() -> application.counts().changes() >= ShopStage.CHANGES + 2 * ShopStage.CUSTOMERS
                    && definitions(application).equals("revision 2 is evaluated"));
            assertThat(stage.changes("segment-changes", ShopStage.CHANGES + 2 * ShopStage.CUSTOMERS))
                    .extracting(Change::changeId)
                    .doesNotHaveDuplicates();
        }
        try (Application again = stage.start(settings)) {
            ShopStage.waitFor(() -> again.counts().ticks() >= 2);
            assertThat(definitions(again)).isEqualTo("revision 2 is evaluated");
            assertThat(again.counts().changes()).isZero();
        }
    }

    private static String definitions(Application application) {
        return application.checkDefinitions().why();
    }

    @Test
    void twoPublishersAtOnceGetTwoRevisions() throws Exception {
        stage.start(settings).close();
        PublishedDefinitions published =
                new PublishedDefinitions(SettingsReader.read("segue.yaml", Files.readString(settings), name -> null));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<CommandRun>> runs = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            Path file = Files.writeString(
                    directory.resolve("p" + number + ".yaml"), KEEN.replace("1", Integer.toString(number + 1)));
            runs.add(threads.submit(() -> apply(file.toString(), "--remove")));
        }
        int won = 0;
        for (Future<CommandRun> run : runs) {
            won += run.get().code() == 0 ? 1 : 0;
            if (run.get().code() != 0) {
                assertThat(run.get().err()).contains("was published meanwhile");
            }
        }
        threads.shutdown();
        assertThat(won).isPositive();
        List<Long> revisions = published.read().sets().sets().stream()
                .map(DefinitionSet::revision)
                .toList();
        assertThat(revisions).hasSize(1 + won).doesNotHaveDuplicates();
    }
}
