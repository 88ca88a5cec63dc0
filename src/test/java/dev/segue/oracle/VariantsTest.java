// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import org.junit.jupiter.api.Test;

/** What engine and oracle must agree on of variants of products, where random histories seldom come. */
class VariantsTest {
    private static final String[] DEFINITIONS = {
        "segment: gone\nwhen: activity.count() > 0 && has(product('a', 'red').sold_out_at)",
        "segment: back\nwhen: activity.count() > 0 && has(product('a', 'red').restocked_at)"
    };

    private static Story known(String... variants) {
        Story story = Story.of(DEFINITIONS).event("2025-11-01T10:00:00Z", "ann", "page_viewed");
        int minute = 0;
        for (String next : variants) {
            String at = "2025-11-01T10:0" + ++minute + ":00Z";
            story.informed(at, "a", Step.Seen.AT_ONCE, 0, "stock=5", "variants=" + next);
        }
        return story;
    }

    @Test
    void variantReturnsByItsOwnStock() {
        known("{red: {stock: 0}}", "{red: {stock: 2}}")
                .expects("ann gone ENTERED 2025-11-01T10:01:00Z", "ann back ENTERED 2025-11-01T10:02:00Z");
    }

    @Test
    void variantWhoseStockWasLeftOutBeginsAnew() {
        known("{red: {stock: 0}}", "{red: {price: 1.0}}", "{red: {stock: 2}}")
                .expects("ann gone ENTERED 2025-11-01T10:01:00Z", "ann gone EXITED 2025-11-01T10:02:00Z");
    }

    @Test
    void variantThatWasLeftOutBeginsAnew() {
        known("{red: {stock: 0}}", "{blue: {stock: 0}}", "{red: {stock: 2}}")
                .expects("ann gone ENTERED 2025-11-01T10:01:00Z", "ann gone EXITED 2025-11-01T10:02:00Z");
    }

    @Test
    void variantThatIsFirstMentionedIsNoReturn() {
        known("{blue: {stock: 0}}", "{blue: {stock: 0}, red: {stock: 2}}").expects();
    }
}
