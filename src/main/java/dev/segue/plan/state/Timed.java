// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * One stored element of a stream.
 *
 * @param time milliseconds since the epoch
 * @param value the value for lambdas: a map of its fields by name
 * @param place its index in the {@link Succession} that contains its stream; -1 if there is none
 */
public record Timed(long time, Object value, int place) {
    public Timed(long time, Object value) {
        this(time, value, -1);
    }
}
