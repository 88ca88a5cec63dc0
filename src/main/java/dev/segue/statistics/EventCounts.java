// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.Fields;
import dev.segue.event.FormUse;
import dev.segue.event.PageName;
import dev.segue.event.Session;
import dev.segue.value.Millionths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts events by page, form, product and category, and what sessions say of pages and forms. */
public final class EventCounts {
    private final PendingCounts pending;
    private final NameLimit names;
    private final Since since;

    /** @param pending receives the counts */
    public EventCounts(PendingCounts pending, NameLimit names, Since since) {
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
            case EventNames.PRODUCT_VIEWED ->
                subjects(event.fields(), event.time())
                        .forEach(subject -> add(subject, event.time(), Measure.VIEWED, 1));
            case EventNames.PRODUCT_ADDED -> quantity(event.fields(), event.time(), Measure.ADDED);
            case EventNames.ORDER_COMPLETED -> {
                Set<Subject> ordered = new HashSet<>();
                lines(event).forEach(line -> ordered.addAll(quantity(line, event.time(), Measure.ORDERED)));
                ordered.forEach(subject -> add(subject, event.time(), Measure.ORDERS, 1));
            }
            case EventNames.ORDER_REFUNDED ->
                lines(event).forEach(line -> quantity(line, event.time(), Measure.RETURNED));
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

    private static List<Fields> lines(Event event) {
        List<Fields> lines = new ArrayList<>();
        if (event.fields().get("products") instanceof List<?> products) {
            for (Object product : products) {
                if (product instanceof Fields fields) {
                    lines.add(fields);
                }
            }
        }
        return lines;
    }

    /** Adds the units of a line, as orders and carts do: without a quantity above 0, it is one. */
    private List<Subject> quantity(Fields line, long at, Measure measure) {
        long quantity = Millionths.ofQuantity(line.get("quantity"));
        List<Subject> subjects = subjects(line, at);
        subjects.forEach(subject -> add(subject, at, measure, quantity == 0 ? Millionths.ONE : quantity));
        return subjects;
    }

    /** Returns the product of a line, which without an id has its sku, as in the cart; and its category. */
    private List<Subject> subjects(Fields line, long at) {
        List<Subject> subjects = new ArrayList<>();
        String id = text(line, "product_id");
        String product = id == null ? text(line, "sku") : id;
        if (product != null) {
            subjects.add(names.subject(StatisticKind.PRODUCT, product, at));
        }
        String category = text(line, "category");
        if (category != null) {
            subjects.add(names.subject(StatisticKind.CATEGORY, category, at));
        }
        return subjects;
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
        if (more != 0) {
            add(names.subject(kind, name, at), at, measure, more);
        }
    }

    private void add(Subject subject, long at, Measure measure, long more) {
        if (since.includes(at)) {
            pending.add(subject, at, measure, more);
        }
    }
}
