// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A superset of the values that an expression can have. */
sealed interface Domain {
    /** The intersection. Both domains are of one kind. */
    Domain and(Domain other);

    boolean isEmpty();

    /**
     * Numbers between two inclusive bounds.
     *
     * @param low null: unbounded
     * @param high null: unbounded
     * @param without excluded numbers
     * @param whole true for whole numbers
     */
    record Numbers(@Nullable BigDecimal low, @Nullable BigDecimal high, Set<BigDecimal> without, boolean whole)
            implements Domain {

        static Numbers between(@Nullable BigDecimal low, @Nullable BigDecimal high, boolean whole) {
            return new Numbers(low, high, Set.of(), whole);
        }

        @Override
        public Domain and(Domain other) {
            Numbers numbers = (Numbers) other;
            Set<BigDecimal> left = new HashSet<>(without);
            left.addAll(numbers.without);
            return new Numbers(higher(low, numbers.low), lower(high, numbers.high), Set.copyOf(left), whole);
        }

        private static @Nullable BigDecimal higher(@Nullable BigDecimal a, @Nullable BigDecimal b) {
            return a == null ? b : b == null ? a : a.max(b);
        }

        private static @Nullable BigDecimal lower(@Nullable BigDecimal a, @Nullable BigDecimal b) {
            return a == null ? b : b == null ? a : a.min(b);
        }

        @Override
        public boolean isEmpty() {
            if (low == null || high == null) {
                return false;
            }
            BigDecimal first = low;
            while (first.compareTo(high) <= 0 && without.contains(first.stripTrailingZeros())) {
                if (!whole) {
                    // Between two different decimals there are always others.
                    return first.compareTo(high) == 0;
                }
                first = first.add(BigDecimal.ONE);
            }
            return first.compareTo(high) > 0;
        }
    }

    /**
     * Texts, or {@code true} and {@code false}.
     *
     * @param among null: any
     * @param without excluded texts
     */
    record Words(@Nullable Set<String> among, Set<String> without) implements Domain {
        static final Words ANY = new Words(null, Set.of());
        static final Words TRUE_OR_FALSE = among(Set.of("true", "false"));

        static Words among(Set<String> texts) {
            return new Words(texts, Set.of());
        }

        static Words without(Set<String> texts) {
            return new Words(null, texts);
        }

        @Override
        public Domain and(Domain other) {
            Words words = (Words) other;
            Set<String> left = new HashSet<>(without);
            left.addAll(words.without);
            if (among == null || words.among == null) {
                return new Words(among == null ? words.among : among, Set.copyOf(left));
            }
            Set<String> both = new HashSet<>(among);
            both.retainAll(words.among);
            return new Words(Set.copyOf(both), Set.copyOf(left));
        }

        @Override
        public boolean isEmpty() {
            return among != null && without.containsAll(among);
        }
    }
}
