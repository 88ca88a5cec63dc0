// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.plan.Scenario;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.output.ChangeJson;
import dev.segue.serde.state.StateCodec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of numbers near the limit of doubles: NaN and infinity never enter or leave a state. */
class HugeNumbersTest {
    private static final String[] DEFINITIONS = {
        "segment: total\nwhen: product_viewed.map(v, v.quantity).sum() > 100.0",
        "segment: recent\nwhen: product_viewed.within('30d').map(v, v.quantity).sum() > 100.0",
        "segment: mean\nwhen: product_viewed.within('30d').map(v, v.quantity).avg() > 100.0",
        "segment: square\nwhen: product_viewed.map(v, v.quantity * v.quantity).sum() > 100.0",
        "trait: sum-of-all\nvalue: product_viewed.map(v, v.quantity).sum()",
        "segment: anybody\nwhen: activity.count() > 0"
    };

    @ParameterizedTest
    @ValueSource(strings = {"1e308", "1.7976931348623157e308", "9.1e12"})
    void clampsTooLargeSumAndMarksItApproximate(String huge) {
        Scenario scenario = Scenario.of(DEFINITIONS);
        for (int day = 1; day <= 3; day++) {
            scenario.event("2025-11-0" + day + "T10:00:00Z", "ann", "product_viewed", "quantity=" + huge);
        }
        List<Change> changes = scenario.changes();
        assertThat(changes).extracting(Change::segment).contains("total", "recent", "mean", "anybody");
        assertThat(changes)
                .filteredOn(change -> change.segment().equals("sum-of-all"))
                .extracting(Change::value)
                .containsOnly(9e12);
        assertThat(changes)
                .filteredOn(change -> change.segment().equals("total"))
                .allMatch(change -> change.evidence().get(0).approximate());
        finite(scenario, changes);
    }

    /**
     * The decoder refuses such numbers; if one passed nevertheless, it would not be added, and other values would be
     * unaffected.
     */
    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void doesNotAddNaN(String strange) {
        Scenario scenario = Scenario.of(DEFINITIONS)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "quantity=7")
                .event("2025-11-01T11:00:00Z", "ann", "product_viewed", "quantity=" + strange)
                .event("2025-11-01T12:00:00Z", "ann", "product_viewed", "quantity=5");
        List<Change> changes = scenario.changes();
        assertThat(changes)
                .filteredOn(change -> change.segment().equals("sum-of-all"))
                .extracting(Change::value)
                .containsExactly(7.0, 12.0);
        assertThat(scenario.failures()).isNotEmpty();
        finite(scenario, changes);
    }

    @Test
    void overflowFailsOnlyItsDefinition() {
        Scenario scenario = Scenario.of(DEFINITIONS)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "quantity=1e200")
                .event("2025-11-01T11:00:00Z", "ann", "product_viewed", "quantity=20");
        List<Change> changes = scenario.changes();
        assertThat(scenario.failures()).containsOnly("square");
        assertThat(changes).extracting(Change::segment).contains("total", "square", "anybody");
        finite(scenario, changes);
    }

    private static void finite(Scenario scenario, List<Change> changes) {
        assertThat(changes).map(ChangeJson::write).noneMatch(line -> line.contains("NaN") || line.contains("Infinity"));
        byte[] stored = StateCodec.write(scenario.state("ann"));
        CustomerState read = StateCodec.read("ann", stored);
        assertThat(StateCodec.write(read)).isEqualTo(stored);
    }
}
