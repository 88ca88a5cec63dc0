// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.topology.SegueTopology;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 10: while the processor is down, the changelog gets another cleanup policy, or is deleted. */
class ChangelogIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_132);
    private static final String CHANGELOG = SegueTopology.changelog(FaultStage.NAME);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void refusesMissingOrMisconfiguredChangelogWithRemedy() throws Exception {
        System.out.println("changelog: seed " + SEED);
        try (FaultStage stage = new FaultStage(directory)) {
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 60);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.publish(stage.records(shop.events(600)));
                stage.awaitCommitted(processor, 600);
                processor.terminate();
                stage.publish(stage.records(shop.events(300)));
                stage.requireNotFinished("when the changelog is struck");

                stage.configure(CHANGELOG, "cleanup.policy", "delete");
                assertThat(refusal(stage))
                        .contains("Topic " + CHANGELOG + " must have cleanup.policy=compact, but has delete")
                        .contains("kafka-configs.sh --alter --topic " + CHANGELOG);

                stage.configure(CHANGELOG, "cleanup.policy", "compact");
                processor = stage.startProcessor();
                System.out.println("changelog: mended: " + stage.finish(processor));
                processor.terminate();

                stage.deleteTopic(CHANGELOG);
                // The local state still exists; Streams alone would accept it, or start with nothing.
                assertThat(refusal(stage))
                        .contains("Topic " + CHANGELOG + ", which holds the state of every customer, is missing")
                        .contains("start over with 'segue reset'");
            } finally {
                processor.close();
            }
        }
    }

    private static String refusal(FaultStage stage) throws Exception {
        try (ChildJvm refused = stage.startProcessor()) {
            assertThat(refused.awaitEnd(LONGEST_START)).isEqualTo(ProcessorProcess.FAILED);
            return refused.said();
        }
    }
}
