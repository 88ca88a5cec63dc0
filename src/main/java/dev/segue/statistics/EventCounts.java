// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.Fields;
import dev.segue.event.FormUse;
import dev.segue.event.PageName;
import dev.segue.event.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts events by page, form, product and category, and what sessions say of pages and forms. */
public final class EventCounts {
    private final PendingCounts pending;
    private final NameLimit names;
    private final long since;

    /**
     * @param pending receives the counts
     * @param since what happened before does not count, in milliseconds since the epoch
     */
    public EventCounts(PendingCounts pending, NameLimit names, long since) {
        this.pending = pending;
        this.names = names;
        this.since = since;
    }

    /** @param firstView whether a session views the event's page for the first time */
    public void event(Event event, boolean firstView) {
        switch (event.type().name()) {
            case EventNames.PAGE_VIEWED -> view(event, firstView);
            case EventNames.FORM_STARTED ->
                add(StatisticKind.FORM, FormUse.name(event), event.time(), Measure.STARTED, 1);
            case EventNames.FORM_SUBMITTED ->
                add(StatisticKind.FORM, FormUse.name(event), event.time(), Measure.SUBMITTED, 1);
            case EventNames.PRODUCT_VIEWED -> product(event.fields(), event.time(), Measure.VIEWED);
            case EventNames.PRODUCT_ADDED -> product(event.fields(), event.time(), Measure.ADDED);
            case EventNames.ORDER_COMPLETED -> lines(event, Measure.ORDERED);
            case EventNames.ORDER_REFUNDED -> lines(event, Measure.RETURNED);
            default -> {}
        }
    }

    private void view(Event event, boolean firstView) {
        String page = PageName.of(event);
        if (page != null) {
            add(StatisticKind.PAGE, page, event.time(), Measure.VIEWS, 1);
            if (firstView) {
                add(StatisticKind.PAGE, page, event.time(), Measure.VISITORS, 1);
            }
        }
    }

    private void lines(Event event, Measure measure) {
        if (event.fields().get("products") instanceof List<?> products) {
            for (Object product : products) {
                if (product instanceof Fields fields) {
                    product(fields, event.time(), measure);
                }
            }
        }
    }

    /** A product without an id has its sku, as in the cart. */
    private void product(Fields fields, long at, Measure measure) {
        String id = text(fields, "product_id");
        String product = id == null ? text(fields, "sku") : id;
        if (product != null) {
            add(StatisticKind.PRODUCT, product, at, measure, 1);
        }
        String category = text(fields, "category");
        if (category != null) {
            add(StatisticKind.CATEGORY, category, at, measure, 1);
        }
    }

    private static @Nullable String text(Fields fields, String name) {
        return fields.get(name) instanceof String text && !text.isBlank() ? PageName.cut(text) : null;
    }

    /** Counts a session that has ended. */
    public void session(Session session) {
        Session.View landing = session.landing();
        if (landing != null) {
            add(StatisticKind.PAGE, landing.page(), landing.at(), Measure.LANDINGS, 1);
            add(StatisticKind.PAGE, landing.page(), landing.at(), Measure.BOUNCES, session.bounced() ? 1 : 0);
            add(StatisticKind.PAGE, landing.page(), landing.at(), Measure.LANDING_ORDERS, session.orders());
        }
        Session.View exit = session.exit();
        if (exit != null) {
            add(StatisticKind.PAGE, exit.page(), exit.at(), Measure.EXITS, 1);
        }
        session.forms().forEach((form, use) -> {
            Long abandoned = use.abandoned();
            if (abandoned != null) {
                add(StatisticKind.FORM, form, abandoned, Measure.ABANDONED, 1);
            }
        });
    }

    private void add(StatisticKind kind, String name, long at, Measure measure, long more) {
        if (more != 0 && at >= since) {
            pending.add(names.subject(kind, name, at), at, measure, more);
        }
    }
}
