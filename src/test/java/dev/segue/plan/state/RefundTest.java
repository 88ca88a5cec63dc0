// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RefundTest {
    private static final Refund.Returned SHIRT = new Refund.Returned(new Product("shirt", "", ""), 0, null);

    @Test
    void matchesLineOfSameProduct() {
        assertThat(SHIRT.fits(new OrderLine(Map.of("product_id", "shirt"), 1))).isTrue();
    }

    @Test
    void doesNotMatchLineOfOtherProduct() {
        assertThat(SHIRT.fits(new OrderLine(Map.of("product_id", "hat"), 1))).isFalse();
    }

    @Test
    void doesNotMatchLineWithoutProduct() {
        assertThat(SHIRT.fits(new OrderLine(Map.of(), 1))).isFalse();
    }
}
