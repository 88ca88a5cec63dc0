// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import dev.segue.plan.state.ProfileState;
import dev.segue.value.Values;
import java.util.function.IntConsumer;

/** A field of the profile; the type's zero if it was never stated. */
record ProfileReading(int aggregate, String field, Object zero, String text) implements Reading {
    @Override
    public Object value(Frame frame) {
        Object value = frame.find(aggregate) instanceof ProfileState profile ? profile.value(field) : null;
        return value == null ? zero : Values.readable(value);
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
    record IsSet(int aggregate, String field, String text) implements Reading {
        @Override
        public Object value(Frame frame) {
            return frame.find(aggregate) instanceof ProfileState profile && profile.value(field) != null;
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
