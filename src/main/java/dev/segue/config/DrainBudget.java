// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;

/**
 * Budget for due customers per pass, so that many deadlines at one instant do not delay live traffic. The rest waits
 * for the next event or the next pass, a few milliseconds later. The instants of changes stay exact.
 *
 * @param customers the most customers processed in one pass, 1 to 1 000 000
 * @param time the longest time for one pass of all tasks of a thread, 1 ms to 1 s
 */
public record DrainBudget(int customers, Duration time) {
    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public DrainBudget {
        Checks checks = new Checks();
        checks.within("processing.drain_customers", customers, 1, 1_000_000);
        checks.within("processing.drain_time", time, Duration.ofMillis(1), Duration.ofSeconds(1));
        checks.end();
    }

    public static DrainBudget defaults() {
        return new DrainBudget(1000, Duration.ofMillis(10));
    }
}
