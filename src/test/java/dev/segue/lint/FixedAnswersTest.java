// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedAnswersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_completed.count() < 0",
                "customer.ids.count() == 0",
                "order_completed.count() == -1",
                "order_completed.count() > 3 && order_completed.count() < 2",
                "order_completed.count() > 2 && order_completed.count() < 3",
                "5 <= order_completed.count() && order_completed.count() <= 4",
                "order_completed.count() > 1 && (order_completed.count() == 0 || order_completed.count() == 1)",
                "order_completed.count() > 1 ? order_completed.count() == 0 : order_completed.count() > 5",
                "order_completed.last(3).count() > 3",
                "order_completed.share(o, o.coupon != '') > 50.0",
                "order_completed.share(o, o.coupon != '') > 1.0",
                "product_viewed.map(v, v.category).distinct().count() < 0",
                "order_completed.count() + product_viewed.count() < 0",
                "profile.favourite == 'a' && profile.favourite == 'b'",
                "profile.favourite in ['a', 'b'] && profile.favourite == 'c'",
                "in_segment('other') && !in_segment('other')",
                "order_completed.map(o, o.total).sum() > 5.0 && order_completed.map(o, o.total).sum() < 5.0",
                "order_completed.count() != order_completed.count()",
                "order_completed.count() in [-1]",
                "order_completed.count() in [1, 2] && order_completed.count() > 2",
                "order_completed.count() > 0 && order_completed.latest().weekday == 0",
                "order_completed.latest().hour > 23",
                "order_completed.map(o, o.hour).avg() > 23.5",
            })
    void warnsIfConditionNeverHolds(String condition) {
        assertThat(Linted.messages(Linted.text("segment: s\nwhen: >-\n  " + condition
                        + "\n---\nsegment: other\nwhen: order_completed.count() > 7\n")))
                .singleElement()
                .asString()
                .startsWith("3:3: warning: this never holds.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_completed.count() >= 0",
                "customer.ids.count() >= 1",
                "order_completed.count() > -1",
                "order_completed.count() > 2 || order_completed.count() < 4",
                "order_completed.share(o, o.coupon != '') <= 1.0",
                "profile.favourite != 'a' || profile.favourite != 'b'",
                "in_segment('other') || !in_segment('other')",
            })
    void warnsIfConditionAlwaysHolds(String condition) {
        assertThat(Linted.messages(Linted.text("segment: s\nwhen: >-\n  " + condition
                        + "\n---\nsegment: other\nwhen: order_completed.count() > 7\n")))
                .singleElement()
                .asString()
                .startsWith("3:3: warning: this always holds, so it has no effect.");
    }

    /** One step beyond the limit, each of these can be true or false. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_completed.count() > 0",
                "order_completed.count() < 1",
                "order_completed.count() in [-1, 7]",
                "order_completed.count() > 0 && order_completed.latest().weekday == 1",
                "product_viewed.exists(v, v.hour in [22, 23] || v.hour in [0])",
                "activity.exists(e, e.type == 'product_viewed' || e.type in ['page_viewed'])",
                "order_completed.count() > 2 && order_completed.count() < 4",
                "order_completed.count() > 3 && product_viewed.count() < 2",
                "order_completed.count() > 3 && order_completed.within('1d').count() < 2",
                "order_completed.last(3).count() >= 3",
                "order_completed.share(o, o.coupon != '') >= 1.0",
                "order_completed.count() > 0 && order_completed.map(o, o.total).sum() < 0.0",
                "profile.age > 18 && profile.age < 20",
                "profile.favourite in ['a', 'b'] && profile.favourite != 'a'",
                "order_completed.count() > 0 && order_completed.map(o, o.total).latest() > 2.0 && order_completed.map(o, o.total).latest() < 2.5",
                "product_viewed.exists(v, v.weekday == 7 && v.hour == 23)",
                "product_viewed.exists(v, v.weekday == 1 || v.hour == 0)",
                "order_completed.count() > 1 && (order_completed.count() == 2 || order_completed.count() == 1)",
            })
    void acceptsConditionThatCanBeTrueOrFalse(String condition) {
        assertThat(Linted.when(condition)).isEmpty();
    }

    @Test
    void namesRange() {
        assertThat(Linted.messages(Linted.when("product_viewed.exists(v, v.weekday == 0)")))
                .containsExactly("3:28: warning: this never holds. A weekday is 1 (Monday) to 7 (Sunday).");
        assertThat(Linted.messages(Linted.when("product_viewed.exists(v, v.hour >= 24)")))
                .containsExactly("3:28: warning: this never holds. An hour is 0 to 23.");
        assertThat(Linted.messages(Linted.when("order_completed.share(o, o.coupon != '') >= 50.0")))
                .singleElement()
                .asString()
                .endsWith("is between 0 and 1: half is 0.5.");
    }

    @Test
    void namesTheRangeOfHoursOnAverage() {
        assertThat(Linted.messages(Linted.when("order_completed.map(o, o.hour).avg() > 23.5")))
                .containsExactly("3:3: warning: this never holds. An hour is 0 to 23.");
        assertThat(Linted.messages(Linted.when("product_viewed.exists(v, v.hour in [24, 25])")))
                .containsExactly("3:28: warning: this never holds. An hour is 0 to 23.");
    }

    @Test
    void saysWhetherPartsContradictOrCoverEveryCaseAndAdvisesTheOtherOperator() {
        assertThat(Linted.messages(Linted.when("product_viewed.exists(v, v.hour >= 22 && v.hour <= 6)")))
                .containsExactly(
                        "3:28: warning: this never holds. Its parts contradict each other. If either is enough,"
                                + " write v.hour >= 22 || v.hour <= 6.");
        assertThat(Linted.messages(Linted.when("profile.favourite != 'a' || profile.favourite != 'b'")))
                .containsExactly("3:3: warning: this always holds, so it has no effect. Its parts cover every case. If"
                        + " both are needed, write profile.favourite != 'a' && profile.favourite != 'b'.");
        assertThat(Linted.messages(
                        Linted.when("order_completed.count() > 1 && (order_completed.count() == 0 || order_completed"
                                + ".count() == 1)")))
                .containsExactly("3:3: warning: this never holds. Its parts contradict each other.");
        assertThat(Linted.messages(Linted.when("order_completed.count() > 2 || order_completed.count() <= 2")))
                .containsExactly("3:3: warning: this always holds, so it has no effect. Its parts cover every case.");
    }

    @Test
    void namesTheRangeOfWeekdaysWhereTheStreamIsGuarded() {
        assertThat(Linted.messages(Linted.when("order_completed.count() > 0 && order_completed.latest().weekday == 0")))
                .containsExactly("3:3: warning: this never holds. Its parts contradict each other. A weekday is 1"
                        + " (Monday) to 7 (Sunday).");
    }

    @Test
    void namesConstantsAmongTheParts() {
        assertThat(Linted.messages(Linted.when("order_completed.count() > 2 && false")))
                .containsExactly("3:34: warning: this constant decides 'order_completed.count() > 2 && false', which is"
                        + " always false.");
        assertThat(Linted.messages(Linted.when("order_completed.count() > 2 || true")))
                .containsExactly("3:34: warning: this constant decides 'order_completed.count() > 2 || true', which is"
                        + " always true.");
        assertThat(Linted.messages(Linted.when("order_completed.count() > 2 && true")))
                .containsExactly("3:34: warning: this constant has no effect. Remove it.");
        assertThat(Linted.messages(Linted.when("order_completed.count() > 2 && 'gold' in ['gold', 'silver']")))
                .containsExactly("3:34: warning: this compares constants, so its result never changes.");
    }

    @Test
    void aComparisonWithAParamIsASwitch() {
        assertThat(Linted.text("segment: s\nparams: {min: 0}\nwhen: order_completed.count() >= params.min\n"))
                .isEmpty();
        assertThat(Linted.text(
                        "segment: s\nparams: {mode: a}\nwhen: params.mode == 'a' && order_completed.count() > 1\n"))
                .isEmpty();
        assertThat(
                        Linted.text(
                                "segment: s\nparams: {on: true}\nwhen: params.on && order_completed.count() > 3 && order_completed.count() < 2\n"))
                .hasSize(1);
    }

    @Test
    void namesEventTypesThatNoActivityHas() {
        assertThat(Linted.messages(Linted.when("activity.filter(e, e.type == 'order_complete').count() > 0")))
                .containsExactly(
                        "3:32: warning: 'order_complete' is not an event type. Did you mean 'order_completed'?");
        assertThat(Linted.messages(Linted.when("activity.exists(e, e.type in ['page_viewed', 'email_delivered'])")))
                .containsExactly(
                        "3:48: warning: 'email_delivered' is not an activity of the customer, so it is never in"
                                + " 'activity'. Read the stream email_delivered.");
    }

    @Test
    void pointsAtConstantPart() {
        assertThat(Linted.messages(Linted.text("""
                segment: s
                when: product_viewed.count() > 2 && order_completed.count() >= 0
                """)))
                .containsExactly("2:37: warning: this always holds, so it has no effect. 'order_completed.count()' is"
                        + " never below 0.");
    }

    @Test
    void warnsOfLiteralCondition() {
        assertThat(Linted.messages(Linted.text("segment: s\nwhen: true\n")))
                .containsExactly("2:7: warning: this is always true: every customer is in the segment.");
        assertThat(Linted.messages(Linted.text("segment: s\nwhen: false\n")))
                .containsExactly("2:7: warning: this is never true: no customer is ever in the segment.");
    }

    /** A param is a switch, which is set intentionally. */
    @Test
    void acceptsParamAsSwitch() {
        assertThat(Linted.text("segment: s\nparams: {on: false}\nwhen: params.on\n"))
                .isEmpty();
        assertThat(Linted.text("segment: s\nparams: {on: false}\nwhen: params.on && product_viewed.count() > 1\n"))
                .isEmpty();
    }

    @Test
    void warnsIfUntilHoldsWheneverWhenDoes() {
        assertThat(Linted.messages(Linted.text("""
                segment: same
                when: order_completed.count()  >  3
                until: order_completed.count() > 3
                """)))
                .singleElement()
                .asString()
                .startsWith("3:8: warning: 'until' equals 'when'");
        assertThat(Linted.messages(Linted.text("""
                segment: wider
                when: order_completed.count() > 3
                until: order_completed.count() > 2
                """)))
                .singleElement()
                .asString()
                .startsWith("3:8: warning: 'until' holds whenever 'when' does");
        assertThat(Linted.text("""
                segment: narrower
                when: order_completed.count() > 3
                until: order_completed.count() > 4
                """)).isEmpty();
        assertThat(Linted.text("segment: for-ever\nwhen: order_completed.count() > 3\nuntil: false\n"))
                .isEmpty();
    }

    @Test
    void warnsOfUnreachableChoice() {
        assertThat(Linted.messages(Linted.text("""
                group: level
                first:
                  light: order_completed.count() >= 1
                  heavy: order_completed.count() >= 5
                  none: true
                """)))
                .singleElement()
                .asString()
                .startsWith("4:10: warning: this choice is never reached");
        assertThat(Linted.text("""
                group: level
                first:
                  heavy: order_completed.count() >= 5
                  light: order_completed.count() >= 1
                  none: order_completed.count() >= 0
                """)).isEmpty();
    }

    @Test
    void acceptsLastChoiceThatAlwaysHolds() {
        assertThat(Linted.messages(Linted.text("""
                group: level
                first:
                  any: true
                  heavy: order_completed.count() >= 5
                """)))
                .containsExactly(
                        "3:8: warning: this always holds, so the choices after it are never reached. Write it last.");
    }

    /** An expression without a value is false, and so is its negation: nothing follows from it. */
    @Test
    void concludesNothingFromExpressionThatMayFail() {
        assertThat(Linted.when("10 / product_viewed.count() > 2 || 10 / product_viewed.count() <= 2"))
                .isEmpty();
        assertThat(Linted.text("""
                group: level
                first:
                  some: 10 / product_viewed.count() > 2
                  few: 10 / product_viewed.count() <= 2
                  none: 10 / product_viewed.count() > 5
                """))
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(warning -> assertThat(warning.line()).isNotEqualTo(4));
    }

    @Test
    void namesUnusedParams() {
        assertThat(Linted.messages(Linted.text("""
                segment: s
                params:
                  window: 7d
                  least: 3
                  label: x
                when: product_viewed.within(params.window).count() > 2
                carry:
                  label: params.label
                """)))
                .containsExactly(
                        "4:3: warning: the param 'least' is never used. Write params.least where 's' should use"
                                + " it, or remove it.");
    }

    @Test
    void summarizesInOneLine() {
        assertThat(Lint.summary(List.of())).isEmpty();
        assertThat(Lint.summary(Linted.when("true")))
                .isEqualTo("1 warning about the definitions; 'segue check' shows it.");
        assertThat(Lint.summary(Linted.text("segment: s\nparams: {a: 1}\nwhen: true\n")))
                .isEqualTo("2 warnings about the definitions; 'segue check' shows them.");
    }
}
