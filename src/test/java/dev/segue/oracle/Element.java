// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.StructValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A record as CEL's runtime sees it: an event, a line of the cart, or a part of one. Unset fields read as zero. */
@SuppressWarnings("Immutable") // Its map is never changed.
final class Element extends StructValue<String, Element> {
    private final StructType type;
    private final Map<String, Object> values;
    private final long arrival;

    /** @param values the fields that are set, in CEL's own classes */
    Element(StructType type, Map<String, Object> values) {
        this(type, values, -1);
    }

    private Element(StructType type, Map<String, Object> values, long arrival) {
        this.type = type;
        this.values = values;
        this.arrival = arrival;
    }

    /** @param number orders the elements of all streams of one time */
    Element arrived(long number) {
        return new Element(type, values, number);
    }

    /** Returns whether this element comes before another one, by (time, arrival). */
    boolean precedes(Element other) {
        if (arrival < 0 || other.arrival < 0) {
            throw new IllegalStateException("an element without a place among the arrivals: " + this + ", " + other);
        }
        return time() < other.time() || (time() == other.time() && arrival < other.arrival);
    }

    @Override
    public Object select(String field) {
        Object value = values.get(field);
        return value == null ? Shapes.zero(type.findField(field).orElseThrow().type()) : value;
    }

    @Override
    public Optional<Object> find(String field) {
        return Optional.ofNullable(values.get(field));
    }

    /** The time of the event, in milliseconds since the epoch. */
    long time() {
        return ((Instant) values.get("time")).toEpochMilli();
    }

    /** The fields that are set. */
    Map<String, Object> set() {
        return values;
    }

    /** All fields by name, unset ones with their defaults. */
    Map<String, Object> plain() {
        Map<String, Object> plain = new TreeMap<>();
        type.fieldNames().forEach(field -> plain.put(field, select(field)));
        return plain;
    }

    @Override
    public Element value() {
        return this; // CEL unwraps what a function gives, and must get a record back.
    }

    @Override
    public boolean isZeroValue() {
        return values.isEmpty();
    }

    @Override
    public CelType celType() {
        return type;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Element that && type.name().equals(that.type.name()) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return type.name() + values;
    }
}
