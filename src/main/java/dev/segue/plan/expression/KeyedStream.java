// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Pipeline;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream split into groups that each have their own aggregates.
 *
 * @param source the stream that is split into groups
 * @param narrowing the time-dependent steps with which every reading inside a group begins
 * @param inner collects the aggregates of each group
 */
record KeyedStream(String source, List<Pipeline.Step> narrowing, AggregateNeeds inner) {
    /** Returns a pipeline inside a group, prefixed with the steps that narrow the groups. */
    Pipeline whole(Pipeline inside) {
        List<Pipeline.Step> steps = new ArrayList<>(narrowing);
        steps.addAll(inside.steps());
        return new Pipeline(inside.source(), true, List.copyOf(steps));
    }
}
