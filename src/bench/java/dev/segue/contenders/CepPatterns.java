// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.time.Duration;
import java.util.List;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * The five segments as patterns. Each pattern tells when somebody may enter or leave one segment;
 * {@link CepMemberships} drops what changes nothing.
 *
 * <p>What no pattern says, and is wrong here: orders that are refunded or cancelled (who has fewer orders than counted);
 * an entry that waits for the later of two instants, other than the later of two events (dormant-customer 180 days after
 * the last order, with visits since; browse-abandoned once an order of last week is a week old); a cart of several lines
 * whose newest line is taken out.
 */
final class CepPatterns {
    static final Duration CART_QUIET = Duration.ofHours(1);
    static final Duration CART_GIVES_UP = Duration.ofDays(7);
    static final Duration VIEWED = Duration.ofDays(14);
    static final Duration LOYAL_PERIOD = Duration.ofDays(365);
    static final Duration LATELY = Duration.ofDays(90);
    static final Duration NO_ORDER = Duration.ofDays(180);
    static final Duration NO_VISIT = Duration.ofDays(30);
    static final Duration BROWSE_QUIET = Duration.ofMinutes(30);
    static final Duration LOOKED = Duration.ofDays(1);
    static final Duration BROWSE_NO_ORDER = Duration.ofDays(7);

    /** The event that a pattern begins with, under this name. */
    static final String FIRST = "first";

    /** The event that completes it. */
    static final String LAST = "last";

    private static final int ORDERS = 4;

    private CepPatterns() {}

    /** The last such act for so long. */
    static Pattern<CepAct, ?> none(SimpleCondition<CepAct> begins, SimpleCondition<CepAct> ends, Duration quiet) {
        return Pattern.<CepAct>begin(FIRST)
                .where(begins)
                .notFollowedBy("more")
                .where(ends)
                .within(quiet);
    }

    /** Three products. */
    static Pattern<CepAct, ?> prospect() {
        return Pattern.<CepAct>begin(FIRST)
                .where(new AnotherProduct(List.of()))
                .followedBy("second")
                .where(new AnotherProduct(List.of(FIRST)))
                .followedBy(LAST)
                .where(new AnotherProduct(List.of(FIRST, "second")))
                .within(VIEWED);
    }

    /** After a view three products, whichever the view was of. Where it times out, there are fewer than three. */
    static Pattern<CepAct, ?> stillProspect() {
        return Pattern.<CepAct>begin(FIRST)
                .where(new AnotherProduct(List.of()))
                .followedBy("second")
                .where(new AnotherProduct(List.of()))
                .followedBy("third")
                .where(new AnotherProduct(List.of("second")))
                .followedBy(LAST)
                .where(new AnotherProduct(List.of("second", "third")))
                .within(VIEWED);
    }

    static Pattern<CepAct, ?> loyal() {
        return afterAnOrder(ORDERS - 2);
    }

    /** After an order four more. Where it times out, there are fewer than four. */
    static Pattern<CepAct, ?> stillLoyal() {
        return afterAnOrder(ORDERS - 1);
    }

    private static Pattern<CepAct, ?> afterAnOrder(int between) {
        return Pattern.<CepAct>begin(FIRST)
                .followedBy("between")
                .times(between)
                .followedBy(LAST)
                .within(LOYAL_PERIOD);
    }

    /** A view of a product that is none of those before. */
    private static final class AnotherProduct extends IterativeCondition<CepAct> {
        private static final long serialVersionUID = 1L;

        private final List<String> before;

        private AnotherProduct(List<String> before) {
            this.before = before;
        }

        @Override
        public boolean filter(CepAct act, Context<CepAct> context) throws Exception {
            if (!act.isProspectsView()) {
                return false;
            }
            for (String name : before) {
                for (CepAct other : context.getEventsForPattern(name)) {
                    if (other.product.equals(act.product)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }
}
