// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.event.Vocabulary;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of the streams' elements for CEL, and the conversion of events to values of these types. */
@SuppressWarnings("Immutable") // Its maps are not changed once it is built.
final class Shapes implements CelTypeProvider {
    /** The result types of most(), by the type of the values. */
    static final Map<String, Scalar> TALLIES = Map.of(
            "most_string", Scalar.STRING,
            "most_int", Scalar.INTEGER,
            "most_double", Scalar.DOUBLE,
            "most_bool", Scalar.BOOLEAN);

    private static final Pattern OFFSET =
            Pattern.compile("(?:UTC|GMT)?([+-])([0-9]{1,2})(?::([0-9]{2}))?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> SHORT = Map.of("EST", -5, "MST", -7, "HST", -10);

    private final Map<String, StructType> structs = new LinkedHashMap<>();
    private final Map<String, StructType> streams = new TreeMap<>();
    private final Map<String, StructType> keyed = new TreeMap<>();
    private final StructType profile;
    private final StructType customer;
    private final ZoneId configured;
    private final List<String> origins;
    private final Map<String, ZoneId> zones = new HashMap<>();

    /** @param origins the origins of profile data, the one that prevails first */
    Shapes(Vocabulary vocabulary, ZoneId configured, List<String> origins) {
        this.configured = configured;
        this.origins = origins;
        for (EventType type : vocabulary.types()) {
            streams.put(type.name(), struct(type.name(), withTimes(type.record().fields())));
        }
        List<Field> common = new ArrayList<>(
                new EventType("activity", List.of(), true).record().fields());
        common.add(new Field("type", Scalar.STRING, ""));
        streams.put("activity", struct("activity", withTimes(common)));
        List<Field> line = new ArrayList<>(vocabulary.get("product_added").ownFields());
        line.add(new Field("time", Scalar.TIMESTAMP, ""));
        streams.put("cart", struct("cart", line));
        streams.put(
                "purchase",
                struct(
                        "purchase",
                        withTimes(vocabulary.get("order_completed").record().fields())));
        streams.put("item_bought", struct("item_bought", withTimes(item(vocabulary.get("order_completed")))));
        for (String name : KeyedStreams.FIELDS.keySet()) {
            StructType type = KeyedStreams.type(name, streams);
            keyed.put(name, type);
            structs.put(name, type);
        }
        profile = struct("profile", profile(vocabulary.get("profile_updated")));
        customer = struct(
                "customer",
                List.of(
                        new Field("id", Scalar.STRING, ""),
                        new Field("ids", new FieldType.Listing(Scalar.STRING), "")));
        struct(OracleFacts.TYPE, ProductFacts.TYPE.fields());
        TALLIES.forEach((name, value) -> struct(
                name,
                List.of(
                        new Field("value", value, ""),
                        new Field("count", Scalar.INTEGER, ""),
                        new Field("share", Scalar.DOUBLE, ""))));
    }

    /** The fields of a product line, with those of its order. */
    private static List<Field> item(EventType order) {
        Field products = order.record().fields().get(order.record().slot("products"));
        FieldType product = ((FieldType.Listing) products.type()).element();
        List<Field> fields =
                new ArrayList<>(((FieldType.Nested) product).record().fields());
        fields.removeIf(field -> field.name().equals("quantity"));
        fields.add(new Field("quantity", Scalar.DOUBLE, ""));
        for (String ofOrder : List.of("order_id", "coupon", "channel")) {
            if (fields.stream().noneMatch(field -> field.name().equals(ofOrder))) {
                fields.add(new Field(ofOrder, Scalar.STRING, ""));
            }
        }
        fields.add(new Field("age_days", Scalar.DOUBLE, ""));
        return fields;
    }

    private static List<Field> profile(EventType updated) {
        List<Field> fields = new ArrayList<>(updated.ownFields());
        fields.removeIf(field -> List.of("cleared", "origin").contains(field.name()));
        updated.record().fields().stream()
                .filter(field -> List.of("country", "city", "timezone").contains(field.name()))
                .forEach(fields::add);
        return fields;
    }

    private static List<Field> withTimes(List<Field> fields) {
        List<Field> all = new ArrayList<>(fields);
        all.add(new Field("time", Scalar.TIMESTAMP, ""));
        all.add(new Field("hour", Scalar.INTEGER, ""));
        all.add(new Field("weekday", Scalar.INTEGER, ""));
        all.add(new Field("day", Scalar.INTEGER, ""));
        return all;
    }

    private StructType struct(String name, List<Field> fields) {
        ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
        fields.forEach(field -> types.put(field.name(), type(field.type())));
        ImmutableMap<String, CelType> built = types.buildOrThrow();
        StructType struct = StructType.create(name, built.keySet(), field -> Optional.ofNullable(built.get(field)));
        structs.put(name, struct);
        return struct;
    }

    private CelType type(FieldType type) {
        if (type instanceof FieldType.Nested nested) {
            StructType known = structs.get(nested.record().name());
            return known != null
                    ? known
                    : struct(nested.record().name(), nested.record().fields());
        }
        if (type instanceof FieldType.Listing listing) {
            return ListType.create(type(listing.element()));
        }
        if (type instanceof FieldType.Mapping mapping) {
            return MapType.create(SimpleType.STRING, type(mapping.value()));
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> SimpleType.BOOL;
            case INTEGER -> SimpleType.INT;
            case DOUBLE, DECIMAL -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
            case MIXED -> SimpleType.DYN;
        };
    }

    /** The element types by the streams' names. */
    Map<String, StructType> streams() {
        return streams;
    }

    /** The element types of the lists with one element a key, by the lists' names. */
    Map<String, StructType> keyed() {
        return keyed;
    }

    List<String> origins() {
        return origins;
    }

    StructType profile() {
        return profile;
    }

    StructType customer() {
        return customer;
    }

    /** The record type of that name. */
    StructType struct(String name) {
        return structs.get(name);
    }

    /** The default for an unset value of a type. */
    static Object zero(CelType type) {
        if (type instanceof StructType struct) {
            return new Element(struct, Map.of());
        }
        return switch (type.kind()) {
            case LIST -> List.of();
            case MAP -> Map.of();
            case BOOL -> false;
            case INT -> 0L;
            case DOUBLE -> 0.0;
            case STRING -> "";
            case TIMESTAMP -> Instant.EPOCH;
            default -> throw new IllegalArgumentException("no zero of " + type);
        };
    }

    /** An event as an element of a stream. */
    Element element(String stream, Event event) {
        StructType type = streams.get(stream);
        Map<String, Object> values = new TreeMap<>();
        set(event.fields()).forEach((name, value) -> {
            if (type.findField(name).isPresent()) {
                values.put(name, value);
            }
        });
        values.putAll(times(event));
        if (stream.equals("activity")) {
            values.put("type", event.type().name());
        }
        return new Element(type, values);
    }

    /** The time fields of an event, in the event's own time zone. */
    Map<String, Object> times(Event event) {
        Instant time = Instant.ofEpochMilli(event.time());
        ZonedDateTime local = time.atZone(zone(event.fields().get(CommonFields.TIMEZONE)));
        return Map.of(
                "time",
                time,
                "hour",
                (long) local.getHour(),
                "weekday",
                (long) local.getDayOfWeek().getValue(),
                "day",
                ChronoUnit.DAYS.between(LocalDate.EPOCH, local.toLocalDate()));
    }

    /** The time zone with that name or offset; the configured one if there is none. */
    ZoneId zone(@Nullable Object name) {
        return name instanceof String text ? zones.computeIfAbsent(text.trim(), this::find) : configured;
    }

    private ZoneId find(String text) {
        Matcher offset = OFFSET.matcher(text);
        if (offset.matches()) {
            int minutes = Integer.parseInt(offset.group(2)) * 60
                    + (offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3)));
            return ZoneOffset.ofTotalSeconds(60 * (offset.group(1).equals("-") ? -minutes : minutes));
        }
        if (SHORT.containsKey(text.toUpperCase(Locale.ROOT))) {
            return ZoneOffset.ofHours(SHORT.get(text.toUpperCase(Locale.ROOT)));
        }
        return ZoneId.getAvailableZoneIds().stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .map(ZoneId::of)
                .orElse(text.equalsIgnoreCase("z") ? ZoneOffset.UTC : configured);
    }

    /** The set fields of a record, in CEL's classes. */
    Map<String, Object> set(Fields fields) {
        Map<String, Object> values = new TreeMap<>();
        for (Field field : fields.type().fields()) {
            Object value = fields.get(field.name());
            if (value != null) {
                values.put(field.name(), plain(value));
            }
        }
        return values;
    }

    private Object plain(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        if (value instanceof Fields fields) {
            return new Element(structs.get(fields.type().name()), set(fields));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new TreeMap<>();
            map.forEach((key, part) -> plain.put((String) key, plain(part)));
            return plain;
        }
        return value;
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(structs.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name));
    }
}
