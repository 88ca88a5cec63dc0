// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.yaml.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownCustomerTest {
    private static final Pattern ADVICE = Pattern.compile("Write (.*); if that is intended, write (.*)\\.");

    /** Both suggested corrections give no warning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile.age < 30",
                "profile.age <= 0",
                "profile.favourite == ''",
                "profile.favourite != 'shoes'",
                "!(profile.age >= 30)",
                "profile.age < 30 ? true : false",
                "order_completed.latest().total <= 2.0",
                "order_completed.first().coupon == ''",
                "order_completed.latest().coupon == product_viewed.latest().category",
                "order_completed.latest().time < timestamp('2026-01-01T00:00:00Z')",
                "order_completed.map(o, o.total).min() < 5.0",
                "order_completed.map(o, o.total).max() < 5.0",
                "order_completed.within('30d').map(o, o.total).avg() < 50.0",
                "order_completed.map(o, o.total).median() < 50.0",
                "activity.map(e, e.hour).most().value < 12",
                "order_completed.share(o, o.coupon != '') < 0.5",
                "order_completed.all(o, o.coupon != '')",
                "product_viewed.groupBy(v, v.category).map(g, g.count()).max() < 3",
            })
    void warnsOfConditionTrueForUnknownCustomersAndSuggestsGuard(String condition) {
        List<Problem> warnings = Linted.when(condition);
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .startsWith("warning: every customer without data is in the segment, because '"));
        Matcher advice = ADVICE.matcher(warnings.get(0).message());
        assertThat(advice.find()).isTrue();
        assertThat(Linted.when(advice.group(1))).as(advice.group(1)).isEmpty();
        assertThat(Linted.when(advice.group(2))).as(advice.group(2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile.age > 30",
                "has(profile.age) && profile.age < 30",
                "!has(profile.age)",
                "profile.age > 0 && profile.age < 30",
                "order_completed.count() == 0",
                "activity.within('30d').count() == 0",
                "activity.count() == 0 || profile.age < 30",
                "order_completed.map(o, o.total).sum() < 100.0",
                "order_completed.count() > 0 && order_completed.map(o, o.total).avg() < 50.0",
                "order_completed.exists(o, o.coupon == '')",
                "product_viewed.map(v, v.category).distinct().count() < 3",
                "product_viewed.groupBy(v, v.category).all(g, g.latest().price < 5.0)",
                "order_completed.overdue(1.5)",
            })
    void acceptsIntendedCondition(String condition) {
        assertThat(Linted.when(condition)).isEmpty();
    }

    @Test
    void pointsAtPartThatHoldsByDefault() {
        assertThat(Linted.messages(Linted.text("""
                segment: quiet-and-young
                when: activity.within('30d').count() == 0 && profile.age < 30
                """)))
                .singleElement()
                .asString()
                .startsWith("2:46: warning: ")
                .contains("'profile.age' defaults to 0. Write has(profile.age) && profile.age < 30;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "activity.within('30d').count() > 0 && profile.age < 30",
                "profile.favourite == 'shoes' && profile.age < 30",
                "activity.count() > 0 && (product_viewed.count() > 0 && profile.age < 30)",
                "page_viewed.count() > 2 && product_viewed.latest().price < 5.0",
                "page_viewed.count() > 2 && order_completed.map(o, o.total).avg() < 5.0",
            })
    void aGuardOfAnotherValueIsNone(String condition) {
        assertThat(Linted.when(condition))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .startsWith("warning: customers without this value are in the segment if the other conditions"
                                + " hold, because '"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "activity.count() > 0 && has(profile.age) && profile.age < 30",
                "activity.count() > 0 && (!has(profile.age) || profile.age < 30)",
                "order_completed.count() > 0 && product_viewed.latest().price > 5.0",
                "order_completed.within('30d').count() > 0 && order_completed.latest().total < 5.0",
                "purchase.count() > 0 && order_completed.latest().total < 5.0",
                "page_viewed.count() > 0 && activity.latest().hour < 12",
                "activity.exists(e, e.type == 'product_viewed') && product_viewed.latest().price < 5.0",
            })
    void aGuardOfTheValueIsEnough(String condition) {
        assertThat(Linted.when(condition)).isEmpty();
    }

    @Test
    void theAdviceForAPartStaysRightInsideItsConjunction() {
        assertThat(Linted.messages(Linted.when("activity.count() > 0 && profile.age < 30")))
                .singleElement()
                .asString()
                .startsWith("3:27: ")
                .endsWith("Write has(profile.age) && profile.age < 30; if that is intended, write (!has(profile.age) ||"
                        + " profile.age < 30).");
    }

    @Test
    void anEarlierChoiceMayGuardALaterOne() {
        assertThat(Linted.text("""
                group: ages
                first:
                  unknown: product_viewed.count() > 0 && !has(profile.age)
                  young: product_viewed.count() > 0 && profile.age < 30
                """)).isEmpty();
        assertThat(Linted.messages(Linted.text("""
                group: ages
                first:
                  busy: product_viewed.count() > 9
                  young: product_viewed.count() > 0 && profile.age < 30
                """)))
                .singleElement()
                .asString()
                .startsWith("4:40: ")
                .contains("are in 'young' if the other conditions hold");
    }

    @Test
    void aValueThatOnlyUnknownCustomersHaveIsNotAdvised() {
        assertThat(Linted.messages(Linted.when("order_completed.latest().weekday == 0")))
                .containsExactly("3:3: warning: every customer without data is in the segment, because"
                        + " 'order_completed.latest().weekday' defaults to 0. For others, this never holds. A weekday is"
                        + " 1 (Monday) to 7 (Sunday). If that is intended, write order_completed.count() == 0.");
    }

    /** The result depends on the calendar, so it is evaluated whenever that can change it. */
    @Test
    void findsConditionTrueForFortnightOnly() {
        assertThat(Linted.when("upcoming('2031-03-01', '14d') && profile.age < 30"))
                .hasSize(1);
        assertThat(Linted.when("upcoming('2031-03-01', '14d') && has(profile.age) && profile.age < 30"))
                .isEmpty();
        assertThat(Linted.when("yearly('12-25', '14d') && !(profile.age >= 30)"))
                .hasSize(1);
    }

    @Test
    void acceptsIfUntilExcludesUnknownCustomers() {
        assertThat(Linted.text("""
                segment: young
                when: profile.age < 30
                until: activity.within('30d').count() == 0
                """)).isEmpty();
        assertThat(Linted.text("""
                segment: young
                when: profile.age < 30
                until: profile.age >= 30
                """)).hasSize(1);
    }

    @Test
    void checksEachChoiceOfGroup() {
        assertThat(Linted.messages(Linted.text("""
                group: basket
                first:
                  small: order_completed.map(o, o.total).avg() < 20.0
                  middle: order_completed.map(o, o.total).avg() < 90.0
                  large: true
                """)))
                .satisfiesExactly(
                        small -> assertThat(small).startsWith("3:10: ").contains("is in 'small'"),
                        middle -> assertThat(middle)
                                .startsWith("4:11: ")
                                .contains("once 'small' does not take every customer without data, 'middle' takes them,"
                                        + " because "));
    }

    @Test
    void ignoresChoicesAfterIntendedOne() {
        assertThat(Linted.text("""
                group: basket
                first:
                  none: order_completed.count() == 0
                  small: order_completed.map(o, o.total).avg() < 20.0
                  large: true
                """)).isEmpty();
    }

    @Test
    void suggestsWhenForTrait() {
        assertThat(Linted.messages(Linted.text("""
                trait: basket
                value: order_completed.map(o, o.total).avg()
                """)))
                .singleElement()
                .asString()
                .startsWith("2:8: ")
                .contains("has the value 0.0")
                .endsWith("Write when: order_completed.count() > 0.");
        assertThat(Linted.text("""
                trait: basket
                when: order_completed.count() > 0
                value: order_completed.map(o, o.total).avg()
                """)).isEmpty();
    }

    @Test
    void acceptsTraitWithoutValueForUnknownCustomers() {
        assertThat(Linted.text("trait: liked\nvalue: profile.favourite\n")).isEmpty();
        assertThat(Linted.text("trait: orders\nvalue: order_completed.count()\n"))
                .isEmpty();
    }

    /** A definition that refers to a segment with a warning is correct as soon as that segment is. */
    @Test
    void warnsOnlyOfDefinitionWithDefault() {
        assertThat(Linted.messages(Linted.text("""
                segment: asks
                when: in_segment('young') && order_completed.count() == 0
                ---
                segment: young
                when: profile.age < 30
                """))).singleElement().asString().startsWith("5:7: ");
    }

    /** A segment that unknown customers are in by default makes another condition true, which is also reported. */
    @Test
    void considersMembershipOfUnknownCustomers() {
        assertThat(Linted.text("""
                segment: asks
                when: in_segment('idle') && profile.age < 30
                ---
                segment: idle
                when: activity.count() == 0
                """)).hasSize(1);
    }
}
