// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.CommonFields;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.RecordType;
import dev.segue.serde.event.FieldTypes.Unreadable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * One event type and its Avro schema.
 *
 * @param schema a record whose name in snake_case is the type's name
 */
record EventSchema(EventType type, Schema schema) {
    /**
     * The schema property that is false for events that happen to a customer; all others count as the customer's
     * activity.
     */
    private static final String ACTIVITY = "segue.activity";

    /** Names with another meaning in expressions or JSON lines. */
    private static final Set<String> RESERVED = Set.of("type", "customer_id", "time", "hour", "weekday", "day");

    private static final List<Field> COMMON =
            new EventType("common", List.of(), true).record().fields();

    static EventSchema of(Schema schema) throws Unreadable {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new Unreadable(
                    "an event schema is a record, not " + schema.getType().getName());
        }
        for (Field common : COMMON) {
            checkCommon(schema, common);
        }
        for (Schema.Field field : schema.getFields()) {
            if (RESERVED.contains(field.name())) {
                throw new Unreadable("field '" + field.name() + "' has a name that the language reserves");
            }
        }
        List<Field> own = new FieldTypes().optionalFields(schema, Set.copyOf(CommonFields.NAMES));
        return new EventSchema(new EventType(snakeCase(schema.getName()), own, activity(schema)), schema);
    }

    private static void checkCommon(Schema schema, Field common) throws Unreadable {
        Schema.Field field = schema.getField(common.name());
        boolean required = common.name().equals("event_id") || common.name().equals("occurred_at");
        if (field == null) {
            if (required) {
                throw new Unreadable(
                        "field '" + common.name() + "' (" + common.type().describe() + ") is missing");
            }
            return;
        }
        FieldType type = new FieldTypes().of(field);
        if (!covers(common.type(), type)) {
            throw new Unreadable("field '" + common.name() + "' must be "
                    + common.type().describe() + " in every event, not " + type.describe()
                    + (common.type() instanceof FieldType.Nested nested ? fieldNames(nested.record()) : ""));
        }
        if (required == field.schema().isNullable()) {
            throw new Unreadable("field '" + common.name() + "' must " + (required ? "not " : "") + "be nullable");
        }
    }

    /**
     * Returns true if a field of a schema matches a common field: equal type, or a record whose fields are a subset.
     */
    private static boolean covers(FieldType common, FieldType found) {
        if (common instanceof FieldType.Nested wanted && found instanceof FieldType.Nested nested) {
            return nested.record().fields().stream().allMatch(field -> {
                int slot = wanted.record().slot(field.name());
                return slot >= 0 && covers(wanted.record().fields().get(slot).type(), field.type());
            });
        }
        return common.equals(found);
    }

    private static String fieldNames(RecordType record) {
        return " with other fields than "
                + String.join(", ", record.fields().stream().map(Field::name).toList());
    }

    private static boolean activity(Schema schema) throws Unreadable {
        Object activity = schema.getObjectProp(ACTIVITY);
        if (activity == null) {
            return true;
        }
        if (activity instanceof Boolean flag) {
            return flag;
        }
        throw new Unreadable("\"" + ACTIVITY + "\" must be true or false, not " + activity);
    }

    /** {@code OrderCompleted} becomes {@code order_completed}. */
    static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
                .toLowerCase(Locale.ROOT);
    }
}
