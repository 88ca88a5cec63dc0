// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import static dev.segue.event.FieldType.Scalar.DOUBLE;
import static dev.segue.event.FieldType.Scalar.INTEGER;
import static dev.segue.event.FieldType.Scalar.STRING;
import static dev.segue.event.FieldType.Scalar.TIMESTAMP;

import dev.segue.event.EventNames;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.ProfileFields;
import dev.segue.event.RecordType;
import dev.segue.event.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The streams of the language and the fields of their elements. */
public final class Streams {
    /** The stream of all events that the customer caused. */
    public static final String ACTIVITY = "activity";

    /** The current lines of the cart. */
    public static final String CART = "cart";

    /** The orders that are neither cancelled nor wholly refunded. */
    public static final String PURCHASE = "purchase";

    /** One element for each product line of the orders in {@link #PURCHASE}. */
    public static final String ITEM_BOUGHT = "item_bought";

    /** The ids of the customer. */
    public static final String CUSTOMER = "customer";

    /** The field of {@link #CUSTOMER} with the id under which the person goes on. */
    public static final String ID = "id";

    /** The field of {@link #CUSTOMER} with all ids of the person. */
    public static final String IDS = "ids";

    /** The field that every element has: when it happened; in the cart, when the line last changed. */
    public static final Field TIME = new Field("time", TIMESTAMP, "When it happened.");

    private static final Field HOUR = new Field("hour", INTEGER, "Hour of the day, 0 to 23, where the customer was.");
    private static final Field WEEKDAY = new Field("weekday", INTEGER, "Day of the week, 1 is Monday.");
    private static final Field DAY =
            new Field("day", INTEGER, "The date where the customer was, as days since 1970-01-01.");

    /** The fields that every event element has beside the event's own fields. */
    private static final List<Field> COMPUTED = List.of(TIME, HOUR, WEEKDAY, DAY);

    private static final Field AGE_DAYS =
            new Field("age_days", DOUBLE, "Days from the product's launched_at to the order; 0 if that is unset.");
    private static final Field QUANTITY =
            new Field("quantity", DOUBLE, "Pieces, or weight in the product's unit, that were kept; never 0.");
    private static final Field TYPE = new Field("type", STRING, "The event's type, such as order_completed.");

    private static final RecordType OF_CUSTOMER = new RecordType(
            CUSTOMER,
            List.of(
                    new Field(ID, STRING, "The id under which the person goes on."),
                    new Field(IDS, new FieldType.Listing(STRING), "All ids of the person, the customer's own first.")));

    /** The field of an element of {@link #byKey} with its key. */
    public static final String KEY = "key";

    /** The field by which the elements of each list are cut. */
    private static final Map<String, String> KEYS = Map.of(
            "by_product", "product_id",
            "by_category", "category",
            "by_session", "session_id",
            "by_order", "order_id");

    private final SortedMap<String, RecordType> elements = new TreeMap<>();
    private final SortedMap<String, RecordType> byKey = new TreeMap<>();
    private final RecordType profile;

    public Streams(Vocabulary vocabulary) {
        for (EventType type : vocabulary.types()) {
            elements.put(type.name(), element(type.record()));
        }
        List<Field> activity = new ArrayList<>(
                new EventType(ACTIVITY, List.of(), true).record().fields());
        activity.add(TYPE);
        elements.put(ACTIVITY, element(new RecordType(ACTIVITY, activity)));
        EventType added = vocabulary.find(EventNames.PRODUCT_ADDED);
        if (added != null) {
            elements.put(CART, cartLine(added));
        }
        EventType order = vocabulary.find(EventNames.ORDER_COMPLETED);
        if (order != null) {
            elements.put(
                    PURCHASE, element(new RecordType(PURCHASE, order.record().fields())));
            item(order).ifPresent(item -> elements.put(ITEM_BOUGHT, item));
        }
        EventType updated = vocabulary.find(EventNames.PROFILE_UPDATED);
        KEYS.forEach((name, field) -> {
            RecordType element = element(name, field);
            if (element.fields().size() > 1) {
                byKey.put(name, element);
            }
        });
        profile = new RecordType("profile", updated == null ? List.of() : ProfileFields.of(updated));
    }

    /** An element of by_product and the like has its key and every stream with that field. */
    private RecordType element(String name, String field) {
        List<Field> fields = new ArrayList<>(List.of(new Field(KEY, STRING, "The " + field + " of all its elements.")));
        elements.forEach((stream, record) -> {
            int slot = record.slot(field);
            if (slot >= 0 && record.fields().get(slot).type() == STRING) {
                fields.add(new Field(
                        stream,
                        new FieldType.Listing(new FieldType.Nested(record)),
                        "The elements of " + stream + " with this " + field + "."));
            }
        });
        return new RecordType(name, List.copyOf(fields));
    }

    /** Returns the element of each list that cuts the streams by a key, by the list's name. */
    SortedMap<String, RecordType> byKey() {
        return byKey;
    }

    /** Returns the field by which such a list cuts the streams. */
    static String keyOf(String list) {
        return Objects.requireNonNull(KEYS.get(list));
    }

    /** Returns the record of the profile: the fields of profile_updated, with country, city and time zone. */
    public RecordType profile() {
        return profile;
    }

    /** Returns the record of the customer: the ids. */
    static RecordType customer() {
        return OF_CUSTOMER;
    }

    /**
     * Returns the fields of a product line, whose quantity is net of refunds, and the order's time, coupon, channel and
     * id.
     */
    private static Optional<RecordType> item(EventType order) {
        int slot = order.record().slot("products");
        if (slot < 0
                || !(order.record().fields().get(slot).type() instanceof FieldType.Listing listing)
                || !(listing.element() instanceof FieldType.Nested product)) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        product.record().fields().stream()
                .filter(field -> !field.name().equals(QUANTITY.name()))
                .forEach(fields::add);
        fields.add(QUANTITY);
        List<Field> extras = new ArrayList<>(List.of(
                new Field("order_id", STRING, "The order's id."),
                new Field("coupon", STRING, "The order's coupon."),
                new Field("channel", STRING, "The order's channel."),
                AGE_DAYS));
        extras.addAll(COMPUTED);
        for (Field extra : extras) {
            if (product.record().slot(extra.name()) < 0) {
                fields.add(extra);
            }
        }
        return Optional.of(new RecordType(ITEM_BOUGHT, fields));
    }

    /** Returns the element type of each stream, by the stream's name. */
    public SortedMap<String, RecordType> elements() {
        return elements;
    }

    /** A cart line has the fields of product_added; its quantity is always a number. */
    private static RecordType cartLine(EventType added) {
        List<Field> fields = new ArrayList<>();
        for (Field field : added.ownFields()) {
            fields.add(field.name().equals("quantity") ? new Field("quantity", DOUBLE, field.doc()) : field);
        }
        fields.add(TIME);
        return new RecordType(CART, fields);
    }

    private static RecordType element(RecordType event) {
        List<Field> fields = new ArrayList<>(event.fields());
        for (Field computed : COMPUTED) {
            if (event.slot(computed.name()) < 0) {
                fields.add(computed);
            }
        }
        return new RecordType(event.name(), fields);
    }

    /** Returns whether a field of an event element is computed from its time. */
    public static boolean computed(String field) {
        return COMPUTED.stream().anyMatch(known -> known.name().equals(field));
    }
}
