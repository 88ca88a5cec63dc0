// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

/**
 * The changes that replacing the old set by the new one at the end would publish.
 *
 * @param enters customers who are members under the new set only
 * @param exits customers who are members under the old set only
 * @param updates members under both sets, with another value of the trait
 * @param stays members under both sets, including those with another value
 */
public record Activation(long enters, long exits, long updates, long stays) {
    static final Activation NONE = new Activation(0, 0, 0, 0);

    Activation and(Activation other) {
        return new Activation(enters + other.enters, exits + other.exits, updates + other.updates, stays + other.stays);
    }
}
