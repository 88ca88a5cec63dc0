// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Consequences of a visit, minutes to days later: mails, refunds, complaints, scores. */
final class Aftermath {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final Visit visit;
    private final Shopper shopper;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final @Nullable Purchase purchase;

    Aftermath(Visit visit, Shopper shopper, Agenda agenda, SplittableRandom random) {
        this.visit = visit;
        this.shopper = shopper;
        this.agenda = agenda;
        this.random = random;
        this.purchase = visit.purchase();
    }

    /** Returns the whole order some days later. */
    void sendsBack() {
        if (purchase != null) {
            plan(between(48 * HOUR, 216 * HOUR), "order_refunded", purchase.takenBack());
        }
    }

    /** Cancels the order before it is shipped. */
    void cancels() {
        if (purchase != null) {
            Map<String, Object> fields = purchase.takenBack();
            fields.put("reason", "changed my mind");
            plan(between(10 * MINUTE, 2 * HOUR), "order_cancelled", fields);
        }
    }

    /** Scores from 0 to 10 whether the shop is worth recommending; only after a purchase. */
    void scores(int least, int most) {
        if (purchase != null) {
            Map<String, Object> fields = Map.of(
                    "score", (double) random.nextInt(least, most + 1), "scale", "nps", "order_id", purchase.orderId());
            plan(between(HOUR, 4 * HOUR), "satisfaction_submitted", fields);
        }
    }

    void complains() {
        if (purchase != null) {
            Map<String, Object> fields = Map.of(
                    "ticket_id", "t-" + visit.session(), "topic", "not as described", "order_id", purchase.orderId());
            plan(between(HOUR, 5 * HOUR), "support_ticket_created", fields);
        }
    }

    /** Visits a physical store. */
    void visitsStore() {
        agenda.plan(
                between(HOUR, 5 * HOUR),
                new Agenda.Draft(
                        "store_visited", shopper, null, "store", Map.of("store", shopper.city(), "minutes", (double)
                                random.nextInt(5, 45))));
    }

    /** Some time after the visit, a message about the cart is sent; some shoppers open it, and some of those return. */
    void getsReminded() {
        Map<String, Object> message = Map.of(
                "email_id",
                "m-" + visit.session(),
                "campaign_id",
                "cart-reminder",
                "email_subject",
                "Still thinking it over?",
                "medium",
                shopper.medium());
        long sent = visit.time() + 90 * MINUTE;
        plan(sent, "email_delivered", message);
        if (visit.chance(0.5)) {
            long opened = sent + random.nextLong(5 * MINUTE, 3 * HOUR);
            plan(opened, "email_opened", message);
            visit.maybe(0.7, () -> {
                plan(opened + random.nextLong(MINUTE), "email_link_clicked", message);
                visit.comesBackLater();
            });
        }
    }

    private long between(long soonest, long latest) {
        return visit.time() + random.nextLong(soonest, latest);
    }

    private void plan(long time, String type, Map<String, Object> fields) {
        agenda.plan(time, new Agenda.Draft(type, shopper, null, null, fields));
    }
}
