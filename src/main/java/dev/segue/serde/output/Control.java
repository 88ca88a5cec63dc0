// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

/** A message of the conductor to every partition. */
public sealed interface Control {

    /**
     * Time, as a record.
     *
     * @param at milliseconds since the epoch
     */
    record Tick(long at) implements Control {}

    /** A message of a later version, which this version ignores. */
    record Unknown() implements Control {}
}
