// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What triggers decide becomes records, also without a change, for persons of several ids, and while a past is read. */
class TriggersOnTopologyTest {
    private static final Instant TEN = Instant.parse("2025-11-01T10:00:00Z");
    private static final String KEEN = "segment: keen\nwhen: product_viewed.within('30m').count() > 0\n";
    private static final String EMAIL = "channel: email\nconsent: 'true'\n";
    private static final String WRITE = "trigger: write\non: keen\nchannel: email\nwait: 10m\n";

    @TempDir
    Path directory;

    private TopologyScenario scenario;
    private ScenarioEvents events;

    @BeforeEach
    void open() throws Exception {
        events = new ScenarioEvents();
        scenario = new TopologyScenario(directory);
        scenario.clockIs(TEN);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void define(String... definitions) throws Exception {
        scenario.define(ScenarioEvents.set(definitions));
    }

    private void view(String customer, int minute) throws Exception {
        events.send(scenario, customer, minute(minute), "product_viewed", "product_id", "p1");
    }

    private static Instant minute(int minute) {
        return TEN.plus(Duration.ofMinutes(minute));
    }

    private List<String> decisions() throws Exception {
        return scenario.readDecisions().stream()
                .map(decision -> decision.customerId() + " " + decision.trigger() + " " + decision.kind() + " "
                        + Duration.between(TEN, decision.decidedAt()).toMinutes())
                .toList();
    }

    @Test
    void decisionWithoutAChangeIsSentWithTheCustomersKey() throws Exception {
        define(KEEN, EMAIL, WRITE);
        view("ann", 0);
        assertThat(decisions()).containsExactly("ann write WAITING 0");
        scenario.timeIs(minute(15));
        List<TestRecord<byte[], byte[]>> sent = scenario.output("activations");
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).key()).isEqualTo("ann".getBytes(StandardCharsets.UTF_8));
        assertThat(scenario.readChanges()).hasSize(1);
    }

    @Test
    void restartForgetsNothing() throws Exception {
        define(KEEN, EMAIL, WRITE);
        view("ann", 0);
        scenario.restart();
        scenario.timeIs(minute(15));
        assertThat(decisions()).containsExactly("ann write SEND 10");
    }

    @Test
    void onePersonGetsOneLetter() throws Exception {
        define(KEEN, EMAIL, WRITE + "cap: {at_most: 1, per: 1d}\n");
        view("d1", 0);
        view("ann", 5);
        events.send(scenario, "ann", minute(6), "customer_identified", "anonymous_id", "d1");
        scenario.timeIs(minute(7));
        scenario.timeIs(minute(20));
        assertThat(decisions())
                .containsExactlyInAnyOrder(
                        "d1 write WAITING 0", "ann write WAITING 5", "ann write CANCELLED 6", "ann write SEND 10");
        view("ann", 60);
        scenario.timeIs(minute(80));
        assertThat(decisions()).containsExactly("ann write WAITING 60", "ann write CAPPED 70");
    }

    @Test
    void erasureCancelsAndLeavesNothing() throws Exception {
        define(KEEN, EMAIL, WRITE);
        view("ann", 0);
        events.send(scenario, "ann", minute(1), "customer_erased");
        scenario.timeIs(minute(30));
        assertThat(decisions()).containsExactly("ann write WAITING 0", "ann write CANCELLED 1");
    }

    @Test
    void whatThePastGivesBeginsNothing() throws Exception {
        define("segment: other\nwhen: page_viewed.count() > 0\n");
        view("ann", 0);
        scenario.clockIs(minute(5));
        define(KEEN, EMAIL, WRITE, WRITE.replace("write", "also") + "backfilled: true\n");
        for (int round = 0; round < 30; round++) {
            scenario.timeIs(minute(6));
        }
        assertThat(scenario.readChanges()).hasSize(1);
        assertThat(decisions()).containsExactly("ann also WAITING 6");
        scenario.timeIs(minute(20));
        assertThat(decisions()).containsExactly("ann also SEND 16");
    }
}
