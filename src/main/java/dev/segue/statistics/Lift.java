// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

/**
 * The difference of two rates with its 95 % confidence interval: Newcombe's hybrid score interval without continuity
 * correction, method 10 of R. G. Newcombe, "Interval estimation for the difference between independent proportions:
 * comparison of eleven methods", Statistics in Medicine 17 (1998), 873-890,
 * <a href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I">doi</a>.
 *
 * <p>With p = successes / trials of each sample, z = 1.96, and Wilson's score limits of each sample,
 *
 * <pre>
 *   l, u = (2 n p + z² ∓ z √(z² + 4 n p (1 - p))) / (2 (n + z²))
 * </pre>
 *
 * the interval is
 *
 * <pre>
 *   p1 - p2 - √((p1 - l1)² + (u2 - p2)²)   to   p1 - p2 + √((u1 - p1)² + (p2 - l2)²)
 * </pre>
 *
 * @param difference rate of the first sample minus that of the second, from -1 to 1
 * @param low the interval's lower end, at least -1
 * @param high the interval's upper end, at most 1
 */
public record Lift(double difference, double low, double high) {
    /** The 97.5th percentile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** A sample with fewer trials says too little. */
    private static final long LEAST_TRIALS = 100;

    /** Two samples that have fewer successes together say too little. */
    private static final long LEAST_SUCCESSES = 5;

    /**
     * A number of trials and how many of them succeeded.
     *
     * @param trials above 0 where a rate is needed
     */
    public record Sample(long successes, long trials) {
        /** Returns the share of successes; NaN without a trial. */
        public double rate() {
            return trials == 0 ? Double.NaN : (double) successes / trials;
        }

        private double wilson(int sign) {
            double square = Z * Z;
            double p = rate();
            double root = Math.sqrt(square + 4 * trials * p * (1 - p));
            return (2 * trials * p + square + sign * Z * root) / (2 * (trials + square));
        }

        private double below() {
            return rate() - wilson(-1);
        }

        private double above() {
            return wilson(1) - rate();
        }
    }

    /** Returns whether the samples are too small to judge: fewer than 100 trials in one, or fewer than 5 successes in both. */
    public static boolean isTooFew(Sample first, Sample second) {
        return Math.min(first.trials(), second.trials()) < LEAST_TRIALS
                || first.successes() + second.successes() < LEAST_SUCCESSES;
    }

    /** Compares two samples, of which each has a trial at least and not more successes than trials. */
    public static Lift of(Sample first, Sample second) {
        double difference = first.rate() - second.rate();
        return new Lift(
                difference,
                difference - Math.hypot(first.below(), second.above()),
                difference + Math.hypot(first.above(), second.below()));
    }
}
