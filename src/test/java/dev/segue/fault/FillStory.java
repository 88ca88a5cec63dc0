// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Settings;
import dev.segue.definition.DefinitionReader;
import dev.segue.event.Change;
import dev.segue.runtime.cluster.Candidate;
import dev.segue.runtime.operate.PublishedDefinitions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Edits of definitions under traffic, and the proof that in the end they have always been there. */
final class FillStory implements AutoCloseable {
    /** What a processor on such a stage says when it begins a fill. */
    static final String READS = "reads past events for";

    private static final Duration QUIET = Duration.ofMillis(500);

    private final FaultStage stage;
    private final RandomShop shop;
    private final ToldChanges told;
    private List<String> texts = FillDefinitions.first();
    private int edit;
    private long backfilledBefore;
    private int toldBefore;

    /** @param stage on which the topics exist */
    FillStory(FaultStage stage, RandomShop shop) throws Exception {
        this.stage = stage;
        this.shop = shop;
        this.told = new ToldChanges(stage.settings());
    }

    /**
     * A stage with the first definitions, on which the past is read and customers are united so slowly that a fault
     * strikes in the middle of it.
     */
    static FaultStage stage(Path directory) throws Exception {
        FaultStage stage = FaultStage.withoutSegments(directory);
        int number = 0;
        for (String text : FillDefinitions.first()) {
            Files.writeString(stage.segments().resolve("first" + ++number + ".yaml"), text);
        }
        stage.log("INFO");
        stage.kafka("consumer.interceptor.classes", "dev.segue.fault.SlowReading");
        stage.kafka("consumer.max.poll.records", 100);
        stage.kafka("restore.consumer.max.poll.records", 5_000);
        stage.processing("drain_customers", 1);
        return stage;
    }

    /** Sends further events. */
    void events(int count) throws Exception {
        stage.publish(stage.records(shop.events(count)));
    }

    /** Publishes the next edit. */
    void publishNext() throws Exception {
        texts = FillDefinitions.edited(++edit);
        backfilledBefore = told.backfilled();
        toldBefore = told.all().size();
        publish(stage, texts, edit);
    }

    /** Publishes other definitions as the edit of a number, from 1. */
    static void publish(FaultStage stage, List<String> texts, int edit) throws Exception {
        Settings settings = stage.settings();
        Candidate next = Candidate.of(
                settings,
                new DefinitionReader(stage.schemas().vocabulary()).check(FillReference.files(texts), List.of()));
        // In the time of the processors, so that what one set had kept is there for the next.
        Instant at = Instant.ofEpochMilli(1 + edit);
        PublishedDefinitions sets = new PublishedDefinitions(settings);
        sets.publish(sets.read().latestRevision(), log -> next.after(log, at));
    }

    /** The number of changes that the past has given since the last edit. */
    long backfilled() throws Exception {
        return told.backfilled() - backfilledBefore;
    }

    /**
     * Waits until all memberships are those of an engine that had the latest definitions since the first event.
     *
     * @return the engine
     */
    FillReference awaitFilled(ChildJvm processor) throws Exception {
        stage.awaitCommitted(processor, stage.sent().size());
        FillReference reference = new FillReference(stage, texts);
        assertThat(reference.events()).isEqualTo(stage.sent().size());
        Map<String, String> due = FillChecks.members(reference.changes());
        long end = System.nanoTime() + FaultStage.PATIENCE.toNanos();
        while (!FillChecks.members(told.all()).equals(due) && System.nanoTime() < end) {
            processor.requireAlive();
            Thread.sleep(100);
        }
        assertThat(FillChecks.members(told.all()))
                .as("memberships after edit " + edit + "; the processor said: " + processor.said())
                .isEqualTo(due);
        new FillChecks(told.all(), toldBefore).requireBeginnings(reference);
        return reference;
    }

    /** Goes on after the last edit, and compares everything with engine and oracle. */
    void finish(ChildJvm... processors) throws Exception {
        FillReference before = awaitFilled(processors[0]);
        Thread.sleep(QUIET.toMillis());
        List<Change> toldThen = told.all();
        events(1_000);
        FillReference reference = awaitFilled(processors[0]);
        Instant end = Instant.ofEpochMilli(shop.now()).plus(Duration.ofDays(365));
        for (ChildJvm processor : processors) {
            processor.write(end.toString());
        }
        reference.timeIs(end);
        int due = reference.changes().size() - before.changes().size();
        assertThat(due).isPositive();
        FaultStage.await("all is told", () -> {
            processors[0].requireAlive();
            return told.all().size() - toldThen.size() >= due;
        });
        Thread.sleep(QUIET.toMillis());
        List<Change> all = told.all();
        new FillChecks(all, toldBefore).requireEqual(reference, before, toldThen);
        System.out.println("filled: " + all.size() + " changes of "
                + stage.sent().size() + " events compared, " + due + " of them after the last edit");
    }

    @Override
    public void close() {
        told.close();
    }
}
