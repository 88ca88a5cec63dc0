// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.event.Session;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.CustomerState.Clock;
import dev.segue.plan.state.CustomerState.History;
import dev.segue.plan.state.LinkedIds;
import dev.segue.plan.state.RecentIds;
import dev.segue.plan.state.Waiting;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes customers' states. Layout: the version, the plan's fingerprint and the deadline at fixed positions, so
 * that a scan can read them alone; then numbers of variable length and times as differences. Memberships and each
 * aggregate are chunks of their own: a chunk is encoded again only after a change, and an aggregate is decoded on first
 * use.
 */
public final class StateCodec {
    private static final int VERSION = 12;
    private static final int HEADER = 1 + Long.BYTES + Long.BYTES;

    private StateCodec() {}

    /**
     * When the customer of a stored state must be visited, in milliseconds since the epoch, or {@link CustomerState#NEVER}.
     *
     * @throws UnknownStateVersion if another version of Segue stored it; all methods that read throw it
     */
    public static long deadline(byte[] stored) {
        return header(stored).getLong(1 + Long.BYTES);
    }

    /** The fingerprint of the plan that wrote a stored state. */
    public static long fingerprint(byte[] stored) {
        return header(stored).getLong(1);
    }

    private static ByteBuffer header(byte[] stored) {
        if (stored.length < HEADER) {
            throw new CorruptState(stored.length + " bytes are too few");
        }
        if (stored[0] != VERSION) {
            throw new UnknownStateVersion(stored[0], VERSION);
        }
        return ByteBuffer.wrap(stored);
    }

    public static byte[] write(CustomerState state) {
        return StateWriter.whole(out -> write(out, state));
    }

    private static void write(StateWriter out, CustomerState state) {
        out.oneByte(VERSION);
        out.fixedLong(state.clock().plan());
        out.fixedLong(state.nextVisit());
        SharedPart.write(out, state);
        long now = state.clock().now();
        writeHistory(out, state.history(), now);
        long[] hashes = state.recentIds().hashes();
        out.unsigned(hashes.length);
        for (long hash : hashes) {
            out.sixBytes(hash);
        }
        out.chunk(state.storedMemberships(StoredMembershipsCodec::write));
        writeLinkedIds(out, state.linkedIds(), now);
        writeWaiting(out, state, now);
        ActivationsCodec.write(out, state.activations(), now);
        SessionCodec.write(out, state.session(), now);
        if (state.session() != null) {
            out.fixedLong(state.deadline());
        }
        WatchCodec.write(out, state);
        writeAggregates(out, state.aggregates());
    }

    /** The id of the largest aggregate of a state, in bytes; 0 if the state has none. */
    public static int largest(CustomerState state) {
        AggregateStates states = state.aggregates();
        int largest = 0;
        int most = -1;
        for (int index = 0; index < states.size(); index++) {
            int bytes = states.stored(index, AggregateCodec::write).length;
            if (bytes > most) {
                most = bytes;
                largest = states.id(index);
            }
        }
        return largest;
    }

    private static void writeAggregates(StateWriter out, AggregateStates states) {
        out.unsigned(states.size());
        for (int index = 0; index < states.size(); index++) {
            out.fixedInt(states.id(index));
            out.chunk(states.stored(index, AggregateCodec::write));
        }
    }

    private static void readAggregates(StateReader in, AggregateStates states) {
        for (int left = in.count(6); left > 0; left--) {
            states.putStored(in.fixedInt(), in.chunk(), AggregateCodec::read);
        }
    }

    /**
     * Decodes the result of {@link #write}. Aggregates are decoded on first use, so damage to their bytes is detected
     * only then.
     *
     * @throws CorruptState if the bytes are damaged
     */
    public static CustomerState read(String customerId, byte[] stored) {
        header(stored);
        return StateReader.whole(stored, in -> read(customerId, in));
    }

    /**
     * The segments of a stored customer. Reads only as far as needed.
     *
     * @throws CorruptState if the bytes are not in the format of {@link #write}
     */
    public static List<String> segments(byte[] stored) {
        header(stored);
        return StateReader.part(stored, StateCodec::readSegments);
    }

    /**
     * Returns whether a stored customer has further ids. Reads only as far as needed.
     *
     * @throws CorruptState if the bytes are not in the format of {@link #write}
     */
    public static boolean hasLinkedIds(byte[] stored) {
        header(stored);
        return StateReader.part(stored, in -> {
            skipToMemberships(in);
            byte[] unused = in.chunk();
            return in.unsigned() > 0;
        });
    }

    /**
     * What of a stored customer depends on data that all customers share. Reads only as far as needed.
     *
     * @throws CorruptState if the bytes are not in the format of {@link #write}
     */
    public static SharedPart shared(byte[] stored) {
        header(stored);
        return StateReader.part(stored, in -> {
            in.oneByte();
            in.fixedLong();
            in.fixedLong();
            return SharedPart.read(in);
        });
    }

    private static void skipToMemberships(StateReader in) {
        in.oneByte();
        in.fixedLong();
        in.fixedLong();
        readHistory(in, SharedPart.read(in).now());
        readHashes(in);
    }

    private static List<String> readSegments(StateReader in) {
        skipToMemberships(in);
        return StoredMembershipsCodec.readSegments(in);
    }

    private static CustomerState read(String customerId, StateReader in) {
        in.oneByte();
        long plan = in.fixedLong();
        long deadline = in.fixedLong();
        SharedPart shared = SharedPart.read(in);
        long now = shared.now();
        History history = readHistory(in, now);
        long[] hashes = readHashes(in);
        byte[] memberships = in.chunk();
        LinkedIds linkedIds = readLinkedIds(in, now);
        List<Waiting> waiting = readWaiting(in, now);
        CustomerState state = new CustomerState(
                customerId,
                new Clock(now, deadline, plan),
                history,
                new RecentIds(hashes),
                linkedIds,
                StoredMembershipsCodec.read(memberships),
                waiting);
        ActivationsCodec.read(in, state.activations(), now);
        state.standings().addAll(shared.standings());
        state.askedProducts().addAll(shared.asked());
        byte[] unused = state.storedMemberships(same -> memberships);
        Session session = SessionCodec.read(in, now);
        if (session != null) {
            state.setSession(session);
            state.setClock(new Clock(now, in.fixedLong(), plan));
        }
        WatchCodec.read(in, state);
        readAggregates(in, state.aggregates());
        return state;
    }

    private static long[] readHashes(StateReader in) {
        long[] hashes = new long[in.count(6)];
        for (int index = 0; index < hashes.length; index++) {
            hashes[index] = in.sixBytes();
        }
        return hashes;
    }

    private static void writeLinkedIds(StateWriter out, LinkedIds linked, long now) {
        out.unsigned(linked.size());
        for (LinkedIds.Link link : linked.all()) {
            out.text(link.id());
            out.signed(now - link.since());
            out.signed(now - link.seenAt());
            boolean moved = link.movedAt() != LinkedIds.NOTHING_MOVED;
            out.unsigned(moved ? 1 : 0);
            out.signed(moved ? now - link.movedAt() : 0);
        }
    }

    private static LinkedIds readLinkedIds(StateReader in, long now) {
        List<LinkedIds.Link> links = new ArrayList<>();
        for (int left = in.count(5); left > 0; left--) {
            String id = in.text();
            long since = now - in.signed();
            long seenAt = now - in.signed();
            boolean moved = in.unsigned() == 1;
            long movedAt = now - in.signed();
            links.add(new LinkedIds.Link(id, since, seenAt, moved ? movedAt : LinkedIds.NOTHING_MOVED));
        }
        return new LinkedIds(links);
    }

    private static void writeWaiting(StateWriter out, CustomerState state, long now) {
        out.unsigned(state.waiting().size());
        for (Waiting waiting : state.waiting()) {
            out.text(waiting.segment());
            out.unsigned((waiting.holdsSince() == Waiting.UNSET ? 0 : 1) + (waiting.leftAt() == Waiting.UNSET ? 0 : 2));
            out.signed(waiting.holdsSince() == Waiting.UNSET ? 0 : now - waiting.holdsSince());
            out.signed(waiting.leftAt() == Waiting.UNSET ? 0 : now - waiting.leftAt());
        }
    }

    private static List<Waiting> readWaiting(StateReader in, long now) {
        List<Waiting> waiting = new ArrayList<>();
        for (int left = in.count(4); left > 0; left--) {
            String segment = in.text();
            long known = in.unsigned();
            long since = now - in.signed();
            long leftAt = now - in.signed();
            waiting.add(new Waiting(
                    segment, (known & 1) == 0 ? Waiting.UNSET : since, (known & 2) == 0 ? Waiting.UNSET : leftAt));
        }
        return waiting;
    }

    private static void writeHistory(StateWriter out, History history, long now) {
        out.unsigned(history.events());
        out.signed(now - history.firstAt());
        out.signed(now - history.lastAt());
        out.unsigned(history.changes());
    }

    private static History readHistory(StateReader in, long now) {
        return new History(in.unsigned(), now - in.signed(), now - in.signed(), in.unsigned());
    }
}
