// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One shopper's visit of some minutes. Each step puts its events into the agenda and advances the visit's own clock by
 * the time that people take.
 */
final class Visit {
    private static final long SECOND = 1000;
    private static final long HOUR = 3600 * SECOND;
    private static final int CATEGORIES_AROUND = 3;

    private final Shopper shopper;
    private final Catalogue catalogue;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final String session;
    private final LongConsumer comeBack;
    private final String category;
    private final List<ShopProduct> seen = new ArrayList<>();
    private boolean coupon;
    private long time;
    private @Nullable Purchase purchase;

    /**
     * @param begins milliseconds since the epoch
     * @param session name of the visit
     * @param comeBack plans another visit of this shopper at the given time
     */
    Visit(
            Shopper shopper,
            long begins,
            String session,
            Catalogue catalogue,
            Agenda agenda,
            SplittableRandom random,
            LongConsumer comeBack) {
        this.shopper = shopper;
        this.time = begins;
        this.session = session;
        this.catalogue = catalogue;
        this.agenda = agenda;
        this.random = random;
        this.comeBack = comeBack;
        this.category = random.nextDouble() < 0.7 ? shopper.favouriteCategory() : catalogue.anyCategory(random);
    }

    /** The visit's clock, in milliseconds since the epoch. */
    long time() {
        return time;
    }

    String session() {
        return session;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    void maybe(double probability, Runnable step) {
        if (chance(probability)) {
            step.run();
        }
    }

    boolean hasCart() {
        return !shopper.cart().isEmpty();
    }

    /** The purchase of this visit; null if there was none. */
    @Nullable
    Purchase purchase() {
        return purchase;
    }

    Conversation talks() {
        return new Conversation(this, random);
    }

    /** Consequences of this visit, some time later. */
    Aftermath later() {
        return new Aftermath(this, shopper, agenda, random);
    }

    void arrives(String referrer) {
        lands(referrer, "home", "/");
    }

    void lands(String referrer, String page, String path) {
        does(
                "page_viewed",
                Map.of("name", page, "path", path, "url", "https://shop.example" + path, "referrer", referrer));
    }

    void searches() {
        does("products_searched", Map.of("query", category));
    }

    void seesPromotion(double clicks) {
        Map<String, Object> promotion = Map.of("promotion_id", "sale-" + category, "name", "Sale: " + category);
        does("promotion_viewed", promotion);
        maybe(clicks, () -> does("promotion_clicked", promotion));
    }

    /** Opens the category's page and looks at {@code least} to {@code most} of its products. */
    void looksAt(int least, int most) {
        opens(category);
        for (int count = random.nextInt(least, most + 1); count > 0; count--) {
            views(catalogue.anyOf(category, random));
        }
    }

    /** Looks into several categories, at one product of each. */
    void looksAround() {
        List<String> categories = catalogue.categories();
        int first = random.nextInt(categories.size());
        for (int count = 0; count < CATEGORIES_AROUND; count++) {
            String next = categories.get((first + count) % categories.size());
            opens(next);
            views(catalogue.anyOf(next, random));
        }
    }

    /** Looks at what is newest in the shop. */
    void looksAtNovelties() {
        opens(Catalogue.NOVELTIES);
        List<ShopProduct> novelties = catalogue.novelties(time);
        novelties.subList(Math.max(0, novelties.size() - 2), novelties.size()).forEach(this::views);
    }

    /** Looks at the same product again and again. */
    void looksAgain(int times) {
        ShopProduct product = catalogue.anyOf(category, random);
        for (int count = 0; count < times; count++) {
            views(product);
        }
    }

    /** Puts the product viewed last, or a similar one, into the cart. */
    void adds() {
        if (seen.isEmpty() || chance(0.2)) {
            puts(catalogue.anyOf(category, random));
        } else {
            addsThat();
        }
    }

    /** Puts the product viewed last into the cart. */
    void addsThat() {
        puts(seen.get(seen.size() - 1));
    }

    /** Puts the product that this shopper buys regularly into the cart. */
    void addsStaple() {
        puts(shopper.staple());
    }

    /** Takes the oldest product out of the cart, if there is one. */
    void removes() {
        if (hasCart()) {
            takesOut(shopper.cart().keySet().iterator().next());
        }
    }

    /** Repeatedly puts the product viewed last into the cart and takes it out; at the end it is in the cart. */
    void wavers() {
        ShopProduct product = seen.get(seen.size() - 1);
        puts(product);
        takesOut(product);
        puts(product);
        takesOut(product);
        puts(product);
    }

    void wishes() {
        if (!seen.isEmpty()) {
            Map<String, Object> fields = Money.describe(seen.get(0));
            fields.put("wishlist_id", "w-" + shopper.id());
            does("product_added_to_wishlist", fields);
        }
    }

    void seesCart() {
        does(
                "cart_viewed",
                Map.of("cart_id", cartId(), "products", Money.lines(shopper.cart()), "currency", Money.CURRENCY));
    }

    void startsCheckout() {
        if (hasCart()) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("order_id", orderId());
            fields.put("value", Money.of(shopper.cart(), coupon).total());
            fields.put("currency", Money.CURRENCY);
            fields.put("products", Money.lines(shopper.cart()));
            does("checkout_started", fields);
        }
    }

    void appliesCoupon() {
        coupon = true;
        does("coupon_entered", Map.of("cart_id", cartId(), "coupon_id", "save10"));
        does("coupon_applied", Map.of("cart_id", cartId(), "coupon_id", "save10", "coupon_name", "Ten percent off"));
    }

    void isDeniedCoupon() {
        does("coupon_entered", Map.of("cart_id", cartId(), "coupon_id", "save50"));
        does("coupon_denied", Map.of("cart_id", cartId(), "coupon_id", "save50", "reason", "expired"));
    }

    /** Pays for the whole cart, if it is not empty. */
    void orders() {
        if (hasCart()) {
            does("checkout_step_completed", Map.of("checkout_id", orderId(), "step", 2L, "payment_method", "card"));
            purchase = new Purchase(orderId(), new LinkedHashMap<>(shopper.cart()), coupon);
            shopper.cart().clear();
            does("order_completed", purchase.completed());
        }
    }

    void comesBackLater() {
        comeBack.accept(time + random.nextLong(2 * HOUR, 30 * HOUR));
    }

    /** Performs one action and takes some time for it. */
    void does(String type, Map<String, Object> fields) {
        String channel = "mobile".equals(shopper.device().get("type")) ? "app" : "web";
        agenda.plan(time, new Agenda.Draft(type, shopper, session, channel, fields));
        time += random.nextLong(4 * SECOND, 75 * SECOND);
    }

    private void opens(String opened) {
        does("product_list_viewed", Map.of("list_id", opened + "-all", "category", opened));
    }

    private void views(ShopProduct product) {
        seen.add(product);
        Map<String, Object> fields = Money.describe(product);
        fields.put("currency", Money.CURRENCY);
        does("product_viewed", fields);
    }

    private void puts(ShopProduct product) {
        int quantity = chance(0.85) ? 1 : 2;
        shopper.cart().merge(product, quantity, Integer::sum);
        does("product_added", cartLine(product, quantity));
    }

    private void takesOut(ShopProduct product) {
        Integer quantity = shopper.cart().remove(product);
        if (quantity != null) {
            does("product_removed", cartLine(product, quantity));
        }
    }

    private Map<String, Object> cartLine(ShopProduct product, int quantity) {
        Map<String, Object> fields = Money.line(product, quantity);
        fields.put("cart_id", cartId());
        fields.put("currency", Money.CURRENCY);
        return fields;
    }

    private String cartId() {
        return "c-" + shopper.id();
    }

    private String orderId() {
        return "o-" + session;
    }
}
