// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentileUsesTest {
    private static final String WHEN = "segment: s\nwhen: order_completed.count().percentile() >= 90.0\nuntil: >-\n  ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_completed.count().percentile() >= 0.9",
                "product_viewed.count() > 3 && 0.9 < order_completed.count().percentile()"
            })
    void warnsOfShares(String condition) {
        assertThat(Linted.messages(Linted.when(condition)))
                .singleElement()
                .asString()
                .endsWith(
                        "warning: a percentile is from 0.0 to 100.0, so 0.9 is less than one percent of the customers."
                                + " Write 90.0 if that is what you mean.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_completed.count().percentile() < 80.0",
                "80.0 > order_completed.count().percentile() || product_viewed.count() > 9"
            })
    void warnsOfMembersWhoStay(String until) {
        assertThat(Linted.messages(Linted.text(WHEN + until + "\n")))
                .singleElement()
                .asString()
                .startsWith("4:3: warning: this is false for whoever has no percentile any more")
                .endsWith("Write !(order_completed.count().percentile() >= 80.0).");
    }

    @Test
    void sparesWhatIsMeant() {
        assertThat(Linted.messages(
                        Linted.text(WHEN + "\"!(order_completed.count().percentile() >= 80.0)\"\n".replace("\"", ""))))
                .isEmpty();
        assertThat(Linted.messages(Linted.when("order_completed.count().percentile() < 1.0")))
                .isEmpty();
    }
}
