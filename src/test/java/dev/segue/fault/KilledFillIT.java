// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 39: the processor is killed while it fills new and changed definitions from past events. */
class KilledFillIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_201);
    private static final int KILLS_PER_EDIT = 4;
    private static final int LONGEST_READ_MS = 1_500;
    private static final int LONGEST_UNION_MS = 400;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final List<Kill> kills = new ArrayList<>();
    private FaultStage stage;
    private FillStory story;
    private ChildJvm processor;

    /**
     * @param told customers' changes that the past had given when the processor was killed
     * @param all those that it had given when the fill was done
     */
    private record Kill(long told, long all) {
        boolean isMidFill() {
            return told < all;
        }

        boolean isMidUnion() {
            return told > 0 && told < all;
        }
    }

    @Test
    @Tag("faults")
    void tellsEverybodyOnceAfterFourKills() throws Exception {
        fill(1, 5_000, 500);
    }

    @Test
    @Tag("faults")
    void tellsEverybodyOnceAfterTwentyKills() throws Exception {
        fill(5, 10_000, 600);
    }

    private void fill(int edits, int events, int customers) throws Exception {
        System.out.println("killed fill: seed " + SEED);
        try (FaultStage opened = FillStory.stage(directory)) {
            stage = opened;
            processor = stage.startProcessor();
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), customers);
            stage.awaitCommitted(processor, 0);
            try (FillStory opens = new FillStory(stage, shop)) {
                story = opens;
                story.events(events * 2 / 3);
                stage.awaitCommitted(processor, events / 2);
                for (int edit = 1; edit <= edits; edit++) {
                    edit(events / 3 / edits / KILLS_PER_EDIT);
                }
                story.finish(processor);
            } finally {
                processor.close();
            }
        }
        System.out.println("killed fill: " + kills);
        assertThat(kills).filteredOn(Kill::isMidFill).hasSizeGreaterThanOrEqualTo(kills.size() * 3 / 4);
        assertThat(kills).filteredOn(Kill::isMidUnion).hasSizeGreaterThanOrEqualTo(kills.size() / 4);
    }

    /** Every second kill strikes while customers are united, the others while the past is read. */
    private void edit(int eventsPerKill) throws Exception {
        story.publishNext();
        List<Long> told = new ArrayList<>();
        for (int kill = 1; kill <= KILLS_PER_EDIT; kill++) {
            story.events(eventsPerKill);
            awaitRead();
            if (kill % 2 == 0) {
                long before = story.backfilled();
                FaultStage.await("customers are united", () -> {
                    processor.requireAlive();
                    return story.backfilled() > before;
                });
                Thread.sleep(random.nextInt(LONGEST_UNION_MS));
            } else {
                Thread.sleep(random.nextInt(LONGEST_READ_MS));
            }
            processor.kill();
            told.add(story.backfilled());
            processor = stage.startProcessor();
        }
        story.awaitFilled(processor);
        long all = story.backfilled();
        told.forEach(number -> kills.add(new Kill(number, all)));
    }

    private void awaitRead() throws Exception {
        FaultStage.await("the processor reads past events", () -> {
            processor.requireAlive();
            return processor.said().contains(FillStory.READS);
        });
    }
}
