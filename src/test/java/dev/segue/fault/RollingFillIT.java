// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 40: instances with different files join, leave and restart in turn while definitions are filled. */
class RollingFillIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_202);
    private static final int EVENTS = 8_000;
    private static final int EVENTS_PER_STEP = 20;
    private static final int EDITS = 3;

    @TempDir
    Path directory;

    /** How many changes the past had given at each join, leave or restart of the current edit. */
    private final List<Long> told = new ArrayList<>();

    private FaultStage stage;
    private FillStory story;
    private ChildJvm host;
    private ChildJvm guest;
    private int midFill;

    @Test
    @Tag("faults")
    void tellsEverybodyOnceWhileInstancesJoinAndLeave() throws Exception {
        System.out.println("rolling fill: seed " + SEED);
        try (FaultStage opened = FillStory.stage(directory)) {
            stage = opened;
            stage.processing("standby_replicas", 1);
            stage.kafka("consumer.max.poll.records", 50);
            Files.writeString(
                    Files.createDirectory(directory.resolve("segments-b")).resolve("other.yaml"),
                    "segment: of-another-file\nwhen: product_viewed.count() > 0\n");
            host = stage.startProcessor("a");
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 600);
            stage.awaitCommitted(host, 0);
            try (FillStory opens = new FillStory(stage, shop)) {
                story = opens;
                story.events(EVENTS);
                stage.awaitCommitted(host, EVENTS);
                guest = stage.startProcessor("b");
                for (int edit = 1; edit <= EDITS; edit++) {
                    edit();
                }
                story.finish(host, guest);
            } finally {
                host.close();
                guest.close();
            }
        }
        System.out.println("rolling fill: " + midFill + " joins, leaves and restarts in mid-fill");
        assertThat(midFill).isGreaterThanOrEqualTo(2 * EDITS);
    }

    /** Each instance stops and comes back, one while both read the past, the other while customers are united. */
    private void edit() throws Exception {
        untilShared();
        int reads = host.said().split(FillStory.READS, -1).length;
        story.publishNext();
        goOnUntil(() -> host.said().split(FillStory.READS, -1).length > reads);
        guest = restart(guest, "b");
        goOnUntil(() -> story.backfilled() > 0);
        host = restart(host, "a");
        story.awaitFilled(host);
        long all = story.backfilled();
        midFill += (int) told.stream().filter(number -> number < all).count();
        System.out.println("rolling fill: " + told + " of " + all);
        told.clear();
    }

    private ChildJvm restart(ChildJvm instance, String name) throws Exception {
        told.add(story.backfilled());
        instance.askToStop();
        goOnUntil(() -> !instance.isAlive());
        told.add(story.backfilled());
        return stage.startProcessor(name);
    }

    private void untilShared() throws Exception {
        goOnUntil(() -> stage.progress().partitionsOf("a").size() == 2
                && stage.progress().partitionsOf("b").size() == 2);
    }

    private void goOnUntil(Callable<Boolean> condition) throws Exception {
        FaultStage.await("the instances have moved", () -> {
            story.events(EVENTS_PER_STEP);
            Thread.sleep(100);
            return condition.call();
        });
    }
}
