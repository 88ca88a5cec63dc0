// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The type of a field, with the Java class of its values. The value of an unset field is {@code null}; expressions then
 * read {@link Fields#zero}.
 */
public sealed interface FieldType {

    /** The name of the type in error messages. */
    String describe();

    /** Returns true for a record, and for a list or map of records. */
    default boolean holdsRecord() {
        return false;
    }

    /** Types without parts. Set values are Boolean, Long, Double, {@link BigDecimal} (scale 4: money and other exact
     * decimals, which the language reads as doubles), String, {@link Instant} and {@link Duration}. */
    enum Scalar implements FieldType {
        BOOLEAN("boolean"),
        INTEGER("whole number"),
        DOUBLE("number"),
        DECIMAL("decimal"),
        STRING("string"),
        /**
         * A value of a map whose values differ in type: a String, Double or Boolean. Expressions read it as one of the
         * three; see {@link #MIXABLE}.
         */
        MIXED("text, number or flag"),
        TIMESTAMP("timestamp"),
        /** Only expressions have this type; fields do not. */
        DURATION("duration");

        /** The types of the values of {@link #MIXED}. */
        public static final List<Scalar> MIXABLE = List.of(STRING, DOUBLE, BOOLEAN);

        private final String description;

        Scalar(String description) {
            this.description = description;
        }

        /** The value that expressions read if a field is unset: {@code ''}, {@code 0}, {@code false}, the epoch. */
        Object zero() {
            return switch (this) {
                case BOOLEAN -> false;
                case INTEGER -> 0L;
                case DOUBLE, DECIMAL -> 0.0;
                case STRING, MIXED -> "";
                case TIMESTAMP -> Instant.EPOCH;
                case DURATION -> Duration.ZERO;
            };
        }

        @Override
        public String describe() {
            return description;
        }
    }

    /** A value with named fields of its own; a set value is a {@link Fields}. */
    record Nested(RecordType record) implements FieldType {
        @Override
        public String describe() {
            return record.name();
        }

        @Override
        public boolean holdsRecord() {
            return true;
        }
    }

    /** An ordered list; a set value is a {@link List} without nulls. */
    record Listing(FieldType element) implements FieldType {
        @Override
        public String describe() {
            return "list of " + element.describe();
        }

        @Override
        public boolean holdsRecord() {
            return element.holdsRecord();
        }
    }

    /** A map with string keys; a set value is a {@link Map} without nulls. */
    record Mapping(FieldType value) implements FieldType {
        @Override
        public String describe() {
            return "map of " + value.describe();
        }

        @Override
        public boolean holdsRecord() {
            return value.holdsRecord();
        }
    }
}
