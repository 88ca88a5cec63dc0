// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Operators;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what expressions read of the profile. Of a record and of a map of mixed values only the part that is asked
 * for is read, so that evidence does not show the rest of it.
 */
final class ProfileReadings {
    private final AggregateNeeds aggregates;

    ProfileReadings(AggregateNeeds aggregates) {
        this.aggregates = aggregates;
    }

    /** The customer's time zone. */
    ProfileReading timeZone() {
        return reading("timezone", Scalar.STRING, "profile.timezone");
    }

    /** The reading of this expression; null if it is none. */
    @Nullable
    Reading of(Expression expression) {
        if (expression instanceof Select select) {
            return of(select);
        }
        if (expression instanceof Expression.Has has) {
            String field = has.operand() instanceof Expression.Profile
                    ? has.field()
                    : hasReadParts(has.operand()) ? part(has.operand(), has.field()) : null;
            return field == null ? null : isSet(field, has.text());
        }
        if (!(expression instanceof Call call)) {
            return null;
        }
        if (call.function().equals(Operators.INDEX)
                && isMixed(call.arguments().get(0))
                && call.arguments().get(1) instanceof Literal key) {
            return entry(call.arguments().get(0), key.value().toString(), call.text());
        }
        boolean presence = call.function().equals(Operators.IN)
                && isMixed(call.arguments().get(1))
                && call.arguments().get(0) instanceof Literal;
        return presence
                ? isSet(
                        part(
                                call.arguments().get(1),
                                ((Literal) call.arguments().get(0)).value().toString()),
                        call.text())
                : null;
    }

    private @Nullable Reading of(Select select) {
        if (select.operand() instanceof Expression.Profile) {
            return reading(select.field(), select.type(), select.text());
        }
        if (isMixed(select.operand())) {
            return entry(select.operand(), select.field(), select.text());
        }
        return hasReadParts(select.operand())
                ? reading(part(select.operand(), select.field()), select.type(), select.text())
                : null;
    }

    /** The reading of an attribute; null if it is not one of the profile. */
    ProfileReading.@Nullable Entry of(Expression.Attribute attribute) {
        return isMixed(attribute.map()) ? entry(attribute.map(), attribute.key(), attribute.text()) : null;
    }

    private ProfileReading reading(String field, FieldType type, String text) {
        return new ProfileReading(aggregates.profile(), field, aggregates.precedence(), Fields.zero(type), text);
    }

    private Reading isSet(String field, String text) {
        return new ProfileReading.IsSet(aggregates.profile(), field, aggregates.precedence(), text);
    }

    private ProfileReading.Entry entry(Expression map, String key, String text) {
        return new ProfileReading.Entry(
                aggregates.profile(), ((Select) map).field(), key, aggregates.precedence(), text);
    }

    private static String part(Expression field, String part) {
        return ((Select) field).field() + "/" + part;
    }

    private static boolean hasReadParts(Expression field) {
        return isField(field) && (field.type() instanceof FieldType.Nested || isMixed(field));
    }

    private static boolean isMixed(Expression field) {
        return isField(field) && field.type() instanceof FieldType.Mapping mapping && mapping.value() == Scalar.MIXED;
    }

    private static boolean isField(Expression expression) {
        return expression instanceof Select select && select.operand() instanceof Expression.Profile;
    }
}
