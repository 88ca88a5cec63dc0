// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.state.Ledger;
import dev.segue.plan.state.Order;
import dev.segue.plan.state.OrderLine;
import dev.segue.plan.state.Product;
import dev.segue.plan.state.RecentIds;
import dev.segue.plan.state.Refund;
import dev.segue.value.Millionths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes orders. */
final class LedgerCodec {
    private LedgerCodec() {}

    static void write(StateWriter out, Ledger ledger) {
        out.oneByte(ledger.clipped() ? 1 : 0);
        Set<String> all = new HashSet<>();
        Set<String> allOfLines = new HashSet<>();
        for (Order order : ledger.orders()) {
            all.addAll(order.fields().keySet());
            order.lines().forEach(line -> allOfLines.addAll(line.fields().keySet()));
        }
        // Written once, because most orders have the same fields.
        List<String> fields = sorted(all);
        List<String> ofLines = sorted(allOfLines);
        writeNames(out, fields);
        writeNames(out, ofLines);
        out.unsigned(ledger.orders().size());
        long before = 0;
        for (Order order : ledger.orders()) {
            out.signed(order.time() - before);
            before = order.time();
            out.text(order.orderId());
            out.signed(order.announcedAt() - order.time());
            writeMoney(out, order.total());
            fields.forEach(name -> out.repeatable(order.fields().get(name)));
            out.unsigned(order.lines().size());
            order.lines().forEach(line -> {
                ofLines.forEach(name -> out.repeatable(line.fields().get(name)));
                writeQuantity(out, line.quantity());
            });
        }
        out.unsigned(ledger.refunds().size());
        before = 0;
        for (Refund refund : ledger.refunds()) {
            out.signed(refund.time() - before);
            before = refund.time();
            write(out, refund);
        }
        long[] gone = ledger.gone().hashes();
        out.unsigned(gone.length);
        for (long hash : gone) {
            out.sixBytes(hash);
        }
    }

    private static List<String> sorted(Set<String> names) {
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.naturalOrder());
        return sorted;
    }

    private static void writeNames(StateWriter out, List<String> names) {
        out.unsigned(names.size());
        names.forEach(out::text);
    }

    private static List<String> readNames(StateReader in) {
        List<String> names = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            names.add(in.text());
        }
        return names;
    }

    private static Map<String, Object> readFields(StateReader in, List<String> names) {
        Map<String, Object> fields = new LinkedHashMap<>(2 * names.size());
        for (String name : names) {
            Object value = in.repeatable();
            if (value != null) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private static void write(StateWriter out, Refund refund) {
        out.text(refund.orderId());
        writeMoney(out, refund.total());
        out.unsigned(refund.products().size());
        for (Refund.Returned returned : refund.products()) {
            out.text(returned.product().id());
            out.text(returned.product().variant());
            out.text(returned.product().sku());
            writeQuantity(out, returned.quantity());
            writeMoney(out, returned.price());
        }
    }

    private static void writeMoney(StateWriter out, @Nullable Millionths money) {
        out.oneByte(money == null ? 0 : 1);
        if (money != null) {
            AggregateCodec.writeSum(out, money);
        }
    }

    private static @Nullable Millionths readMoney(StateReader in) {
        return in.oneByte() == 0 ? null : AggregateCodec.readSum(in);
    }

    /** Whole pieces are the usual case, and encoded as even numbers. */
    private static void writeQuantity(StateWriter out, long quantity) {
        boolean whole = quantity % OrderLine.ONE_PIECE == 0;
        out.unsigned(whole ? quantity / OrderLine.ONE_PIECE * 2 : quantity * 2 + 1);
    }

    private static long readQuantity(StateReader in) {
        long coded = in.unsigned();
        return (coded & 1) == 0 ? Math.multiplyExact(coded >>> 1, OrderLine.ONE_PIECE) : coded >>> 1;
    }

    static Ledger readLedger(StateReader in) {
        boolean clipped = in.oneByte() == 1;
        List<String> fields = readNames(in);
        List<String> ofLines = readNames(in);
        List<Order> orders = new ArrayList<>();
        long time = 0;
        for (int left = in.count(6); left > 0; left--) {
            time += in.signed();
            orders.add(new Order(
                    time,
                    in.text(),
                    time + in.signed(),
                    readMoney(in),
                    readFields(in, fields),
                    readLines(in, ofLines)));
        }
        List<Refund> refunds = new ArrayList<>();
        time = 0;
        for (int left = in.count(4); left > 0; left--) {
            time += in.signed();
            refunds.add(new Refund(time, in.text(), readMoney(in), readReturned(in)));
        }
        long[] gone = new long[in.count(6)];
        for (int index = 0; index < gone.length; index++) {
            gone[index] = in.sixBytes();
        }
        return new Ledger(orders, refunds, new RecentIds(gone), clipped);
    }

    private static List<OrderLine> readLines(StateReader in, List<String> names) {
        List<OrderLine> lines = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            lines.add(new OrderLine(readFields(in, names), readQuantity(in)));
        }
        return lines;
    }

    private static List<Refund.Returned> readReturned(StateReader in) {
        List<Refund.Returned> returned = new ArrayList<>();
        for (int left = in.count(5); left > 0; left--) {
            returned.add(
                    new Refund.Returned(new Product(in.text(), in.text(), in.text()), readQuantity(in), readMoney(in)));
        }
        return returned;
    }
}
