// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readings of one stream that share a series, and events after which a definition is not evaluated. */
class SharedSeriesTest {
    private static final String CATEGORY =
            "trait: category\nvalue: product_viewed.within('7d').filter(v, v.category != '').map(v, v.category).most().value";
    private static final String PRODUCT =
            "trait: product\nvalue: product_viewed.within('1d').map(v, v.product_id).most().value";
    private static final String NUMBER = "trait: number\nvalue: product_viewed.within('3d').count()";

    private final CustomerState state = new CustomerState("ann");
    private int events;

    private Effects view(Plan plan, String at, String... fields) {
        Event event = Scenario.read("e" + events++, at, "ann", "product_viewed", fields);
        return plan.apply(state, event, Long.MIN_VALUE, 0);
    }

    private Series series() {
        return (Series) state.aggregates().state(0);
    }

    @Test
    void windowsOfOneStreamShareOneSeries() {
        Plan plan = Scenario.compile(CATEGORY, PRODUCT, NUMBER);
        view(plan, "2025-11-01T10:00:00Z", "product_id=p1", "category=shoes");
        assertThat(state.aggregates().size()).isEqualTo(1);
        assertThat(series().columns()).isEqualTo(2);
    }

    @Test
    void elementWithoutOneValueKeepsTheOthers() {
        Plan plan = Scenario.compile(CATEGORY, PRODUCT, NUMBER);
        view(plan, "2025-11-01T10:00:00Z", "product_id=p1", "category=shoes");
        List<Change> changes =
                view(plan, "2025-11-01T11:00:00Z", "product_id=p2").changes();
        assertThat(changes).extracting(Change::segment).containsExactly("number");
        assertThat(state.membership("category")).extracting("value").isEqualTo("shoes");
    }

    @Test
    void eachWindowEndsAtItsOwnTime() {
        Plan plan = Scenario.compile(CATEGORY, PRODUCT, NUMBER);
        view(plan, "2025-11-01T10:00:00Z", "product_id=p1", "category=shoes");
        long begin = state.clock().now();
        long day = 86_400_000;
        assertThat(plan.advance(state, begin + day - 1, 0).changes()).isEmpty();
        assertThat(plan.advance(state, begin + day, 0).changes())
                .extracting(Change::segment)
                .containsExactly("product");
        assertThat(plan.advance(state, begin + 3 * day - 1, 0).changes()).isEmpty();
        assertThat(plan.advance(state, begin + 3 * day, 0).changes())
                .extracting(Change::segment)
                .containsExactly("number");
        assertThat(plan.advance(state, begin + 7 * day - 1, 0).changes()).isEmpty();
        assertThat(plan.advance(state, begin + 7 * day, 0).changes())
                .extracting(Change::segment)
                .containsExactly("category");
    }

    @Test
    void newDefinitionKeepsValuesOfOthers() {
        view(Scenario.compile(PRODUCT), "2025-11-01T10:00:00Z", "product_id=p1", "category=shoes");
        Plan later = Scenario.compile(CATEGORY, PRODUCT);
        view(later, "2025-11-01T11:00:00Z", "product_id=p2", "category=hats");
        assertThat(state.membership("product")).extracting("value").isEqualTo("p1");
        assertThat(state.membership("category")).extracting("value").isEqualTo("hats");
    }

    @Test
    void onlyPresenceOfTheSameValueIsShared() {
        Plan plan = Scenario.compile(
                PRODUCT,
                "trait: cheap\nvalue: product_viewed.within('1d').filter(v, v.price < 10.0).map(v, v.price).sum()",
                "trait: named\nvalue: product_viewed.within('1d').filter(v, v.category != '').map(v, v.price).sum()");
        view(plan, "2025-11-01T10:00:00Z", "product_id=p1", "category=shoes", "price=5");
        assertThat(state.aggregates().size()).isEqualTo(3);
    }

    @Test
    void repeatedLatestValueIsNotEvaluated() {
        Plan plan = Scenario.compile("trait: latest\nvalue: product_viewed.map(v, v.category).latest()");
        view(plan, "2025-11-01T10:00:00Z", "category=shoes");
        assertThat(view(plan, "2025-11-01T11:00:00Z", "category=shoes").work().evaluations())
                .isZero();
        assertThat(view(plan, "2025-11-01T12:00:00Z", "category=hats").changes())
                .hasSize(1);
    }

    @Test
    void repeatedValueOfWindowIsEvaluatedOnlyIfItHadLeft() {
        Plan plan = Scenario.compile(
                "trait: latest\nwhen: activity.count() > 0\nvalue: product_viewed.within('1d').map(v, v.category).latest()");
        view(plan, "2025-11-01T10:00:00Z", "category=shoes");
        assertThat(view(plan, "2025-11-01T11:00:00Z", "category=shoes").work().evaluations())
                .isZero();
        assertThat(view(plan, "2025-11-02T10:59:59.999Z", "category=shoes").changes())
                .isEmpty();
        assertThat(view(plan, "2025-11-03T10:59:59.999Z", "category=shoes").changes())
                .as("it has left at the same instant")
                .extracting(Change::value)
                .containsExactly("", "shoes");
    }

    @Test
    void repeatedProductIsNotCountedAgain() {
        Plan plan = Scenario.compile(
                "segment: two\nwhen: product_viewed.within('1d').map(v, v.product_id).distinct().count() >= 2");
        view(plan, "2025-11-01T10:00:00Z", "product_id=p1");
        assertThat(view(plan, "2025-11-01T11:00:00Z", "product_id=p1").work().evaluations())
                .isZero();
        assertThat(view(plan, "2025-11-02T10:30:00Z", "product_id=p2").changes())
                .as("the first product was seen again")
                .hasSize(1);
    }

    @Test
    void equalityIsNotEvaluatedOnceTheCountIsAboveIt() {
        Plan plan = Scenario.compile("segment: once\nwhen: product_viewed.within('7d').count() == 1");
        view(plan, "2025-11-01T10:00:00Z");
        assertThat(view(plan, "2025-11-02T10:00:00Z").changes()).hasSize(1);
        assertThat(view(plan, "2025-11-03T10:00:00Z").work().evaluations()).isZero();
        long second = java.time.Instant.parse("2025-11-09T10:00:00Z").toEpochMilli();
        assertThat(plan.advance(state, second - 1, 0).changes()).isEmpty();
        assertThat(plan.advance(state, second, 0).changes()).hasSize(1);
    }
}
