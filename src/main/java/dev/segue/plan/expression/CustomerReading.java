// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Streams;
import dev.segue.event.Evidence;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What an expression reads of the customer's ids. They are no aggregate, because no event adds to them;
 * {@link AggregateNeeds#customerIds} stands for them where others have the id of an aggregate.
 *
 * @param inner the readings from which the node computes the value
 */
record CustomerReading(Node node, List<Reading> inner, String text) implements Reading {
    /** Returns whether an expression is a field of the customer, or computed of the list of ids alone. */
    static boolean reads(Expression expression) {
        if (expression instanceof Expression.Comprehension loop) {
            return reads(loop.range());
        }
        return expression instanceof Expression.Reduce reduce
                ? reads(reduce.list())
                : expression instanceof Select select && select.operand() instanceof Expression.Customer;
    }

    /** Returns the reading of one field. */
    static CustomerReading of(Select select) {
        Node field = select.field().equals(Streams.IDS)
                ? frame -> frame.state().ids()
                : frame -> frame.state().customerId();
        return new CustomerReading(field, List.of(), select.text());
    }

    @Override
    public Object value(Frame frame) {
        return node.value(frame);
    }

    @Override
    public long stableUntil(Frame frame) {
        return node.stableUntil(frame);
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        action.accept(AggregateNeeds.customerIds());
        inner.forEach(reading -> reading.forEachAggregate(action));
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, false);
    }
}
