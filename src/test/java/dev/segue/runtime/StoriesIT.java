// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.plan.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of the common stories, with the application and a broker. */
class StoriesIT {
    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    private BrokerStage stage;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void stopApplication() {
        stage.close();
    }

    private Scenario of(String name, String... definitions) throws Exception {
        stage = new BrokerStage(broker.bootstrapServers(), name, directory, definitions);
        return Scenario.on(stage);
    }

    @Test
    void cartIsAbandonedExactlyOneHourAfterLastActivityUntilOrder() throws Exception {
        of("cart", "segment: cart-abandoned\nwhen: cart.count() > 0 && activity.within('1h').count() == 0")
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1", "price=19.90")
                .event("2025-11-01T10:00:30.250Z", "ann", "page_viewed")
                .timeIs("2025-11-01T11:00:30.249Z")
                .expect()
                .timeIs("2025-11-01T11:00:30.250Z")
                .expect("ann cart-abandoned ENTERED 2025-11-01T11:00:30.250Z")
                .event("2025-11-01T12:00:00Z", "ann", "order_completed")
                .expect("ann cart-abandoned EXITED 2025-11-01T12:00:00Z");
    }

    @Test
    void keepsDuplicatesAndDeadlinesAcrossRestart() throws Exception {
        of("restart", "segment: keen\nwhen: product_viewed.within('10m').count() >= 2")
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .restart()
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .expectDuplicates(1)
                .expect()
                .event("2025-11-01T10:05:00Z", "ann", "product_viewed")
                .expect("ann keen ENTERED 2025-11-01T10:05:00Z")
                .restart()
                .timeIs("2025-11-01T10:09:59.999Z")
                .expect()
                .timeIs("2025-11-01T10:30:00Z")
                .expect("ann keen EXITED 2025-11-01T10:10:00Z");
    }

    @Test
    void countsLateEventsAtTheirOwnTime() throws Exception {
        of(
                        "late",
                        "segment: day\nwhen: product_viewed.within('1d').count() >= 2",
                        "segment: week\nwhen: product_viewed.within('7d').count() >= 2")
                .event("2025-11-02T12:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T12:00:00Z", "ann", "product_viewed")
                .expect("ann week ENTERED 2025-11-02T12:00:00Z")
                .event("2025-11-01T12:00:00.001Z", "ann", "product_viewed")
                .expect("ann day ENTERED 2025-11-02T12:00:00Z")
                .timeIs("2025-11-03T00:00:00Z")
                .expect("ann day EXITED 2025-11-02T12:00:00.001Z");
    }

    @Test
    void evaluatesGroupAndFor() throws Exception {
        of(
                        "calm",
                        "segment: steady\nwhen: page_viewed.within('10m').count() > 0\nfor: 15m",
                        "group: level\nfirst:\n  heavy: page_viewed.count() >= 2\n  light: page_viewed.count() >= 1")
                .event("2025-01-01T00:00:00Z", "ann", "page_viewed")
                .expect("ann light ENTERED 2025-01-01T00:00:00Z")
                .event("2025-01-01T00:09:00Z", "ann", "page_viewed")
                .expect("ann light EXITED 2025-01-01T00:09:00Z", "ann heavy ENTERED 2025-01-01T00:09:00Z")
                .timeIs("2025-01-01T00:14:59.999Z")
                .expect()
                .timeIs("2025-01-01T01:00:00Z")
                .expect("ann steady ENTERED 2025-01-01T00:15:00Z", "ann steady EXITED 2025-01-01T00:19:00Z");
    }

    @Test
    void triggerWaitsAndCapsAcrossRestart() throws Exception {
        of(
                        "trigger",
                        "segment: cart\nwhen: product_added.within('1h').count() > 0",
                        "channel: email\nconsent: 'true'\ncap: {at_most: 1, per: 2h}",
                        "trigger: reminder\non: cart\nchannel: email\nwait: 10m")
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .expectDecisions("ann reminder WAITING 2025-11-01T10:00:00Z until 2025-11-01T10:10:00Z")
                .restart()
                .timeIs("2025-11-01T10:09:59.999Z")
                .expectDecisions()
                .timeIs("2025-11-01T10:10:00Z")
                .expectDecisions("ann reminder SEND 2025-11-01T10:10:00Z")
                .restart()
                .event("2025-11-01T11:30:00Z", "ann", "product_added", "product_id=p2")
                .expectDecisions("ann reminder WAITING 2025-11-01T11:30:00Z until 2025-11-01T11:40:00Z")
                .timeIs("2025-11-01T11:40:00Z")
                .expectDecisions("ann reminder CAPPED 2025-11-01T11:40:00Z until 2025-11-01T12:10:00Z")
                .timeIs("2025-11-01T12:10:00Z")
                .expectDecisions("ann reminder SEND 2025-11-01T12:10:00Z");
    }
}
