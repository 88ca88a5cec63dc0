// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeLineTest {
    private static final ChangeLine LINE = new ChangeLine(100, 18, false);
    private static final Evidence CART = new Evidence("cart.count()", 2L, false, false);
    private static final Evidence QUIET = new Evidence("activity.within('1h').count()", 0L, false, false);

    @Test
    void showsInstantAndEvidenceOfDeadline() {
        assertThat(LINE.write(change(Change.Kind.ENTERED, Cause.DEADLINE, CART, QUIET)))
                .isEqualTo("11:00:00.007 ENTERED ann-0042  cart-abandoned     " + "cart=2 activity.within(1h)=0");
    }

    @Test
    void namesCausingEvent() {
        Cause cause = new Cause(Cause.Kind.EVENT, "e1", "order_completed");
        assertThat(LINE.write(change(Change.Kind.EXITED, cause, CART)))
                .isEqualTo("11:00:00.007 EXITED  ann-0042  cart-abandoned     order_completed: cart=2");
    }

    @Test
    void marksLowerBounds() {
        Evidence bound = new Evidence("order_completed.count()", 4L, true, false);
        assertThat(LINE.write(change(Change.Kind.ENTERED, Cause.DEADLINE, bound)))
                .endsWith("     order_completed>=4");
    }

    @Test
    void shortensExpressionsButNoValues() {
        Evidence none = new Evidence("order_completed.count()", 0L, false, false);
        Evidence seen =
                new Evidence("product_viewed.within('14d').map(v, v.product_id).distinct().count()", 3L, true, false);
        String line = LINE.write(change(Change.Kind.ENTERED, Cause.DEADLINE, none, seen));
        assertThat(line).hasSizeLessThanOrEqualTo(100).endsWith(" order_completed=0 product_vi…uct_id).distinct()>=3");
    }

    @Test
    void keepsLineThatFitsExactly() {
        String full = LINE.write(change(Change.Kind.ENTERED, Cause.DEADLINE, CART, QUIET));
        ChangeLine exact = new ChangeLine(full.length(), 18, false);
        ChangeLine tooNarrow = new ChangeLine(full.length() - 1, 18, false);
        assertThat(exact.write(change(Change.Kind.ENTERED, Cause.DEADLINE, CART, QUIET)))
                .isEqualTo(full);
        assertThat(tooNarrow.write(change(Change.Kind.ENTERED, Cause.DEADLINE, CART, QUIET)))
                .hasSize(full.length() - 1)
                .contains("…");
    }

    @Test
    void coloursOnlyKindAndOnlyIfEnabled() {
        ChangeLine coloured = new ChangeLine(100, 18, true);
        assertThat(coloured.write(change(Change.Kind.ENTERED, Cause.DEADLINE, CART)))
                .contains("\u001b[32mENTERED\u001b[0m");
        assertThat(LINE.write(change(Change.Kind.ENTERED, Cause.DEADLINE, CART)))
                .doesNotContain("\u001b");
    }

    static Change change(Change.Kind kind, Cause cause, Evidence... evidence) {
        Instant at = Instant.parse("2026-03-02T11:00:00.007Z");
        return Change.of("ann-0042", "cart-abandoned", kind, at)
                .changeId("c1")
                .definitionVersion("v1")
                .cause(cause)
                .evidence(List.of(evidence))
                .build();
    }
}
