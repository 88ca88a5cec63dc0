// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.reduction.Reductions;
import dev.segue.plan.explain.WakeDescription.Kind;
import dev.segue.plan.expression.CountComparison;
import dev.segue.plan.need.ElementNeeds;
import dev.segue.plan.need.GroupNeeds;
import dev.segue.plan.need.MayFail;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the ways in which time alone can change a definition's result. */
final class WakeFinder {
    private final Set<WakeDescription> found = new LinkedHashSet<>();
    /** The stream whose groups are read, as written. */
    private String grouped = "";

    static List<WakeDescription> of(Definition definition) {
        WakeFinder finder = new WakeFinder();
        DefinitionParts.deciding(definition).values().forEach(finder::visit);
        if (definition.rule() instanceof DefinitionRule.Segment segment) {
            if (segment.holdFor() != null) {
                long held = segment.holdFor().millis();
                finder.found.add(WakeDescription.plain(Kind.HELD, "when", held));
            }
            if (segment.cooldown() != null) {
                long cooldown = segment.cooldown().millis();
                finder.found.add(WakeDescription.plain(Kind.LEFT, definition.name(), cooldown));
            }
        }
        return List.copyOf(finder.found);
    }

    private void visit(Expression expression) {
        if (GroupNeeds.in(expression) instanceof Expression.Groups about) {
            grouped = stream(about.pipeline());
        }
        if (expression instanceof Call call && counted(call)) {
            return;
        }
        if (expression instanceof Reading reading) {
            steps(reading.pipeline());
            if (reading.reduction() == Reductions.OVERDUE) {
                found.add(new WakeDescription(Kind.OVERDUE, reading.pipeline().text(), 0, 0, "", reading.factor()));
            }
        } else if (expression instanceof Expression.Groups groups) {
            steps(groups.pipeline());
        } else if (expression instanceof Expression.Calendar calendar) {
            found.add(WakeDescription.plain(Kind.CALENDAR, calendar.text(), calendar.days() * 86_400_000L));
        }
        expression.children().forEach(this::visit);
    }

    /** Each element that crosses a window border may change the value. */
    private void steps(Pipeline pipeline) {
        for (int index = 0; index < pipeline.steps().size(); index++) {
            Pipeline.Step step = pipeline.steps().get(index);
            if (step instanceof Pipeline.Within within) {
                found.add(WakeDescription.each(stream(pipeline), within.window().millis()));
            } else if (step instanceof Pipeline.Before before) {
                found.add(WakeDescription.each(stream(pipeline), before.age().millis()));
            } else if (step instanceof Pipeline.Unanswered unanswered) {
                found.add(WakeDescription.each(
                        stream(pipeline.first(index)), unanswered.gap().millis()));
            } else if (step instanceof Pipeline.After after) {
                steps(after.other());
            }
        }
    }

    /** A count that is compared with a constant and moves in one direction wakes only when it crosses the constant. */
    private boolean counted(Call call) {
        CountComparison.Operator operator = CountComparison.Operator.of(call.function());
        if (operator == null) {
            return false;
        }
        Expression left = call.arguments().get(0);
        Expression right = call.arguments().get(1);
        if (left instanceof Reading reading && right instanceof Literal constant) {
            return counted(reading, operator, constant);
        }
        return right instanceof Reading reading
                && left instanceof Literal constant
                && counted(reading, operator.mirrored(), constant);
    }

    private boolean counted(Reading reading, CountComparison.Operator operator, Literal constant) {
        Kind kind = direction(reading);
        if (kind == null || !(constant.value() instanceof Long number)) {
            return false;
        }
        long after = length(reading.pipeline());
        Expression.Lambda projection = reading.projection();
        String distinct = reading.reduction() == Reductions.DISTINCT_COUNT && projection != null
                ? projection.body().text()
                : "";
        for (long rank : operator.crossings(number)) {
            found.add(new WakeDescription(kind, stream(reading.pipeline()), after, rank, distinct, 0));
        }
        return true;
    }

    /** Returns the end of the stream that the window border reaches first; null if the count is not that simple. */
    private static @Nullable Kind direction(Reading reading) {
        boolean counts = reading.reduction() == Reductions.COUNT || reading.reduction() == Reductions.DISTINCT_COUNT;
        if (!counts || ElementNeeds.needsElements(reading) || mayLackAValue(reading)) {
            return null;
        }
        List<Pipeline.Step> timed = reading.pipeline().steps().stream()
                .filter(step -> !(step instanceof Pipeline.Filter))
                .toList();
        if (timed.stream().allMatch(step -> step instanceof Pipeline.Within || untimed(step))) {
            return timed.stream().anyMatch(step -> step instanceof Pipeline.Within) ? Kind.LATEST : null;
        }
        boolean ages = timed.stream().allMatch(step -> step instanceof Pipeline.Before);
        return ages && reading.reduction() == Reductions.COUNT ? Kind.OLDEST : null;
    }

    /** An element without a value makes the count fail until it crosses the border, whatever its rank. */
    private static boolean mayLackAValue(Reading reading) {
        return (reading.projection() != null && MayFail.is(reading.projection().body()))
                || reading.pipeline().steps().stream()
                        .anyMatch(step -> step instanceof Pipeline.Filter filter
                                && MayFail.is(filter.condition().body()));
    }

    private static boolean untimed(Pipeline.Step step) {
        return step instanceof Pipeline.Last
                || (step instanceof Pipeline.After after
                        && !ElementNeeds.needsElements(after.other())
                        && after.other().steps().stream()
                                .allMatch(inner -> inner instanceof Pipeline.Filter || untimed(inner)));
    }

    private static long length(Pipeline pipeline) {
        List<Long> windows = new ArrayList<>();
        List<Long> ages = new ArrayList<>();
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Within within) {
                windows.add(within.window().millis());
            } else if (step instanceof Pipeline.Before before) {
                ages.add(before.age().millis());
            }
        }
        return windows.stream()
                .min(Long::compare)
                .orElseGet(() -> ages.stream().max(Long::compare).orElse(0L));
    }

    /** Returns the stream without its windows, as written. */
    private String stream(Pipeline pipeline) {
        return (pipeline.group() && !pipeline.isOfKey() ? grouped : pipeline.stream())
                + pipeline.steps().stream()
                        .filter(step -> !(step instanceof Pipeline.Within || step instanceof Pipeline.Before))
                        .map(step -> "." + step.text())
                        .collect(Collectors.joining());
    }
}
