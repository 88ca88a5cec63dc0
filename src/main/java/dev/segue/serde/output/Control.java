// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.ProductFacts;
import dev.segue.plan.population.Cuts;
import java.util.List;

/** A message of the conductor to every partition. */
public sealed interface Control {

    /**
     * Time, as a record.
     *
     * @param at milliseconds since the epoch
     */
    record Tick(long at) implements Control {}

    /**
     * A part of the definitions that are evaluated from the last part on; see {@link LiveSetsCodec}.
     *
     * @param revision of the set that is evaluated
     * @param published when that set was published, in milliseconds since the epoch; 0 in messages of earlier versions, which
     *     are ignored
     * @param step from 0; see {@link dev.segue.definition.LiveSets}
     * @param since the instant of the change, in milliseconds since the epoch
     * @param kept when those earlier sets were published whose aggregates are still kept, in milliseconds since the epoch, the
     *     latest first
     * @param part from 1
     * @param records encoded records of the topic of definitions
     */
    record Activation(
            long revision,
            long published,
            int step,
            long since,
            List<Long> kept,
            int part,
            int parts,
            List<byte[]> records)
            implements Control {
        public Activation {
            kept = List.copyOf(kept);
            records = List.copyOf(records);
        }
    }

    /**
     * Where the percentiles of a population are from an instant on.
     *
     * @param table the new cuts
     */
    record Moved(Cuts table) implements Control {}

    /**
     * What has become known of products.
     *
     * @param facts in ascending order of their instants
     */
    record Known(List<ProductFacts> facts) implements Control {
        public Known {
            facts = List.copyOf(facts);
        }
    }

    /** A message of a later version, which this version ignores. */
    record Unknown() implements Control {}
}
