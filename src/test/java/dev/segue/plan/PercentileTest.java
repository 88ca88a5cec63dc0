// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.story.PlanStage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the plan alone; cuts are published whenever time advances. */
class PercentileTest {
    private static final String TOP_HALF =
            "segment: s\nwhen: order_completed.map(o, o.total).sum().percentile() >= 50.0\npopulation: {minimum: 2}";

    private static Scenario story(boolean stores, String... definitions) {
        return Scenario.on(new PlanStage(Scenario.compile(definitions), stores));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void entersWhenTheCutsArrive(boolean stores) {
        story(stores, TOP_HALF)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=10")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed", "total=20")
                .expect()
                .timeIs("2025-11-01T10:00:02Z")
                .expect("bob s ENTERED 2025-11-01T10:00:02Z");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesWhenOthersOvertake(boolean stores) {
        Scenario story = story(stores, TOP_HALF)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=10")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed", "total=20")
                .timeIs("2025-11-01T10:00:02Z")
                .expect("bob s ENTERED 2025-11-01T10:00:02Z")
                // By the latest cuts, Ann and Bob are both above 10.
                .event("2025-11-01T10:00:03Z", "ann", "order_completed", "total=30")
                .expect("ann s ENTERED 2025-11-01T10:00:03Z")
                .timeIs("2025-11-01T10:00:04Z");
        List<Change> changes = story.changes();
        assertThat(changes).hasSize(1);
        Change left = changes.get(0);
        assertThat(left.customerId()).isEqualTo("bob");
        assertThat(left.kind()).isEqualTo(Change.Kind.EXITED);
        assertThat(left.cause()).isEqualTo(Cause.POPULATION);
        assertThat(left.effectiveAt()).isEqualTo("2025-11-01T10:00:04Z");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void evidenceHasValueRankAndCut(boolean stores) {
        Scenario story = story(stores, TOP_HALF)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=10")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed", "total=20")
                .timeIs("2025-11-01T10:00:02Z");
        List<Evidence> evidence = story.changes().get(0).evidence();
        assertThat(evidence)
                .extracting(Evidence::expression)
                .containsExactly(
                        "order_completed.map(o, o.total).sum()", "order_completed.map(o, o.total).sum().percentile()");
        assertThat(evidence.get(0).value()).isEqualTo(20.0);
        @SuppressWarnings("unchecked") // Evidence of a percentile is a map.
        Map<String, Object> percentile = (Map<String, Object>) evidence.get(1).value();
        assertThat(percentile).contains(entry("percentile", 50.0), entry("customers", 2L));
        // The least value above Ann's bucket.
        assertThat((Double) percentile.get("from_50.0")).isBetween(10.0, 10.0 * 1.005);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void equalValuesShareTheLowerPlace(boolean stores) {
        story(stores, TOP_HALF)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=20")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed", "total=20")
                .event("2025-11-01T10:00:01Z", "cid", "order_completed", "total=20")
                .timeIs("2025-11-01T10:00:02Z")
                .expect();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyHasPercentileBelowTheMinimum(boolean stores) {
        story(stores, "segment: s\nwhen: order_completed.count().percentile() < 50.0\npopulation: {minimum: 3}")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed")
                .timeIs("2025-11-01T10:00:02Z")
                .expect()
                .event("2025-11-01T10:00:03Z", "cid", "order_completed")
                .timeIs("2025-11-01T10:00:04Z")
                .expect(
                        "ann s ENTERED 2025-11-01T10:00:04Z",
                        "bob s ENTERED 2025-11-01T10:00:04Z",
                        "cid s ENTERED 2025-11-01T10:00:04Z")
                .event("2025-11-01T10:00:05Z", "cid", "customer_erased")
                .expect("cid s EXITED 2025-11-01T10:00:05Z")
                .timeIs("2025-11-01T10:00:06Z")
                .expect("ann s EXITED 2025-11-01T10:00:06Z", "bob s EXITED 2025-11-01T10:00:06Z");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void negationHoldsForWhoeverHasNoPercentile(boolean stores) {
        story(
                        stores,
                        "segment: s\nwhen: page_viewed.count() > 0 && !(order_completed.count().percentile() >= 50.0)\n"
                                + "population: {minimum: 1}")
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z");
    }

    /** Whoever left the segment is no longer compared. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void comparesOnlyMembersOfSegment(boolean stores) {
        story(
                        stores,
                        "segment: recent\nwhen: order_completed.within('1d').count() > 0",
                        "segment: s\nwhen: order_completed.map(o, o.total).sum().percentile() >= 50.0\n"
                                + "among: recent\npopulation: {minimum: 1}")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=10")
                .event("2025-11-01T11:00:00Z", "bob", "order_completed", "total=20")
                .expect("ann recent ENTERED 2025-11-01T10:00:00Z", "bob recent ENTERED 2025-11-01T11:00:00Z")
                .timeIs("2025-11-01T12:00:00Z")
                .expect("bob s ENTERED 2025-11-01T12:00:00Z")
                // Bob is alone from now on: nobody has a lower value.
                .timeIs("2025-11-02T10:00:00Z")
                .expect("ann recent EXITED 2025-11-02T10:00:00Z", "bob s EXITED 2025-11-02T10:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void windowTakesTheValueBack(boolean stores) {
        story(
                        stores,
                        "segment: s\nwhen: order_completed.within('1h').count().percentile() >= 50.0\n"
                                + "population: {minimum: 1}")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:30:00Z", "bob", "order_completed")
                .event("2025-11-01T10:31:00Z", "bob", "order_completed")
                .timeIs("2025-11-01T10:32:00Z")
                .expect("bob s ENTERED 2025-11-01T10:32:00Z")
                // By the cuts of 10:32, one order is the lower half.
                .timeIs("2025-11-01T11:30:00Z")
                .expect("bob s EXITED 2025-11-01T11:30:00Z");
    }

    /** A deadline before the cuts, of a customer who is visited only afterwards, is answered under earlier ones. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deadlineBeforeTheCutsIsAnsweredWithout(boolean stores) {
        PlanStage stage = new PlanStage(
                Scenario.compile("segment: s\nwhen: order_completed.within('1h').count() == 0"
                        + " && page_viewed.count().percentile() >= 50.0\npopulation: {minimum: 2}"),
                stores);
        Scenario story = Scenario.on(stage)
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:00:00Z", "bob", "page_viewed")
                .event("2025-11-01T10:00:00Z", "bob", "page_viewed")
                .event("2025-11-01T10:10:00Z", "bob", "order_completed")
                .timeIs("2025-11-01T10:20:00Z")
                .expect();
        stage.publishAt("2025-11-01T11:20:00Z", "ann");
        story.timeIs("2025-11-01T11:20:00.001Z")
                // Not at 11:20: the cuts that make it half of nobody else came later.
                .expect("bob s ENTERED 2025-11-01T11:10:00Z", "bob s EXITED 2025-11-01T11:20:00Z");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void traitMayBeThePercentile(boolean stores) {
        Scenario story = story(
                        stores, "trait: t\nvalue: order_completed.latest().time.percentile()\npopulation: {minimum: 3}")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T11:00:00Z", "bob", "order_completed")
                .event("2025-11-01T12:00:00Z", "cid", "order_completed")
                .timeIs("2025-11-01T12:00:01Z");
        assertThat(story.changes())
                .extracting(change -> change.customerId() + " " + change.value())
                .containsExactly("ann 0.0", "bob 33.3", "cid 66.6");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void editedThresholdAsksAgain(boolean stores) {
        story(stores, TOP_HALF)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=10")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed", "total=20")
                .timeIs("2025-11-01T10:00:02Z")
                .expect("bob s ENTERED 2025-11-01T10:00:02Z")
                .becomes(TOP_HALF.replace("50.0", "50.1"))
                .expect("bob s EXITED 2025-11-01T10:00:02Z");
    }

    /** The past knows no percentiles, so whoever is in stays in by the new condition. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void editedThresholdKeepsWhoeverStaysUntilLess(boolean stores) {
        String segment = TOP_HALF.replace("order_completed.map", "order_completed.within('30d').map")
                + "\nuntil: \"!(order_completed.within('30d').map(o, o.total).sum().percentile() >= 40.0)\"";
        story(stores, segment)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=10")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed", "total=20")
                .timeIs("2025-11-01T10:00:02Z")
                .expect("bob s ENTERED 2025-11-01T10:00:02Z")
                .becomes(segment.replace("50.0", "60.0"))
                .expect()
                .event("2025-11-01T10:00:03Z", "cid", "order_completed", "total=30")
                .expect("cid s ENTERED 2025-11-01T10:00:03Z")
                .timeIs("2025-11-01T10:00:04Z")
                .expect("bob s EXITED 2025-11-01T10:00:04Z");
    }

    /** Another value is another population, which has no cuts before the next count. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void editedValueThrowsNobodyOutBeforeTheFirstCount(boolean stores) {
        story(stores, TOP_HALF)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=10")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed", "total=20")
                .timeIs("2025-11-01T10:00:02Z")
                .expect("bob s ENTERED 2025-11-01T10:00:02Z")
                .becomes(TOP_HALF.replace("sum()", "sum() * 2.0")
                        .replace("when: ", "when: (")
                        .replace("2.0.", "2.0)."))
                .event("2025-11-01T10:00:03Z", "bob", "page_viewed")
                .expect()
                .timeIs("2025-11-01T10:00:04Z")
                .expect()
                .becomes(TOP_HALF.replace("map(o, o.total).sum()", "count()"))
                .event("2025-11-01T10:00:05Z", "bob", "page_viewed")
                .expect()
                .timeIs("2025-11-01T10:00:06Z")
                .expect("bob s EXITED 2025-11-01T10:00:06Z");
    }

    /** Whoever is not counted at all must hear of the first count too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void firstCountTakesOutWhoeverIsNotCounted(boolean stores) {
        story(stores, TOP_HALF)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=10")
                .event("2025-11-01T10:00:01Z", "bob", "order_completed", "total=20")
                .timeIs("2025-11-01T10:00:02Z")
                .expect("bob s ENTERED 2025-11-01T10:00:02Z")
                .becomes(TOP_HALF.replace("order_completed.map(o, o.total).sum()", "page_viewed.count()"))
                .expect()
                .timeIs("2025-11-01T10:00:03Z")
                .expect("bob s EXITED 2025-11-01T10:00:03Z");
    }
}
