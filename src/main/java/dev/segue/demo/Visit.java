package dev.segue.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * One shopper in the shop for some minutes. Each step puts its events into the agenda and moves the visit's own clock
 * forward by the time that people take.
 */
final class Visit {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private final Shopper shopper;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final String session;
    private final LongConsumer comeBack;
    private final String category;
    private final List<Product> seen = new ArrayList<>();
    private boolean coupon;
    private long time;
    private Map<Product, Integer> ordered = Map.of();

    /**
     * @param begins milliseconds since the epoch
     * @param session names the visit
     * @param comeBack plans another visit of this shopper at the time given
     */
    Visit(Shopper shopper, long begins, String session, Agenda agenda, SplittableRandom random, LongConsumer comeBack) {
        this.shopper = shopper;
        this.time = begins;
        this.session = session;
        this.agenda = agenda;
        this.random = random;
        this.comeBack = comeBack;
        this.category = random.nextDouble() < 0.7 ? shopper.favouriteCategory() : Catalogue.anyCategory(random);
    }

    /** Where the visit's clock stands, in milliseconds since the epoch. */
    long time() {
        return time;
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

    void arrives(String referrer) {
        does("page_viewed", Map.of("name", "home", "path", "/", "referrer", referrer));
    }

    void searches() {
        does("products_searched", Map.of("query", category));
    }

    /** Opens the category's page and looks at {@code least} to {@code most} of its products. */
    void looksAt(int least, int most) {
        does("product_list_viewed", Map.of("list_id", category + "-all", "category", category));
        List<Product> products = Catalogue.of(category);
        for (int count = random.nextInt(least, most + 1); count > 0; count--) {
            Product product = products.get(random.nextInt(products.size()));
            seen.add(product);
            Map<String, Object> fields = Money.describe(product);
            fields.put("currency", Money.CURRENCY);
            does("product_viewed", fields);
        }
    }

    /** Puts what was looked at last, or something like it, into the cart. */
    void adds() {
        List<Product> products = Catalogue.of(category);
        Product product = seen.isEmpty() || chance(0.2)
                ? products.get(random.nextInt(products.size()))
                : seen.get(seen.size() - 1);
        int quantity = chance(0.85) ? 1 : 2;
        shopper.cart().merge(product, quantity, Integer::sum);
        does("product_added", cartLine(product, quantity));
    }

    /** Takes the oldest product out of the cart, if there is one. */
    void removes() {
        if (hasCart()) {
            Product product = shopper.cart().keySet().iterator().next();
            int quantity = shopper.cart().remove(product);
            does("product_removed", cartLine(product, quantity));
        }
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
        does("coupon_applied", Map.of("cart_id", cartId(), "coupon_id", "save10", "coupon_name", "Ten percent off"));
    }

    void isDeniedCoupon() {
        does("coupon_denied", Map.of("cart_id", cartId(), "coupon_id", "save50", "reason", "expired"));
    }

    /** Pays for the whole cart, if there is anything in it. */
    void orders() {
        if (hasCart()) {
            ordered = new LinkedHashMap<>(shopper.cart());
            shopper.cart().clear();
            does("order_completed", order(orderId(), ordered, coupon));
        }
    }

    /** Returns the whole order some days later. */
    void sendsBack() {
        if (!ordered.isEmpty()) {
            Map<String, Object> fields = Map.of(
                    "order_id",
                    orderId(),
                    "total",
                    Money.of(ordered, coupon).total(),
                    "currency",
                    Money.CURRENCY,
                    "products",
                    Money.lines(ordered));
            long refunded = time + random.nextLong(48 * HOUR, 216 * HOUR);
            agenda.plan(refunded, new Draft("order_refunded", shopper, null, null, fields));
        }
    }

    /** A mail about the cart goes out some time after the visit; some open it, and some of those come back. */
    void getsReminded() {
        Map<String, Object> mail = Map.of(
                "email_id", "m-" + session, "campaign_id", "cart-reminder", "email_subject", "Still thinking it over?");
        long sent = time + 90 * MINUTE;
        agenda.plan(sent, new Draft("email_delivered", shopper, null, null, mail));
        if (chance(0.5)) {
            agenda.plan(
                    sent + random.nextLong(5 * MINUTE, 3 * HOUR), new Draft("email_opened", shopper, null, null, mail));
            maybe(0.7, this::comesBackLater);
        }
    }

    void comesBackLater() {
        comeBack.accept(time + random.nextLong(2 * HOUR, 30 * HOUR));
    }

    /** The fields of a completed order. */
    static Map<String, Object> order(String orderId, Map<Product, Integer> products, boolean coupon) {
        Money money = Money.of(products, coupon);
        Map<String, Object> fields = new HashMap<>();
        fields.put("order_id", orderId);
        fields.put("total", money.total());
        fields.put("subtotal", money.subtotal());
        fields.put("shipping", money.shipping());
        fields.put("discount", money.discount());
        fields.put("currency", Money.CURRENCY);
        fields.put("products", Money.lines(products));
        if (coupon) {
            fields.put("coupon", "save10");
        }
        return fields;
    }

    private void does(String type, Map<String, Object> fields) {
        String channel = "mobile".equals(shopper.device().get("type")) ? "app" : "web";
        agenda.plan(time, new Draft(type, shopper, session, channel, fields));
        time += random.nextLong(4 * SECOND, 75 * SECOND);
    }

    private Map<String, Object> cartLine(Product product, int quantity) {
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
