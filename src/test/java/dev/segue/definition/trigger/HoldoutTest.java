// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldoutTest {
    private static final int CUSTOMERS = 100_000;

    private static double share(Holdout first, String salt, Holdout second, String otherSalt) {
        long held = IntStream.range(0, CUSTOMERS)
                .mapToObj(number -> "customer-" + number)
                .filter(id -> first.holdsOut(salt, id) && second.holdsOut(otherSalt, id))
                .count();
        return 100.0 * held / CUSTOMERS;
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 1000, 3333})
    void holdsOutTheShareThatIsAskedFor(int share) {
        Holdout holdout = new Holdout(share);
        double held = share(holdout, "cart-reminder", holdout, "cart-reminder");
        System.out.printf("holdout: %.3f %% of %d ids for %.2f %%%n", held, CUSTOMERS, share / 100.0);
        assertThat(held).isCloseTo(share / 100.0, within(0.5));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 1000, 3333})
    void triggersHoldOutIndependently(int share) {
        Holdout holdout = new Holdout(share);
        double both = share(holdout, "cart-reminder", holdout, "win-back");
        double expected = share * (double) share / 1_000_000;
        System.out.printf("holdout: %.3f %% of %d ids by both of two, %.3f %% expected%n", both, CUSTOMERS, expected);
        assertThat(both).isCloseTo(expected, within(0.5));
        // Of those held out by one, the other holds out as many as of all.
        assertThat(100 * both / share(holdout, "win-back", holdout, "win-back")).isCloseTo(share / 100.0, within(1.5));
    }

    @Test
    void aSmallerShareIsPartOfALargerOne() {
        double both = share(new Holdout(500), "cart-reminder", new Holdout(1000), "cart-reminder");
        assertThat(both).isEqualTo(share(new Holdout(500), "cart-reminder", new Holdout(500), "cart-reminder"));
    }

    @Test
    void noneHoldsOutNobody() {
        assertThat(share(Holdout.NONE, "cart-reminder", new Holdout(10_000), "cart-reminder"))
                .isZero();
    }

    /** The first eight bytes of the SHA-256 of "t1", 0 and "ann", computed with sha256sum, modulo 10,000. */
    @Test
    void isTheHashThatTheLanguageSays() {
        int place = 2305;
        assertThat(new Holdout(place).holdsOut("t1", "ann")).isFalse();
        assertThat(new Holdout(place + 1).holdsOut("t1", "ann")).isTrue();
    }
}
