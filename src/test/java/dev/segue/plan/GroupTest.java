// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Groups of a stream by key. Groups have their own aggregates if possible; a condition on the changeable profile needs
 * the elements themselves. Both kinds run the same stories.
 */
class GroupTest {
    private static final String OF_ELEMENTS = ".filter(e, e.price >= 0.0 || profile.favourite == 'gold')";

    private static Scenario scenario(String narrowing, String asked) {
        return Scenario.of("segment: s\nwhen: product_viewed" + narrowing + ".groupBy(v, v.product_id)" + asked + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void groupExistsAfterItsElementsLeftInnerWindow(String narrowing) {
        scenario(narrowing, ".exists(g, g.within('1d').count() == 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .expect()
                .event("2025-11-02T09:00:00Z", "ann", "product_viewed", "product_id=b")
                .expect()
                .timeIs("2025-11-02T09:59:59.999Z")
                .expect()
                .timeIs("2025-12-01T00:00:00Z")
                .expect("ann s ENTERED 2025-11-02T10:00:00Z")
                .event("2025-12-01T00:00:01Z", "ann", "product_viewed", "product_id=b")
                .expect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void groupDisappearsWithLastVisibleElement(String narrowing) {
        scenario(narrowing + ".within('1d')", ".exists(g, g.count() >= 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T20:00:00Z", "ann", "product_viewed", "product_id=b")
                .timeIs("2025-11-02T19:59:59.999Z")
                .expect()
                .timeIs("2025-11-02T20:00:00Z")
                .expect("ann s EXITED 2025-11-02T20:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void stepsOfStreamNarrowReadingsInside(String narrowing) {
        scenario(narrowing + ".within('1d')", ".exists(g, g.count() >= 2)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .event("2025-11-02T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .expect()
                .event("2025-11-02T11:00:00Z", "ann", "product_viewed", "product_id=b")
                .expect()
                .event("2025-11-03T09:59:59.999Z", "ann", "product_viewed", "product_id=a")
                .expect("ann s ENTERED 2025-11-03T09:59:59.999Z")
                .timeIs("2025-11-03T10:00:00Z")
                .expect("ann s EXITED 2025-11-03T10:00:00Z");
    }

    /** The group itself has not changed in between: its result must not be taken from before the order. */
    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void groupIsEvaluatedAgainWhenStreamOutsideItChanges(String narrowing) {
        scenario(narrowing, ".exists(g, g.after(order_completed).count() > 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expect("ann s EXITED 2025-11-01T11:00:00Z")
                .event("2025-11-01T12:00:00Z", "ann", "product_viewed", "product_id=b")
                .expect("ann s ENTERED 2025-11-01T12:00:00Z")
                .event("2025-11-01T13:00:00Z", "ann", "order_completed")
                .expect("ann s EXITED 2025-11-01T13:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void groupIsEvaluatedAgainWhenOrderOutsideItIsCancelled(String narrowing) {
        scenario(narrowing, ".exists(g, g.after(purchase).count() > 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed", "order_id=o1")
                .expect("ann s EXITED 2025-11-01T11:00:00Z")
                .event("2025-11-01T12:00:00Z", "ann", "order_cancelled", "order_id=o1")
                .expect("ann s ENTERED 2025-11-01T12:00:00Z");
    }

    /** Each group has its own deadline; elements of one group must neither delay nor hide those of the others. */
    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void deadlineIsThatOfTheGroupThatWasQuietLongest(String narrowing) {
        scenario(narrowing, ".exists(g, g.count() >= 2 && g.within('1d').count() == 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .event("2025-11-01T11:00:00Z", "ann", "product_viewed", "product_id=a")
                .event("2025-11-01T12:00:00Z", "ann", "product_viewed", "product_id=b")
                .event("2025-11-01T13:00:00Z", "ann", "product_viewed", "product_id=b")
                .event("2025-11-02T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .event("2025-11-02T12:59:59.999Z", "ann", "product_viewed", "product_id=c")
                .expect()
                .timeIs("2025-11-02T13:00:00Z")
                .expect("ann s ENTERED 2025-11-02T13:00:00Z")
                .event("2025-11-02T14:00:00Z", "ann", "product_viewed", "product_id=b")
                .expect("ann s EXITED 2025-11-02T14:00:00Z")
                .timeIs("2025-11-03T09:59:59.999Z")
                .expect()
                .timeIs("2025-11-03T10:00:00Z")
                .expect("ann s ENTERED 2025-11-03T10:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void groupsAreOrderedByFirstElementHoweverLate(String narrowing) {
        String products = "product_viewed" + narrowing
                + ".groupBy(v, v.product_id).filter(g, g.count() > 0).map(g, g.latest().product_id)";
        Scenario scenario = Scenario.of(
                "segment: s\nwhen: page_viewed.count() % 2 == 1\ncarry: {products: \"" + products + "\"}\n");
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .event("2025-11-01T10:00:01Z", "ann", "product_viewed", "product_id=b")
                .event("2025-11-01T10:00:02Z", "ann", "product_viewed", "product_id=c")
                .event("2025-11-01T10:00:03Z", "ann", "page_viewed");
        assertThat(scenario.changes().get(0).carry()).isEqualTo(Map.of("products", List.of("a", "b", "c")));
        // Late: c before all others, b at the same instant as a, but after it.
        scenario.event("2025-11-01T09:00:00Z", "ann", "product_viewed", "product_id=c")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=b")
                .event("2025-11-01T10:00:04Z", "ann", "page_viewed")
                .event("2025-11-01T10:00:05Z", "ann", "page_viewed");
        assertThat(scenario.changes().get(1).carry()).isEqualTo(Map.of("products", List.of("c", "a", "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void eachGroupHasItsOwnRhythm(String narrowing) {
        scenario(narrowing, ".exists(g, g.count() >= 3 && g.overdue(1.5))")
                .event("2025-11-01T00:00:00Z", "ann", "product_viewed", "product_id=a")
                .event("2025-11-02T00:00:00Z", "ann", "product_viewed", "product_id=b")
                .event("2025-11-03T00:00:00Z", "ann", "product_viewed", "product_id=a")
                .event("2025-11-05T00:00:00Z", "ann", "product_viewed", "product_id=a")
                .timeIs("2025-11-07T23:59:59.999Z")
                .expect()
                .timeIs("2025-11-08T00:00:00Z")
                .expect("ann s ENTERED 2025-11-08T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OF_ELEMENTS})
    void comparesGroupWithPartOfItself(String narrowing) {
        scenario(narrowing, ".exists(g, g.after(g.filter(v, v.price > 5.0)).count() >= 1)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a", "price=9")
                .expect()
                .event("2025-11-01T10:00:01Z", "ann", "product_viewed", "product_id=a", "price=1")
                .expect("ann s ENTERED 2025-11-01T10:00:01Z")
                .event("2025-11-01T10:00:02Z", "ann", "product_viewed", "product_id=a", "price=9")
                .expect("ann s EXITED 2025-11-01T10:00:02Z")
                .event("2025-11-01T10:00:03Z", "ann", "product_viewed", "product_id=b", "price=9")
                .expect();
    }

    @Test
    void groupsSurviveRestartAndNewDefinition() {
        String first = "segment: s\nwhen: product_viewed.groupBy(v, v.product_id).exists(g, g.count() >= 3)\n";
        String second =
                "segment: t\nwhen: product_viewed.groupBy(v, v.product_id).exists(g, g.within('1h').count() >= 2)\n";
        Scenario.of(first)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=a")
                .event("2025-11-01T10:00:01Z", "ann", "product_viewed", "product_id=a")
                .becomes(first, second)
                // Data for the new expression is stored from now on; that of the old one stays.
                .event("2025-11-01T10:00:02Z", "ann", "product_viewed", "product_id=a")
                .expect("ann s ENTERED 2025-11-01T10:00:02Z")
                .event("2025-11-01T10:00:03Z", "ann", "product_viewed", "product_id=a")
                .expect("ann t ENTERED 2025-11-01T10:00:03Z");
    }
}
