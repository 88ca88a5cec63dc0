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
     */
    public record Forward(ByteBuffer event, long timestamp) implements Content {}

    /** See {@link dev.segue.plan.identity.Transfer.Release}. */
    public record Release(String id, String owner, long at) implements Content {}

    /** See {@link dev.segue.plan.identity.Transfer.Erase}. */
    public record Erase(long at) implements Content {}
}
