package dev.segue.serde;

import dev.segue.plan.AggregateState;
import dev.segue.plan.AggregateStates;
import dev.segue.plan.CartLog;
import dev.segue.plan.CustomerState;
import dev.segue.plan.CustomerState.Clock;
import dev.segue.plan.CustomerState.History;
import dev.segue.plan.Keyed;
import dev.segue.plan.Ledger;
import dev.segue.plan.Membership;
import dev.segue.plan.Millionths;
import dev.segue.plan.ProfileState;
import dev.segue.plan.RecentIds;
import dev.segue.plan.Series;
import dev.segue.plan.Total;
import dev.segue.plan.Waiting;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Customers' states as bytes. Version 2: the version, the plan's fingerprint and the deadline at fixed places, so that a
 * scan need not read more; then numbers of variable length, times as differences, each text once; orders in a chunk of their
 * own, because they change seldom.
 */
public final class StateCodec {
    private static final int VERSION = 2;
    private static final int HEADER = 1 + Long.BYTES + Long.BYTES;
    private static final int TOTAL = 0;
    private static final int TIMES = 1;
    private static final int VALUES = 2;
    private static final int CART = 3;
    private static final int PROFILE = 4;
    private static final int LEDGER = 5;
    private static final int GROUPS = 6;

    private StateCodec() {}

    /**
     * The deadline of a stored state, in milliseconds since the epoch, or {@link CustomerState#NEVER}.
     *
     * @throws UnknownStateVersion where another version of Segue stored it; so do all methods that read
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
        StateWriter out = new StateWriter();
        out.oneByte(VERSION);
        out.fixedLong(state.clock().plan());
        out.fixedLong(state.deadline());
        long now = state.clock().now();
        out.signed(now);
        writeHistory(out, state.history(), now);
        long[] hashes = state.recentIds().hashes();
        out.unsigned(hashes.length);
        for (long hash : hashes) {
            out.sixBytes(hash);
        }
        out.unsigned(state.memberships().size());
        for (Membership membership : state.memberships()) {
            out.text(membership.segment());
            out.text(membership.version());
            out.signed(now - membership.enteredAt());
            out.fixedOrNothing(membership.carryHash());
            out.value(membership.group());
            out.value(membership.value());
        }
        writeWaiting(out, state, now);
        writeAggregates(out, state.aggregates(), now);
        return out.toByteArray();
    }

    /** The id of the aggregate that takes the most bytes of a state; 0 where there is none. */
    public static int largest(CustomerState state) {
        AggregateStates states = state.aggregates();
        int largest = 0;
        int most = -1;
        for (int index = 0; index < states.size(); index++) {
            StateWriter out = new StateWriter();
            writeAggregate(out, states.state(index), state.clock().now());
            if (out.size() > most) {
                most = out.size();
                largest = states.id(index);
            }
        }
        return largest;
    }

    private static void writeAggregates(StateWriter out, AggregateStates states, long now) {
        out.unsigned(states.size());
        for (int index = 0; index < states.size(); index++) {
            out.fixedInt(states.id(index));
            writeAggregate(out, states.state(index), now);
        }
    }

    private static void readAggregates(StateReader in, AggregateStates states, long now) {
        for (int left = in.count(5); left > 0; left--) {
            states.put(in.fixedInt(), readAggregate(in, now));
        }
    }

    /** @throws CorruptState when the bytes are not what {@link #write} gives */
    public static CustomerState read(String customerId, byte[] stored) {
        return read(stored, in -> read(customerId, in));
    }

    /**
     * The segments that a stored customer is in. Reads no further than that.
     *
     * @throws CorruptState when the bytes are not what {@link #write} gives
     */
    public static List<String> segments(byte[] stored) {
        return read(stored, StateCodec::readSegments);
    }

    private static List<String> readSegments(StateReader in) {
        in.oneByte();
        in.fixedLong();
        in.fixedLong();
        long now = in.signed();
        readHistory(in, now);
        readHashes(in);
        return readMemberships(in, now).stream().map(Membership::segment).toList();
    }

    private static <T> T read(byte[] stored, Function<StateReader, T> what) {
        header(stored);
        StateReader in = new StateReader(stored);
        try {
            return what.apply(in);
        } catch (BufferUnderflowException truncated) {
            throw new CorruptState("it ends in the middle", truncated);
        } catch (IllegalArgumentException | ArithmeticException | ClassCastException impossible) {
            throw new CorruptState(String.valueOf(impossible.getMessage()), impossible);
        }
    }

    private static CustomerState read(String customerId, StateReader in) {
        in.oneByte();
        long plan = in.fixedLong();
        long deadline = in.fixedLong();
        long now = in.signed();
        History history = readHistory(in, now);
        long[] hashes = readHashes(in);
        List<Membership> memberships = readMemberships(in, now);
        List<Waiting> waiting = readWaiting(in, now);
        CustomerState state = new CustomerState(
                customerId, new Clock(now, deadline, plan), history, new RecentIds(hashes), memberships, waiting);
        readAggregates(in, state.aggregates(), now);
        if (!in.atEnd()) {
            throw new CorruptState("there is more than one state");
        }
        return state;
    }

    private static long[] readHashes(StateReader in) {
        long[] hashes = new long[in.count(6)];
        for (int index = 0; index < hashes.length; index++) {
            hashes[index] = in.sixBytes();
        }
        return hashes;
    }

    private static List<Membership> readMemberships(StateReader in, long now) {
        List<Membership> memberships = new ArrayList<>();
        for (int left = in.count(4); left > 0; left--) {
            memberships.add(new Membership(
                    in.text(), in.text(), now - in.signed(), in.fixedOrNothing(), (String) in.value(), in.value()));
        }
        return memberships;
    }

    private static void writeWaiting(StateWriter out, CustomerState state, long now) {
        out.unsigned(state.waiting().size());
        for (Waiting waiting : state.waiting()) {
            out.text(waiting.segment());
            out.unsigned((waiting.holdsSince() == Waiting.NEVER ? 0 : 1) + (waiting.leftAt() == Waiting.NEVER ? 0 : 2));
            out.signed(waiting.holdsSince() == Waiting.NEVER ? 0 : now - waiting.holdsSince());
            out.signed(waiting.leftAt() == Waiting.NEVER ? 0 : now - waiting.leftAt());
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
                    segment, (known & 1) == 0 ? Waiting.NEVER : since, (known & 2) == 0 ? Waiting.NEVER : leftAt));
        }
        return waiting;
    }

    private static void writeHistory(StateWriter out, History history, long now) {
        out.unsigned(history.events());
        out.signed(now - history.firstAt());
        out.signed(now - history.lastAt());
        out.unsigned(history.orders());
        writeSum(out, history.spent());
        out.unsigned(history.changes());
    }

    private static History readHistory(StateReader in, long now) {
        return new History(
                in.unsigned(), now - in.signed(), now - in.signed(), in.unsigned(), readSum(in), in.unsigned());
    }

    private static void writeSum(StateWriter out, Millionths sum) {
        // Money has at most four decimals: most sums are whole hundreds of millionths.
        boolean short4 = !sum.approximate() && sum.units() % 100 == 0;
        out.oneByte(short4 ? 0 : sum.approximate() ? 2 : 1);
        out.signed(short4 ? sum.units() / 100 : sum.units());
    }

    private static Millionths readSum(StateReader in) {
        int form = in.oneByte();
        long number = in.signed();
        return new Millionths(form == 0 ? Math.multiplyExact(number, 100L) : number, form == 2);
    }

    private static void writeAggregate(StateWriter out, AggregateState state, long now) {
        if (state instanceof Total total) {
            out.oneByte(TOTAL);
            out.unsigned(total.count());
            writeSum(out, total.sum());
        } else if (state instanceof Series series) {
            writeSeries(out, series, now);
        } else if (state instanceof Keyed keyed) {
            writeGroups(out, keyed, now);
        } else if (state instanceof CartLog cart) {
            writeCart(out, cart, now);
        } else if (state instanceof ProfileState profile) {
            out.oneByte(PROFILE);
            LedgerCodec.write(out, profile, now);
        } else {
            out.oneByte(LEDGER);
            out.chunk(LedgerCodec.write((Ledger) state));
        }
    }

    private static AggregateState readAggregate(StateReader in, long now) {
        int kind = in.oneByte();
        return switch (kind) {
            case TOTAL -> new Total(in.unsigned(), readSum(in));
            case TIMES, VALUES -> readSeries(in, kind == VALUES, now);
            case CART -> readCart(in, now);
            case PROFILE -> LedgerCodec.readProfile(in, now);
            case GROUPS -> readGroups(in, now);
            case LEDGER -> LedgerCodec.readLedger(in.chunk());
            default -> throw new CorruptState("an aggregate of unknown kind " + kind);
        };
    }

    /** Latest first, each time as the distance to the one after it. */
    private static void writeSeries(StateWriter out, Series series, long now) {
        boolean values = false;
        for (int index = 0; index < series.size(); index++) {
            values |= series.value(index) != null;
        }
        out.oneByte(values ? VALUES : TIMES);
        out.unsigned(series.size() * 2L + (series.clipped() ? 1 : 0));
        long later = now;
        for (int index = series.size() - 1; index >= 0; index--) {
            out.signed(later - series.time(index));
            later = series.time(index);
            if (values) {
                out.value(series.value(index));
            }
        }
    }

    private static Series readSeries(StateReader in, boolean withValues, long now) {
        long coded = in.unsigned();
        int size = in.checked(coded >>> 1);
        long[] times = new long[Math.max(2, size)];
        @Nullable Object[] values = new Object[times.length];
        long later = now;
        for (int index = size - 1; index >= 0; index--) {
            later -= in.signed();
            times[index] = later;
            values[index] = withValues ? in.value() : null;
        }
        return new Series(times, values, size, (coded & 1) == 1);
    }

    private static void writeGroups(StateWriter out, Keyed keyed, long now) {
        out.oneByte(GROUPS);
        out.unsigned(keyed.groups().size() * 2L + (keyed.clipped() ? 1 : 0));
        for (Keyed.Group group : keyed.groups()) {
            out.value(group.key());
            out.signed(now - group.lastAt());
            out.signed(group.lastAt() - group.firstAt());
            writeAggregates(out, group.aggregates(), now);
        }
    }

    private static Keyed readGroups(StateReader in, long now) {
        long coded = in.unsigned();
        List<Keyed.Group> groups = new ArrayList<>();
        for (int left = in.checked(coded >>> 1); left > 0; left--) {
            Object key = Objects.requireNonNull(in.value());
            long lastAt = now - in.signed();
            Keyed.Group group = new Keyed.Group(key, lastAt - in.signed(), lastAt, new AggregateStates());
            readAggregates(in, group.aggregates(), now);
            groups.add(group);
        }
        return new Keyed(groups, (coded & 1) == 1);
    }

    private static void writeCart(StateWriter out, CartLog log, long now) {
        out.oneByte(CART);
        out.unsigned(log.details().size());
        log.details().forEach(out::text);
        out.unsigned(log.steps().size());
        long later = now;
        for (CartLog.Step step : log.steps()) {
            out.signed(later - step.time());
            later = step.time();
            out.text(step.productId());
            out.value(step.quantity());
            if (!step.productId().isEmpty()) {
                step.details().forEach(out::value);
            }
        }
    }

    private static CartLog readCart(StateReader in, long now) {
        List<String> details = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            details.add(in.text());
        }
        List<CartLog.Step> steps = new ArrayList<>();
        long later = now;
        for (int left = in.count(3); left > 0; left--) {
            later -= in.signed();
            String product = in.text();
            double quantity = in.value() instanceof Double number ? number : 0;
            List<@Nullable Object> values = new ArrayList<>();
            for (int index = 0; index < details.size() && !product.isEmpty(); index++) {
                values.add(in.value());
            }
            steps.add(new CartLog.Step(later, product, quantity, values));
        }
        return new CartLog(details, steps);
    }
}
