package dev.segue.config;

import java.time.Duration;

/**
 * How much may be done at once, so that many equal deadlines do not hold up live traffic. The rest waits for the next
 * event or the next turn, a few milliseconds later. Instants stay exact all the same.
 *
 * @param customers the most customers looked at in one go, 1 to 1 000 000
 * @param time the longest that one go of all tasks of a thread may take, 1 ms to 1 s
 */
public record DrainBudget(int customers, Duration time) {
    /** @throws IllegalArgumentException naming the value that is wrong */
    public DrainBudget {
        Check.within("processing.drain_customers", customers, 1, 1_000_000);
        Check.within("processing.drain_time", time, Duration.ofMillis(1), Duration.ofSeconds(1));
    }

    public static DrainBudget defaults() {
        return new DrainBudget(1000, Duration.ofMillis(10));
    }
}
