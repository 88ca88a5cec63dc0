// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults 11, 15, 16, 17, 18, 19 and 21: invalid records between events affect none of them. */
class BadInputIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_127);
    private static final int EVENTS = 2_000;
    private static final int LATEST = 12;
    private static final int LARGEST_RECORD = 8_000_000;

    @TempDir
    Path directory;

    @Test
    void badRecordsBecomeDeadLettersAndAffectNoOthers() throws Exception {
        System.out.println("bad input: seed " + SEED);
        Random random = new Random(SEED);
        try (FaultStage stage = new FaultStage(directory)) {
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 40);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.allowRecords(LARGEST_RECORD);
                List<Event> events = shop.events(EVENTS);
                List<Sent> good = stage.records(events);
                List<Sent> bad = new BadRecords(stage, SEED).of(good);
                List<Sent> first = mixed(good.subList(0, EVENTS / 2), bad.subList(0, bad.size() / 2), random);
                stage.publish(first);
                stage.publish(latest(good.subList(0, EVENTS / 2)));
                stage.awaitCommitted(processor, first.size() / 2);
                stage.requireNotFinished("when the processor is stopped");
                assertThat(processor.terminate()).isNotNegative();
                processor = stage.startProcessor();
                // Repeated after a restart, and with events so old that their ids are no longer stored: those count
                // again.
                stage.publish(latest(good.subList(0, EVENTS / 2)));
                stage.publish(received(good.subList(0, 40), shop.now()));
                stage.publish(mixed(good.subList(EVENTS / 2, EVENTS), bad.subList(bad.size() / 2, bad.size()), random));
                Checker.Report report = stage.finish(processor);
                assertThat(report.deadLetters()).isGreaterThan(bad.size() / 2);
                assertThat(processor.said()).doesNotContain(BadRecords.PERSONAL);
                System.out.println("bad input: " + report);
            } finally {
                processor.close();
            }
        }
    }

    private static List<Sent> latest(List<Sent> records) {
        return List.copyOf(records.subList(records.size() - LATEST, records.size()));
    }

    /** The same records with a later timestamp. */
    private static List<Sent> received(List<Sent> records, long timestamp) {
        return records.stream()
                .map(record -> new Sent(record.key(), record.value(), timestamp, record.refused()))
                .toList();
    }

    /** Inserts the bad records at random places among the good ones, whose order stays. */
    private static List<Sent> mixed(List<Sent> good, List<Sent> bad, Random random) {
        List<Sent> rest = new ArrayList<>(bad);
        Collections.shuffle(rest, random);
        List<Sent> all = new ArrayList<>();
        double share = (double) bad.size() / good.size();
        double owed = 0;
        for (Sent record : good) {
            all.add(record);
            for (owed += share * 2 * random.nextDouble(); owed >= 1 && !rest.isEmpty(); owed--) {
                all.add(rest.remove(rest.size() - 1));
            }
        }
        all.addAll(rest);
        return all;
    }
}
