// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record of the transfers topic, whose key is the id that it is for.
 *
 * @param via the ids that it has been for before, from the first on
 */
public record TransferRecord(List<String> via, Content content) {
    public TransferRecord {
        via = List.copyOf(via);
    }

    /** One kind of message. Times are milliseconds since the epoch. */
    public sealed interface Content {}

    /** See {@link dev.segue.plan.identity.Transfer.Claim}. */
    public record Claim(
            String into, long at, boolean device, @Nullable Long firstAt) implements Content {}

    /**
     * See {@link dev.segue.plan.identity.Transfer.Move}.
     *
     * @param state as stored; read-only
     * @param published when the definitions that wrote it were published
     * @param step of these definitions
     */
    public record Move(long at, ByteBuffer state, long published, int step) implements Content {}

    /**
     * See {@link dev.segue.plan.identity.Transfer.Forward}.
     *
     * @param event the value of the event's record; read-only
     * @param timestamp of the event's record
     * @param after the reading that had ended before the event; null if a reading will still find it
     */
    public record Forward(
            ByteBuffer event, long timestamp, @Nullable Reading after) implements Content {}

    /** See {@link dev.segue.plan.identity.Transfer.Release}. */
    public record Release(String id, String owner, long at) implements Content {}

    /** See {@link dev.segue.plan.identity.Transfer.Erase}. */
    public record Erase(long at) implements Content {}

    /**
     * Retained events under the first id, for definitions that do not know the past.
     *
     * @param part 0 for the first events of the id; they replace what an earlier attempt has sent
     * @param events see the schema; read-only
     */
    public record Past(Reading reading, int part, ByteBuffer events) implements Content {}

    /**
     * A partition has sent the past of all ids that go on as others.
     *
     * @param round 1 after the reading, then one more after each round
     * @param passed whether the past of any id has been sent in this round
     * @param since time of the first event if earlier ones had been deleted; null if none had been
     */
    public record Sent(
            Reading reading,
            int round,
            boolean passed,
            @Nullable Long since) implements Content {}

    /** A partition needs no more of the past for these definitions. */
    public record Done(Reading reading) implements Content {}

    /**
     * A partition reads the retained events for definitions that do not know the past.
     *
     * @param published when these definitions were published
     * @param step of these definitions
     */
    public record Reading(long published, int step, int partition) {
        /** Compares the definitions, in the order in which they take effect. */
        public int compareDefinitions(Reading other) {
            int byTime = Long.compare(published, other.published);
            return byTime == 0 ? Integer.compare(step, other.step) : byTime;
        }
    }
}
