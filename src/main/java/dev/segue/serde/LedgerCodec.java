package dev.segue.serde;

import dev.segue.plan.Ledger;
import dev.segue.plan.ProfileState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Profiles and orders as bytes: the parts of a stored state that hold fields by name. */
final class LedgerCodec {
    private LedgerCodec() {}

    static void write(StateWriter out, ProfileState profile) {
        out.unsigned(profile.fields().size());
        profile.fields().forEach((name, stated) -> {
            out.text(name);
            out.signed(stated.at());
            out.value(stated.value());
        });
    }

    static ProfileState readProfile(StateReader in) {
        Map<String, ProfileState.Stated> fields = new TreeMap<>();
        for (int left = in.count(3); left > 0; left--) {
            fields.put(in.text(), new ProfileState.Stated(in.signed(), in.value()));
        }
        return new ProfileState(fields);
    }

    static void write(StateWriter out, Ledger ledger) {
        out.oneByte(ledger.clipped() ? 1 : 0);
        out.unsigned(ledger.orders().size());
        long before = 0;
        for (Ledger.Order order : ledger.orders()) {
            out.signed(order.time() - before);
            before = order.time();
            out.text(order.orderId());
            out.signed(order.total());
            out.value(order.fields());
            out.value(order.items());
        }
        out.unsigned(ledger.refunds().size());
        for (Ledger.Refund refund : ledger.refunds()) {
            out.text(refund.orderId());
            // Whole orders are the usual case.
            out.value(refund.amount() == Ledger.Refund.WHOLE ? null : refund.amount());
            out.value(refund.products());
        }
    }

    @SuppressWarnings("unchecked") // A value that is no map or list is a ClassCastException, which says corrupt.
    static Ledger readLedger(StateReader in) {
        boolean clipped = in.oneByte() == 1;
        List<Ledger.Order> orders = new ArrayList<>();
        long time = 0;
        for (int left = in.count(5); left > 0; left--) {
            time += in.signed();
            orders.add(new Ledger.Order(
                    time, in.text(), in.signed(), (Map<String, Object>) in.required(), (List<Map<String, Object>>)
                            in.required()));
        }
        List<Ledger.Refund> refunds = new ArrayList<>();
        for (int left = in.count(3); left > 0; left--) {
            String orderId = in.text();
            Long amount = (Long) in.value();
            refunds.add(new Ledger.Refund(
                    orderId, amount == null ? Ledger.Refund.WHOLE : amount, (List<String>) in.required()));
        }
        return new Ledger(orders, refunds, clipped);
    }
}
