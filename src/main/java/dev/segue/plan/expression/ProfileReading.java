// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import dev.segue.event.OriginPrecedence;
import dev.segue.plan.state.ProfileState;
import dev.segue.value.Values;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A field of the profile; the type's zero if it was never stated.
 *
 * @param field its name, or {@code field/part} for a key of a map or a field of a record
 */
record ProfileReading(int aggregate, String field, OriginPrecedence origins, Object zero, String text)
        implements Reading {
    @Override
    public Object value(Frame frame) {
        Object value = find(frame, aggregate, field, origins);
        return value == null ? zero : Values.readable(value);
    }

    private static @Nullable Object find(Frame frame, int aggregate, String field, OriginPrecedence origins) {
        return frame.find(aggregate) instanceof ProfileState profile ? profile.value(field, origins) : null;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        action.accept(aggregate);
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, false);
    }

    /** Tests whether a field is set. */
    record IsSet(int aggregate, String field, OriginPrecedence origins, String text) implements Reading {
        @Override
        public Object value(Frame frame) {
            return find(frame, aggregate, field, origins) != null;
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(aggregate);
        }

        @Override
        public Evidence evidence(Frame frame) {
            return new Evidence(text, value(frame), false, false);
        }
    }

    /** One entry of a map of mixed values; it has no value, and no evidence, if it is missing. */
    record Entry(int aggregate, String map, String key, OriginPrecedence origins, String text)
            implements Reading, Node.Entry {
        @Override
        public @Nullable Object find(Frame frame) {
            return ProfileReading.find(frame, aggregate, map + "/" + key, origins);
        }

        @Override
        public Object value(Frame frame) {
            Object value = find(frame);
            if (value == null) {
                throw MapEntry.missing(key);
            }
            return value;
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(aggregate);
        }

        @Override
        public Evidence evidence(Frame frame) {
            return new Evidence(text, value(frame), false, false);
        }
    }
}
