// SPDX-License-Identifier: Apache-2.0
package dev.segue.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.SmallShop;
import java.util.List;
import org.junit.jupiter.api.Test;

class WidthRuleTest {
    private static final String TEXT = """
            segment: buyer
            when: order_completed.count() > 0
            ---
            group: level
            first: {high: order_completed.count() > 5, low: order_completed.count() > 0}
            ---
            trait: hour
            value: activity.latest().hour
            """;

    @Test
    void judgesSegmentsChoicesAndTraits() throws Exception {
        assertThat(rule(100, 0.9).segments()).containsExactly("buyer", "high", "hour", "low");
    }

    @Test
    void reportsNothingBeforeEnoughCustomers() throws Exception {
        WidthRule rule = rule(100, 0.9);
        assertThat(rule.judge("buyer", 99, 0, false)).isEmpty();
        assertThat(rule.judge("buyer", 100, 0, false)).contains(new SegmentWidth("buyer", 100, 0));
        assertThat(rule.judge("buyer", 99, 99, true)).isEmpty();
        assertThat(rule.judge("buyer", 100, 100, true)).contains(new SegmentWidth("buyer", 100, 100));
    }

    @Test
    void isTooWideExactlyAtShare() throws Exception {
        WidthRule rule = rule(100, 0.9);
        assertThat(rule.judge("high", 1000, 899, true)).isEmpty();
        assertThat(rule.judge("high", 1000, 900, true)).isPresent();
    }

    @Test
    void segmentThatAllLeftIsNotTooNarrow() throws Exception {
        assertThat(rule(100, 0.9).judge("buyer", 1000, 0, true)).isEmpty();
        assertThat(rule(100, 0.9).judge("buyer", 1000, 1, false)).isEmpty();
    }

    @Test
    void traitIsNeverTooWideButMayBeTooNarrow() throws Exception {
        assertThat(rule(100, 0.9).judge("hour", 1000, 1000, true)).isEmpty();
        assertThat(rule(100, 0.9).judge("hour", 1000, 0, false)).isPresent();
    }

    @Test
    void neverReportsNothing() throws Exception {
        WidthRule rule = new WidthRule(WidthSettings.never(), definitions());
        assertThat(rule.judge("buyer", 1_000_000, 0, false)).isEmpty();
        assertThat(rule.judge("buyer", 1_000_000, 1_000_000, true)).isEmpty();
    }

    private static WidthRule rule(int afterCustomers, double nearlyEverybody) throws Exception {
        return new WidthRule(new WidthSettings(afterCustomers, nearlyEverybody), definitions());
    }

    private static List<Definition> definitions() throws Exception {
        return new DefinitionReader(SmallShop.VOCABULARY).read(List.of(new DefinitionText("widths.yaml", TEXT)));
    }
}
