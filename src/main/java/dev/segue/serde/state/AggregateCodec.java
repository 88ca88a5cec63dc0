// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CartLog;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Ledger;
import dev.segue.plan.state.Product;
import dev.segue.plan.state.ProfileState;
import dev.segue.plan.state.Series;
import dev.segue.plan.state.Total;
import dev.segue.value.Millionths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes aggregates as bytes that depend on nothing else, so that they stay valid while the rest of a state changes.
 */
public final class AggregateCodec {
    private static final int TOTAL = 0;
    private static final int SERIES = 1;
    private static final int CART = 2;
    private static final int PROFILE = 3;
    private static final int LEDGER = 4;
    private static final int GROUPS = 5;

    private AggregateCodec() {}

    static byte[] write(AggregateState state) {
        return StateWriter.whole(out -> write(out, state, 0));
    }

    /** @throws CorruptState if the bytes are not in the format of {@link #write} */
    static AggregateState read(byte[] stored) {
        return StateReader.whole(stored, in -> read(in, 0));
    }

    /** @param base a known time; most times are near it */
    private static void write(StateWriter out, AggregateState state, long base) {
        if (state instanceof Total total) {
            out.oneByte(TOTAL);
            out.unsigned(total.count());
            writeSum(out, total.sum());
        } else if (state instanceof Series series) {
            out.oneByte(SERIES);
            SeriesCodec.write(out, series, base);
        } else if (state instanceof Keyed keyed) {
            writeGroups(out, keyed);
        } else if (state instanceof CartLog cart) {
            writeCart(out, cart);
        } else if (state instanceof ProfileState profile) {
            out.oneByte(PROFILE);
            ProfileStateCodec.write(out, profile);
        } else {
            out.oneByte(LEDGER);
            LedgerCodec.write(out, (Ledger) state);
        }
    }

    private static AggregateState read(StateReader in, long base) {
        int kind = in.oneByte();
        return switch (kind) {
            case TOTAL -> new Total(in.unsigned(), readSum(in));
            case SERIES -> SeriesCodec.read(in, base);
            case CART -> readCart(in);
            case PROFILE -> ProfileStateCodec.read(in);
            case GROUPS -> readGroups(in);
            case LEDGER -> LedgerCodec.readLedger(in);
            default -> throw new CorruptState("an aggregate of unknown kind " + kind);
        };
    }

    private static void writeGroups(StateWriter out, Keyed keyed) {
        out.oneByte(GROUPS);
        out.unsigned(keyed.groups().size() * 2L + (keyed.clipped() ? 1 : 0));
        int[] ids = ids(keyed.groups());
        out.unsigned(ids.length);
        for (int id : ids) {
            out.fixedInt(id);
        }
        long before = 0;
        for (Keyed.Group group : keyed.groups()) {
            out.value(group.key());
            out.signed(group.lastAt() - before);
            before = group.lastAt();
            out.signed(group.lastAt() - group.firstAt());
            writeAll(out, group.aggregates(), ids, group.lastAt());
        }
    }

    /** Returns the ids of the aggregates of all groups, ascending. Most groups have the same ones. */
    private static int[] ids(List<Keyed.Group> groups) {
        int[] ids = {};
        for (Keyed.Group group : groups) {
            AggregateStates known = group.aggregates();
            for (int index = 0; index < known.size(); index++) {
                int at = Arrays.binarySearch(ids, known.id(index));
                if (at < 0) {
                    int[] more = Arrays.copyOf(ids, ids.length + 1);
                    System.arraycopy(ids, -at - 1, more, -at, ids.length + at + 1);
                    more[-at - 1] = known.id(index);
                    ids = more;
                }
            }
        }
        return ids;
    }

    private static Keyed readGroups(StateReader in) {
        long coded = in.unsigned();
        int[] ids = new int[in.count(4)];
        Arrays.setAll(ids, index -> in.fixedInt());
        long lastAt = 0;
        List<Keyed.Group> groups = new ArrayList<>();
        for (int left = in.checked(coded >>> 1); left > 0; left--) {
            Object key = Objects.requireNonNull(in.value());
            lastAt += in.signed();
            Keyed.Group group = new Keyed.Group(key, lastAt - in.signed(), lastAt, new AggregateStates());
            readAll(in, group.aggregates(), ids, lastAt);
            groups.add(group);
        }
        return new Keyed(groups, (coded & 1) == 1);
    }

    private static void writeCart(StateWriter out, CartLog log) {
        out.oneByte(CART);
        out.unsigned(log.details().size());
        log.details().forEach(out::text);
        out.unsigned(log.steps().size());
        long later = 0;
        for (CartLog.Step step : log.steps()) {
            out.signed(later - step.time());
            later = step.time();
            out.text(step.product().id());
            if (!step.isOrder()) {
                out.text(step.product().variant());
                out.text(step.product().sku());
                out.value(step.quantity() == CartLog.Step.ALL ? null : step.quantity());
                step.details().forEach(out::value);
            }
        }
    }

    private static CartLog readCart(StateReader in) {
        List<String> details = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            details.add(in.text());
        }
        List<CartLog.Step> steps = new ArrayList<>();
        long later = 0;
        for (int left = in.count(2); left > 0; left--) {
            later -= in.signed();
            steps.add(readStep(in, later, details.size()));
        }
        return new CartLog(details, steps);
    }

    private static CartLog.Step readStep(StateReader in, long time, int details) {
        String id = in.text();
        if (id.isEmpty()) {
            return CartLog.Step.order(time);
        }
        Product product = new Product(id, in.text(), in.text());
        long quantity = in.value() instanceof Long millionths ? millionths : CartLog.Step.ALL;
        List<@Nullable Object> values = new ArrayList<>();
        for (int left = details; left > 0; left--) {
            values.add(in.value());
        }
        return new CartLog.Step(time, product, quantity, values);
    }

    /** @param ids the ids of the aggregates of all groups, ascending; each is written as its position there */
    private static void writeAll(StateWriter out, AggregateStates states, int[] ids, long base) {
        out.unsigned(states.size());
        for (int index = 0; index < states.size(); index++) {
            out.unsigned(Arrays.binarySearch(ids, states.id(index)));
            write(out, states.state(index), base);
        }
    }

    private static void readAll(StateReader in, AggregateStates states, int[] ids, long base) {
        for (int left = in.count(2); left > 0; left--) {
            long position = in.unsigned();
            if (position >= ids.length) {
                throw new CorruptState("aggregate number " + position + " of " + ids.length);
            }
            states.put(ids[(int) position], read(in, base));
        }
    }

    static void writeSum(StateWriter out, Millionths sum) {
        // Money has at most four decimals: most sums are whole hundreds of millionths.
        boolean short4 = !sum.approximate() && sum.units() % 100 == 0;
        out.oneByte(short4 ? 0 : sum.approximate() ? 2 : 1);
        out.signed(short4 ? sum.units() / 100 : sum.units());
    }

    static Millionths readSum(StateReader in) {
        int form = in.oneByte();
        long number = in.signed();
        return new Millionths(form == 0 ? Math.multiplyExact(number, 100L) : number, form == 2);
    }
}
