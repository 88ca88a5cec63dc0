// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Everything in one shopper's past except orders: profile, locations, opened messages. */
final class PastContacts {
    private static final List<Integer> AGES = List.of(17, 22, 29, 34, 41, 48, 57, 63, 69, 74);
    private static final long MINUTE = 60_000;

    /** Its multiples, taken modulo 1, are spread evenly over 0 to 1. */
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    private final Past past;
    private final Shopper shopper;
    private final Catalogue catalogue;
    private final SplittableRandom random;

    PastContacts(Past past, Shopper shopper, Catalogue catalogue, SplittableRandom random) {
        this.past = past;
        this.shopper = shopper;
        this.catalogue = catalogue;
        this.random = random;
    }

    /** Contacts that any shopper may have had with the shop. */
    void usual() {
        past.maybe(0.5, this::statesProfile);
        past.maybe(0.2, this::subscribes);
        past.maybe(0.08, this::takesQuiz);
        past.maybe(0.04, this::visitsStore);
    }

    /** Agrees to messages, or not. The days are spread over the past without a random number, which would change all others. */
    void statesConsent() {
        double share = shopper.number() * GOLDEN_RATIO % 1;
        past.happened(
                past.daysAgo(past.longest() * share), "profile_updated", "web", Map.of("consent", shopper.consent()));
    }

    /** States birthday and age, perhaps a past or future wedding, and purchase criteria. */
    void statesProfile() {
        LocalDate today =
                Instant.ofEpochMilli(past.opens()).atOffset(ZoneOffset.UTC).toLocalDate();
        long age = AGES.get(random.nextInt(AGES.size()));
        Map<String, Object> profile = new HashMap<>();
        profile.put("age", age);
        profile.put(
                "birthday", today.minusYears(age).minusDays(random.nextInt(365)).toString());
        if (past.chance(0.6)) {
            profile.put(
                    "anniversary", today.minusDays(random.nextInt(365, 7000)).toString());
        } else if (past.chance(0.4)) {
            profile.put("wedding_date", today.plusDays(random.nextInt(2, 80)).toString());
        }
        past.maybe(0.4, () -> profile.put("benefit", Conversation.BENEFITS.get(random.nextInt(5))));
        past.happened(past.between(20, 150), "profile_updated", "web", profile);
    }

    /** Subscribes to the newsletter; some read it, others never do. */
    void subscribes() {
        long time = past.between(1, 250);
        past.happened(time, "subscribed", "web", Conversation.list(shopper.medium()));
        past.maybe(0.6, () -> reads(1 + random.nextInt(2)));
    }

    private void reads(int messages) {
        for (int count = 0; count < messages; count++) {
            long opened = past.between(2, 60);
            Map<String, Object> fields =
                    Map.of("email_id", "news-" + opened, "campaign_id", "news", "medium", shopper.medium());
            past.happened(opened, "email_opened", "web", fields);
            past.maybe(0.5, () -> past.happened(opened + MINUTE, "email_link_clicked", "web", fields));
        }
    }

    void takesQuiz() {
        past.happened(past.between(1, 90), "form_submitted", "web", Conversation.quiz(random));
    }

    void visitsStore() {
        Map<String, Object> visit = Map.of("store", shopper.city(), "minutes", (double) random.nextInt(5, 45));
        past.happened(past.between(1, 90), "store_visited", "store", visit);
    }

    /** Adds something to the wish list, one to fourteen days ago. */
    void wishes() {
        Map<String, Object> fields = Money.describe(catalogue.anyOf(shopper.favouriteCategory(), random));
        fields.put("wishlist_id", "w-" + shopper.id());
        past.happened(past.between(1, 14), "product_added_to_wishlist", "web", fields);
    }

    /** Came back to the same product on several days of the last weeks. */
    void comesBackToOneProduct() {
        Map<String, Object> fields = Money.describe(catalogue.anyOf(shopper.favouriteCategory(), random));
        fields.put("currency", Money.CURRENCY);
        for (int visit = 1; visit <= 4; visit++) {
            long time = past.between(5 * visit, 5 * visit + 3);
            past.visited(time, "again-" + shopper.id() + "-" + visit, "product_viewed", fields);
        }
    }

    /** Visited on many of the last days, one page each time. */
    void looksIn(int visits, int days) {
        for (int count = 0; count < visits; count++) {
            long time = past.between(1, days);
            past.visited(
                    time,
                    "past-" + shopper.id() + "-" + count,
                    "page_viewed",
                    Map.of(
                            "name", "home",
                            "path", "/",
                            "url", "https://shop.example/",
                            "referrer", "newsletter"));
        }
    }

    /** Scores from 0 to 10 whether the shop is worth recommending. */
    void scores(int least, int most) {
        past.happened(
                past.between(1, 200),
                "satisfaction_submitted",
                "web",
                Map.of("score", (double) random.nextInt(least, most + 1), "scale", "nps"));
    }

    void complains() {
        past.happened(
                past.between(1, 10),
                "support_ticket_created",
                "phone",
                Map.of("ticket_id", "t-past-" + shopper.id(), "topic", "not as described"));
    }
}
