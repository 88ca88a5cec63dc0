// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.plan.state.Retention;
import dev.segue.serde.state.StateCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Customers with more events than can be stored individually. */
class LongHistoryTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofDays(7);

    @Test
    void longWindowIsInexactByLessThanOneBucket() {
        Scenario scenario = Scenario.of("""
                segment: told
                when: page_viewed.count() > 0
                carry: {count: "product_viewed.within('7d').count()", sum: "product_viewed.within('7d').map(v, v.price).sum()"}
                update: carry
                """, """
                trait: seen
                when: page_viewed.count() > 0
                value: product_viewed.within('7d').count()
                """);
        long seed = 20251121;
        SplittableRandom random = new SplittableRandom(seed);
        java.util.ArrayList<Instant> times = new java.util.ArrayList<>();
        Instant at = START;
        for (int event = 0; event < 12_000; event++) {
            at = at.plusMillis(random.nextLong(1, 120_000));
            times.add(at);
            scenario.event(at.toString(), "ann", "product_viewed", "price=2");
        }
        scenario.event(at.toString(), "ann", "page_viewed");
        List<Change> changes = scenario.changes();
        Change told = changes.stream()
                .filter(change -> change.segment().equals("told"))
                .findFirst()
                .orElseThrow();
        long exact = within(times, at, WINDOW);
        long longer = within(times, at, WINDOW.plus(WINDOW.dividedBy(64)));
        assertThat((Long) told.carry().get("count")).as("seed %d", seed).isBetween(exact, longer);
        assertThat((Double) told.carry().get("sum")).as("seed %d", seed).isBetween(2.0 * exact, 2.0 * longer);
        Change seen = changes.stream()
                .filter(change -> change.segment().equals("seen"))
                .findFirst()
                .orElseThrow();
        Evidence evidence = seen.evidence().get(1);
        assertThat(evidence.approximate()).isTrue();
        assertThat(exact).as("the window holds more than the cap").isGreaterThan(Retention.CAP);
    }

    private static long within(List<Instant> times, Instant now, Duration window) {
        return times.stream().filter(time -> time.isAfter(now.minus(window))).count();
    }

    @Test
    void stateStopsGrowingAfterTenThousandEvents() {
        Scenario scenario = Scenario.of(
                "segment: a\nwhen: product_viewed.within('30d').map(v, v.price).avg() > 1.5",
                "segment: b\nwhen: product_viewed.within('30d').map(v, v.product_id).distinct().count() >= 100",
                "segment: c\nwhen: product_viewed.before('3d').count() > 3 && product_viewed.count() > 5");
        long early = 0;
        Instant at = START;
        for (int event = 1; event <= 30_000; event++) {
            at = at.plusSeconds(7);
            scenario.event(at.toString(), "ann", "product_viewed", "price=" + event % 5, "product_id=p" + event % 700);
            if (event == 10_000) {
                early = StateCodec.write(scenario.state("ann")).length;
            }
        }
        long late = StateCodec.write(scenario.state("ann")).length;
        assertThat(late).isLessThan(early * 3 / 2).isLessThan(64 * 1024);
    }

    @Test
    void limitsGroups() {
        Scenario scenario =
                Scenario.of("segment: d\nwhen: product_viewed.groupBy(v, v.product_id).exists(g, g.count() > 2)");
        Instant at = START;
        for (int event = 1; event <= 3_000; event++) {
            at = at.plusSeconds(7);
            scenario.event(at.toString(), "ann", "product_viewed", "product_id=p" + event % 1000);
        }
        assertThat(scenario.changes())
                .as("no product three times among what is kept")
                .isEmpty();
        assertThat(StateCodec.write(scenario.state("ann")).length).isLessThan(32 * 1024);
    }

    /** The first condition needs the oldest 600 elements, so merging the others alone does not make enough room. */
    @Test
    void mergesOldestElementsIfNecessary() {
        Scenario scenario = Scenario.of("""
                segment: often
                when: product_viewed.before('7d').count() >= 600 && product_viewed.within('30d').count() >= 700
                """);
        Instant at = START;
        for (int event = 0; event < 3_000; event++) {
            at = at.plusSeconds(7);
            scenario.event(at.toString(), "ann", "product_viewed");
        }
        Instant last = at;
        scenario.timeIs(last.plus(WINDOW).toString());
        List<Change> changes = scenario.changes();
        assertThat(changes)
                .extracting(change -> change.segment() + " " + change.kind())
                .containsExactly("often ENTERED");
        assertThat(changes.get(0).effectiveAt()).isBetween(START.plus(WINDOW), last.plus(WINDOW));
        assertThat(changes.get(0).evidence()).anyMatch(Evidence::approximate);
    }
}
