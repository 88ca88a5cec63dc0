// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New and changed definitions know past events. */
class FilledDefinitionsTest {
    private static final String QUIET = TopologyScenario.QUIET;
    private static final String LOYAL = """
            segment: loyal
            when: purchase.count() >= 2
            carry:
              orders: purchase.count()
            """;
    private static final Instant TEN = Instant.parse("2025-11-01T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private TopologyScenario scenario;
    private ScenarioEvents events;

    @BeforeEach
    void open() throws Exception {
        events = new ScenarioEvents();
        scenario = new TopologyScenario(directory);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void event(String customer, Instant at, String type, String... values) throws Exception {
        events.send(scenario, customer, at, type, values);
    }

    private void order(String customer, Instant at) throws Exception {
        events.order(scenario, customer, at, "10.00");
    }

    private void define(Instant at, String... definitions) throws Exception {
        scenario.clockIs(at);
        scenario.define(ScenarioEvents.set(definitions));
        scenario.timeIs(at);
    }

    /** Lets fills and drains finish. */
    private void settle(Instant at) throws Exception {
        for (int round = 0; round < 30; round++) {
            scenario.timeIs(at);
        }
    }

    private List<String> changes(String segment) throws Exception {
        List<String> changes = new ArrayList<>();
        for (Change change : scenario.readChanges()) {
            if (change.segment().equals(segment)) {
                changes.add(change.customerId() + " " + change.kind() + " " + change.effectiveAt() + " "
                        + change.cause().kind() + " since " + change.enteredAt() + " " + change.carry()
                        + (change.backfilled() ? " backfilled" : ""));
            }
        }
        return changes;
    }

    @Test
    void newDefinitionKnowsPastEventsAndWhenCustomersEntered() throws Exception {
        define(TEN, QUIET);
        order("ann", TEN);
        order("bob", TEN.plusSeconds(1));
        order("ann", TEN.plusSeconds(2));
        define(TEN.plus(MINUTE), QUIET, LOYAL);
        settle(TEN.plus(MINUTE));
        assertThat(changes("loyal"))
                .containsExactly("ann ENTERED 2025-11-01T10:01:00Z DEFINITION since 2025-11-01T10:00:02Z {orders=2}"
                        + " backfilled");
        order("bob", TEN.plus(MINUTE).plusSeconds(5));
        assertThat(changes("loyal")).containsExactly("bob ENTERED 2025-11-01T10:01:05Z EVENT since null {orders=2}");
    }

    @Test
    void itIsSilentUntilItsPastHasBeenRead() throws Exception {
        define(TEN, QUIET);
        order("ann", TEN);
        define(TEN.plus(MINUTE), QUIET, LOYAL);
        order("ann", TEN.plus(MINUTE).plusSeconds(1));
        order("new", TEN.plus(MINUTE).plusSeconds(2));
        order("new", TEN.plus(MINUTE).plusSeconds(3));
        // A new customer has no past, and is not silent.
        assertThat(changes("loyal")).containsExactly("new ENTERED 2025-11-01T10:01:03Z EVENT since null {orders=2}");
        settle(TEN.plus(MINUTE).plusSeconds(10));
        assertThat(changes("loyal"))
                .containsExactly("ann ENTERED 2025-11-01T10:01:10Z DEFINITION since 2025-11-01T10:01:01Z {orders=2}"
                        + " backfilled");
    }

    @Test
    void memoryOfTheConditionsComesFromThePast() throws Exception {
        String watched = """
                segment: interested
                when: product_viewed.within('10m').count() >= 2
                until: purchase.count() > 0
                """;
        define(TEN, QUIET);
        event("ann", TEN, "product_viewed", "product_id", "p1");
        event("ann", TEN.plusSeconds(1), "product_viewed", "product_id", "p2");
        event("bob", TEN.plusSeconds(1), "product_viewed", "product_id", "p2");
        // An hour later no view is in the window any more, and ann is still interested.
        define(TEN.plus(Duration.ofHours(1)), QUIET, watched);
        settle(TEN.plus(Duration.ofHours(1)));
        assertThat(changes("interested"))
                .containsExactly(
                        "ann ENTERED 2025-11-01T11:00:00Z DEFINITION since 2025-11-01T10:00:01Z {} backfilled");
    }

    @Test
    void whoStaysInAChangedSegmentGetsNothing() throws Exception {
        define(TEN, QUIET, LOYAL);
        order("ann", TEN);
        order("ann", TEN.plusSeconds(1));
        order("bob", TEN.plusSeconds(2));
        order("bob", TEN.plusSeconds(3));
        event("bob", TEN.plusSeconds(4), "product_viewed", "product_id", "p1");
        assertThat(changes("loyal")).hasSize(2);
        define(TEN.plus(MINUTE), QUIET, LOYAL.replace(">= 2", ">= 2 && product_viewed.count() == 0"));
        settle(TEN.plus(MINUTE));
        assertThat(changes("loyal"))
                .containsExactly("bob EXITED 2025-11-01T10:01:00Z DEFINITION since 2025-11-01T10:00:03Z {} backfilled");
        event("ann", TEN.plus(MINUTE).plusSeconds(5), "product_viewed", "product_id", "p1");
        assertThat(changes("loyal"))
                .containsExactly("ann EXITED 2025-11-01T10:01:05Z EVENT since 2025-11-01T10:00:01Z {}");
    }

    @Test
    void sinceNowDeclinesThePast() throws Exception {
        define(TEN, QUIET);
        order("ann", TEN);
        order("ann", TEN.plusSeconds(1));
        define(TEN.plus(MINUTE), QUIET, LOYAL + "since: now\n");
        settle(TEN.plus(MINUTE));
        assertThat(changes("loyal")).isEmpty();
        order("ann", TEN.plus(MINUTE).plusSeconds(1));
        order("ann", TEN.plus(MINUTE).plusSeconds(2));
        assertThat(changes("loyal")).containsExactly("ann ENTERED 2025-11-01T10:01:02Z EVENT since null {orders=2}");
    }

    @Test
    void restartInTheMiddleOfAFillTellsNothingTwice() throws Exception {
        define(TEN, QUIET);
        for (int number = 0; number < 5; number++) {
            order("c" + number, TEN);
            order("c" + number, TEN.plusSeconds(1));
        }
        define(TEN.plus(MINUTE), QUIET, LOYAL);
        scenario.restart();
        settle(TEN.plus(MINUTE));
        List<String> told = changes("loyal");
        assertThat(told).hasSize(5);
        scenario.restart();
        settle(TEN.plus(MINUTE).plusSeconds(1));
        order("c1", TEN.plus(MINUTE).plusSeconds(2));
        assertThat(changes("loyal")).isEmpty();
    }

    @Test
    void aLogThatFailsIsReadAgainFromItsBeginning() throws Exception {
        define(TEN, QUIET);
        for (int number = 0; number < 5; number++) {
            order("ann", TEN.plusSeconds(number));
        }
        scenario.past.failAt(4);
        define(TEN.plus(MINUTE), QUIET, LOYAL);
        settle(TEN.plus(MINUTE));
        assertThat(changes("loyal")).isEmpty();
        assertThat(scenario.gauge("segue.fill.partitions")).isEqualTo(1);
        scenario.nanos += Duration.ofSeconds(6).toNanos();
        settle(TEN.plus(MINUTE));
        assertThat(changes("loyal"))
                .containsExactly("ann ENTERED 2025-11-01T10:01:00Z DEFINITION since 2025-11-01T10:00:01Z {orders=5}"
                        + " backfilled");
        assertThat(scenario.gauge("segue.fill.partitions")).isZero();
    }

    @Test
    void erasedCustomersStayErased() throws Exception {
        Instant late = TEN.plus(Duration.ofDays(31));
        define(TEN, QUIET);
        order("ann", TEN);
        order("ann", TEN.plusSeconds(1));
        event("ann", TEN.plusSeconds(2), "customer_erased");
        order("ann", TEN.plusSeconds(3)); // Too soon to be another person.
        order("ann", late);
        order("bob", late);
        order("bob", late.plusSeconds(1));
        define(late.plus(MINUTE), QUIET, LOYAL);
        event("bob", late.plus(MINUTE).plusSeconds(1), "customer_erased");
        settle(late.plus(MINUTE).plusSeconds(2));
        assertThat(changes("loyal")).isEmpty();
        order("ann", late.plus(MINUTE).plusSeconds(3));
        assertThat(changes("loyal")).containsExactly("ann ENTERED 2025-12-02T10:01:03Z EVENT since null {orders=2}");
    }

    /** The customer has come back, and an event from before the erasure is delivered late. */
    @Test
    void anErasureIsKnownAfterItsRecordWasDeleted() throws Exception {
        Instant late = TEN.plus(Duration.ofDays(31));
        define(TEN, QUIET);
        order("ann", TEN);
        event("ann", TEN.plusSeconds(2), "customer_erased");
        scenario.past.deleteAll();
        order("ann", TEN.plusSeconds(1));
        order("ann", late);
        define(late.plus(MINUTE), QUIET, LOYAL);
        settle(late.plus(MINUTE));
        assertThat(changes("loyal")).isEmpty();
        order("ann", late.plus(MINUTE).plusSeconds(3));
        assertThat(changes("loyal")).containsExactly("ann ENTERED 2025-12-02T10:01:03Z EVENT since null {orders=2}");
    }

    @Test
    void limitsAndFailuresOfThePastAreCounted() throws Exception {
        define(TEN, QUIET);
        for (int number = 0; number < 260; number++) {
            event("ann", TEN.plusSeconds(number), "product_viewed", "product_id", "p" + number);
        }
        assertThat(scenario.counter("segue.customer.limits", "limit", "groups")).isZero();
        define(
                TEN.plus(Duration.ofHours(1)),
                QUIET,
                "segment: often\nwhen: product_viewed.groupBy(v, v.product_id).exists(g, g.count() >= 2)");
        settle(TEN.plus(Duration.ofHours(1)));
        assertThat(scenario.counter("segue.customer.limits", "limit", "groups")).isEqualTo(4);
    }

    /** The groups of product ids are kept for one definition; a new one needs the prices too. */
    @Test
    void groupsThatReachBehindTheLogKeepWhatTheyHaveAndThatIsCounted() throws Exception {
        String often =
                "segment: often\nwhen: product_viewed.within('30d').groupBy(v, v.product_id).exists(g, g.count() >= 3)";
        String dear =
                "segment: dear\nwhen: product_viewed.within('30d').groupBy(v, v.product_id).exists(g, g.count() >= 2"
                        + " && g.map(v, v.price).sum() > 1.0)";
        define(TEN, QUIET, often);
        event("ann", TEN, "product_viewed", "product_id", "p1", "price", "5.00");
        scenario.past.deleteAll();
        event("ann", TEN.plusSeconds(1), "product_viewed", "product_id", "p1", "price", "5.00");
        define(TEN.plus(MINUTE), QUIET, often, dear);
        settle(TEN.plus(MINUTE));
        assertThat(scenario.counter("segue.customer.limits", "limit", "past")).isEqualTo(1);
        event("ann", TEN.plus(MINUTE).plusSeconds(1), "product_viewed", "product_id", "p1", "price", "5.00");
        assertThat(changes("often")).hasSize(1);
    }

    @Test
    void aSetThatFollowsBeforeTheFillIsDoneIsFilledInstead() throws Exception {
        define(TEN, QUIET);
        order("ann", TEN);
        order("ann", TEN.plusSeconds(1));
        define(TEN.plus(MINUTE), QUIET, LOYAL);
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.replace("purchase.count() >= 2", "purchase.count() >= 1")));
        settle(TEN.plus(MINUTE).plusSeconds(1));
        assertThat(changes("loyal"))
                .containsExactly("ann ENTERED 2025-11-01T10:01:01Z DEFINITION since 2025-11-01T10:00:00Z {orders=2}"
                        + " backfilled");
    }

    @Test
    void deletedPastIsMissingAndSaid() throws Exception {
        define(TEN, QUIET);
        order("ann", TEN);
        scenario.past.deleteAll();
        order("ann", TEN.plusSeconds(1));
        define(TEN.plus(MINUTE), QUIET, LOYAL);
        settle(TEN.plus(MINUTE));
        scenario.restart();
        assertThat(changes("loyal")).isEmpty();
        order("ann", TEN.plus(MINUTE).plusSeconds(1));
        List<Change> told = scenario.readChanges();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).evidence())
                .containsExactly(new Evidence("purchase.count()", 2L, false, false, TEN.plusSeconds(1)));
    }

    /** Both definitions keep the same views; only the new one needs their products. */
    @Test
    void whatOthersKeepOfDeletedEventsStays() throws Exception {
        String many = "segment: many\nwhen: product_viewed.within('30d').count() >= 3";
        String seen = "trait: seen\nvalue: product_viewed.within('30d').map(v, v.product_id).most().value";
        define(TEN, QUIET, many);
        event("ann", TEN, "product_viewed", "product_id", "p1");
        scenario.past.deleteAll();
        event("ann", TEN.plusSeconds(1), "product_viewed", "product_id", "p2");
        define(TEN.plus(MINUTE), QUIET, many, seen);
        settle(TEN.plus(MINUTE));
        assertThat(scenario.readChanges())
                .extracting(change -> change.segment() + " " + change.value())
                .containsExactly("seen p2");
        event("ann", TEN.plus(MINUTE).plusSeconds(1), "product_viewed", "product_id", "p2");
        assertThat(changes("many")).containsExactly("ann ENTERED 2025-11-01T10:01:01Z EVENT since null {}");
    }
}
