// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

/**
 * How much one call of the plan had to do for one customer.
 *
 * @param wakeUps instants on the way at which a deadline was due
 * @param evaluations definitions evaluated, over all instants
 */
public record Work(int wakeUps, int evaluations) {
    public static final Work NONE = new Work(0, 0);

    Work and(Work next) {
        return new Work(wakeUps + next.wakeUps, evaluations + next.evaluations);
    }
}
