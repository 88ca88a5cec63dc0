// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One customer under cart-abandoned, curious-prospect, loyal-customer, dormant-customer and browse-abandoned, written
 * by hand for exactly these five. It stores only what memberships need; unlike Segue, it has no evidence, no carry, and
 * no check for duplicates. A late event does not undo later ones, but changes that it would have caused in between are
 * lost: a cart is stored as lines, not as steps, and a refund needs its order.
 */
public final class FiveByHand {
    public static final long NEVER = Long.MAX_VALUE;
    private static final long NOT_YET = Long.MIN_VALUE;
    private static final String[] SEGMENTS = {
        "cart-abandoned", "curious-prospect", "loyal-customer", "dormant-customer", "browse-abandoned"
    };
    private static final int CART = 0;
    private static final int CURIOUS = 1;
    private static final int LOYAL = 2;
    private static final int DORMANT = 3;
    private static final int BROWSE = 4;
    private static final long CART_QUIET = Duration.ofHours(1).toMillis();
    private static final long CART_GIVES_UP = Duration.ofDays(7).toMillis();
    private static final int PRODUCTS = 3;
    private static final long VIEWED = Duration.ofDays(14).toMillis();
    private static final int ORDERS = 4;
    private static final long LOYAL_PERIOD = Duration.ofDays(365).toMillis();
    private static final long LATELY = Duration.ofDays(90).toMillis();
    private static final long NO_ORDER = Duration.ofDays(180).toMillis();
    private static final long NO_VISIT = Duration.ofDays(30).toMillis();
    private static final long BROWSE_QUIET = Duration.ofMinutes(30).toMillis();
    private static final long LOOKED = Duration.ofDays(1).toMillis();
    private static final long BROWSE_NO_ORDER = Duration.ofDays(7).toMillis();
    private static final long WHOLE = Long.MAX_VALUE;

    private final String customer;
    private final List<Line> cart = new ArrayList<>();
    private final Map<String, Long> views = new LinkedHashMap<>();
    private final List<Order> orders = new ArrayList<>();
    private int inside;
    private long deadline = NEVER;
    private long now = NOT_YET;
    private long lastActivity = NOT_YET;
    private long lastView = NOT_YET;
    private long lastAdded = NOT_YET;
    private long lastOrder = NOT_YET;

    private static final class Line {
        private final String product;
        private double quantity;
        private long time;

        private Line(String product, double quantity, long time) {
            this.product = product;
            this.quantity = quantity;
            this.time = time;
        }
    }

    private static final class Order {
        private final String id;
        private final long time;
        private final long total;
        private boolean touched;
        private long refunded;

        private Order(String id, long time, long total) {
            this.id = id;
            this.time = time;
            this.total = total;
        }

        private boolean stands() {
            return !touched || refunded < total;
        }
    }

    /** A customer without history. */
    public FiveByHand(String customer) {
        this.customer = customer;
    }

    /** The next instant at which time alone may change an answer, in milliseconds since the epoch. */
    public long deadline() {
        return deadline;
    }

    public void apply(Event event, Consumer<ChangeText> out) {
        long time = event.time();
        String type = event.type().name();
        if (event.type().activity()) {
            lastActivity = Math.max(lastActivity, time);
        }
        switch (type) {
            case "product_viewed" -> view(event.fields(), time);
            case "product_added" -> {
                lastAdded = Math.max(lastAdded, time);
                change(event.fields(), time, true);
            }
            case "product_removed" -> change(event.fields(), time, false);
            case "order_completed" -> {
                cart.removeIf(line -> line.time <= time);
                views.clear();
                lastOrder = Math.max(lastOrder, time);
                orders.add(new Order(text(event.fields(), "order_id"), time, money(event.fields(), "total")));
            }
            case "order_refunded" -> takeBack(event.fields(), refund(event.fields()));
            case "order_cancelled" -> takeBack(event.fields(), WHOLE);
            default -> {}
        }
        now = Math.max(now, time);
        evaluate(true, out);
    }

    /** Evaluates each deadline up to {@code until}, as of that deadline. */
    public void advance(long until, Consumer<ChangeText> out) {
        while (deadline <= until) {
            now = deadline;
            evaluate(false, out);
        }
    }

    private void view(Fields fields, long time) {
        lastView = Math.max(lastView, time);
        String product = text(fields, "product_id");
        if (lastOrder == NOT_YET && !product.isEmpty()) {
            views.values().removeIf(viewed -> viewed <= time - VIEWED);
            views.merge(product, time, Math::max);
        }
    }

    private void change(Fields fields, long time, boolean added) {
        String product = text(fields, "product_id");
        if (product.isEmpty() || time < lastOrder) {
            return;
        }
        double given = fields.get("quantity") instanceof Double number && number > 0 ? number : 0;
        Line line = cart.stream()
                .filter(one -> one.product.equals(product))
                .findFirst()
                .orElse(null);
        if (added && line == null) {
            cart.add(new Line(product, given == 0 ? 1 : given, time));
        } else if (line != null) {
            line.quantity += added ? (given == 0 ? 1 : given) : given == 0 ? -line.quantity : -given;
            line.time = Math.max(line.time, time);
            if (line.quantity <= 0) {
                cart.remove(line);
            }
        }
    }

    private void takeBack(Fields fields, long amount) {
        String id = text(fields, "order_id");
        for (Order order : orders) {
            if (!id.isEmpty() && order.id.equals(id)) {
                order.touched = true;
                order.refunded = amount == WHOLE || order.refunded == WHOLE ? WHOLE : order.refunded + amount;
            }
        }
    }

    private static long refund(Fields fields) {
        if (fields.get("total") != null) {
            return money(fields, "total");
        }
        if (!(fields.get("products") instanceof List<?> products) || products.isEmpty()) {
            return WHOLE;
        }
        long sum = 0;
        for (Object each : products) {
            Fields product = (Fields) each;
            double quantity = product.get("quantity") instanceof Double number && number > 0 ? number : 1;
            sum += Math.round(money(product, "price") * quantity);
        }
        return sum;
    }

    private void evaluate(boolean event, Consumer<ChangeText> out) {
        boolean touchedCart = cart.stream().anyMatch(line -> line.time > now - CART_QUIET);
        boolean liveCart = cart.stream().anyMatch(line -> line.time > now - CART_GIVES_UP);
        boolean cartEnds = touchedCart || !liveCart;
        answer(CART, is(CART) ? !cartEnds : !cartEnds && silent(CART_QUIET), event, out);
        answer(CURIOUS, lastOrder == NOT_YET && viewed() >= PRODUCTS, event, out);
        int inPeriod = 0;
        long latest = NOT_YET;
        for (Order order : orders) {
            if (order.stands()) {
                inPeriod += order.time > now - LOYAL_PERIOD ? 1 : 0;
                latest = Math.max(latest, order.time);
            }
        }
        answer(LOYAL, inPeriod >= ORDERS && latest > now - LATELY, event, out);
        boolean dormant = latest != NOT_YET && latest <= now - NO_ORDER && silent(NO_VISIT);
        answer(DORMANT, dormant, event, out);
        boolean browsed = lastView > lastAdded && lastView > now - LOOKED && lastOrder <= now - BROWSE_NO_ORDER;
        boolean browse = is(BROWSE) ? lastView <= now - BROWSE_QUIET : silent(BROWSE_QUIET);
        answer(BROWSE, browsed && browse, event, out);
        deadline = nextDeadline(latest);
    }

    private boolean silent(long quiet) {
        return lastActivity <= now - quiet;
    }

    private int viewed() {
        int count = 0;
        for (long time : views.values()) {
            count += time > now - VIEWED ? 1 : 0;
        }
        return count;
    }

    private boolean is(int segment) {
        return (inside & 1 << segment) != 0;
    }

    private void answer(int segment, boolean holds, boolean event, Consumer<ChangeText> out) {
        if (holds != is(segment)) {
            inside ^= 1 << segment;
            out.accept(new ChangeText(customer, SEGMENTS[segment], holds ? "ENTERED" : "EXITED", now, event));
        }
    }

    /**
     * Considers only changes that are possible now: a customer outside a segment that time alone cannot open needs no
     * deadline for it.
     */
    private long nextDeadline(long latestStanding) {
        long next = NEVER;
        if (!cart.isEmpty()) {
            long touched = NOT_YET;
            for (Line line : cart) {
                touched = Math.max(touched, line.time);
            }
            long opens = Math.max(touched, lastActivity) + CART_QUIET;
            next = after(is(CART) ? touched + CART_GIVES_UP : opens, next);
        }
        if (is(CURIOUS)) {
            long[] times =
                    views.values().stream().mapToLong(time -> time).sorted().toArray();
            next = after(times[times.length - PRODUCTS] + VIEWED, next);
        }
        if (is(LOYAL)) {
            long[] times = orders.stream()
                    .filter(Order::stands)
                    .mapToLong(order -> order.time)
                    .sorted()
                    .toArray();
            next = after(times[times.length - ORDERS] + LOYAL_PERIOD, next);
            next = after(latestStanding + LATELY, next);
        }
        if (!is(DORMANT) && latestStanding != NOT_YET) {
            next = after(Math.max(latestStanding + NO_ORDER, lastActivity + NO_VISIT), next);
        }
        if (lastView > lastAdded) {
            long barred = lastOrder == NOT_YET ? NOT_YET : lastOrder + BROWSE_NO_ORDER;
            long opens = Math.max(barred, lastActivity + BROWSE_QUIET);
            next = after(is(BROWSE) ? lastView + LOOKED : opens, next);
        }
        return next;
    }

    private long after(long time, long next) {
        return time > now ? Math.min(time, next) : next;
    }

    private static String text(Fields fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    /** In ten-thousandths, the scale of the schemas. */
    private static long money(Fields fields, String name) {
        return fields.get(name) instanceof BigDecimal money
                ? money.movePointRight(4).longValue()
                : 0;
    }

    public byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(inside);
            for (long time : new long[] {deadline, now, lastActivity, lastView, lastAdded, lastOrder}) {
                out.writeLong(time);
            }
            out.writeShort(cart.size());
            for (Line line : cart) {
                out.writeUTF(line.product);
                out.writeDouble(line.quantity);
                out.writeLong(line.time);
            }
            out.writeShort(views.size());
            for (Map.Entry<String, Long> view : views.entrySet()) {
                out.writeUTF(view.getKey());
                out.writeLong(view.getValue());
            }
            out.writeShort(orders.size());
            for (Order order : orders) {
                out.writeUTF(order.id);
                out.writeLong(order.time);
                out.writeLong(order.total);
                out.writeBoolean(order.touched);
                out.writeLong(order.refunded);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @param stored null for a customer without history */
    public static FiveByHand read(String customer, byte @Nullable [] stored) {
        FiveByHand five = new FiveByHand(customer);
        if (stored == null) {
            return five;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            five.inside = in.readByte();
            five.deadline = in.readLong();
            five.now = in.readLong();
            five.lastActivity = in.readLong();
            five.lastView = in.readLong();
            five.lastAdded = in.readLong();
            five.lastOrder = in.readLong();
            for (int left = in.readShort(); left > 0; left--) {
                five.cart.add(new Line(in.readUTF(), in.readDouble(), in.readLong()));
            }
            for (int left = in.readShort(); left > 0; left--) {
                five.views.put(in.readUTF(), in.readLong());
            }
            for (int left = in.readShort(); left > 0; left--) {
                Order order = new Order(in.readUTF(), in.readLong(), in.readLong());
                order.touched = in.readBoolean();
                order.refunded = in.readLong();
                five.orders.add(order);
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return five;
    }
}
