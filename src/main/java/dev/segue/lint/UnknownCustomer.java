// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.ExpressionPlaces;
import dev.segue.definition.trigger.Sending;
import dev.segue.event.Vocabulary;
import dev.segue.plan.DependencyOrder;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.explain.Answer;
import dev.segue.plan.explain.Why;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.yaml.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates all definitions for a customer without data, at every instant at which the calendar can change a result. A
 * definition that holds only because of default values holds for every customer with missing data.
 */
final class UnknownCustomer {
    /** Earlier dates are in the past. */
    private static final long FROM = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

    /** Covers several years of several yearly dates. */
    private static final int MAX_INSTANTS = 400;

    private final List<Definition> definitions;
    private final Map<String, ExpressionPlaces> places;
    private final Why inquiry;
    private final Ranges filled;
    private final List<Problem> warnings;
    private final List<Problem> unguarded = new ArrayList<>();
    private List<Membership> memberships = List.of();
    private long now = FROM;
    private long next = CustomerState.NEVER;

    UnknownCustomer(CheckedDefinitions checked, Vocabulary vocabulary, PlanOptions options, List<Problem> warnings) {
        this.definitions = DependencyOrder.of(checked.definitions());
        this.places = checked.places();
        this.inquiry = new Why(vocabulary, options);
        this.filled = new Ranges(vocabulary).filled();
        this.warnings = warnings;
    }

    void report() {
        for (int instant = 0; instant < MAX_INSTANTS && now != CustomerState.NEVER; instant++) {
            next = CustomerState.NEVER;
            memberships = new ArrayList<>();
            definitions.forEach(this::check);
            now = next;
        }
        Warnings.addElsewhere(unguarded, warnings);
    }

    private void check(Definition definition) {
        Warnings found = new Warnings(places.get(definition.name()), warnings);
        if (definition.rule() instanceof DefinitionRule.Group group) {
            check(definition, group, found);
        } else if (definition.rule() instanceof DefinitionRule.Trait trait) {
            check(definition, trait, found);
        } else if (definition.rule() instanceof DefinitionRule.Segment segment) {
            check(definition, segment, found);
        } else if (definition.rule() instanceof DefinitionRule.Channel channel) {
            checkConsent(channel.sending(), found);
        } else if (definition.rule() instanceof DefinitionRule.Trigger trigger) {
            checkConsent(trigger.sending(), found);
        }
    }

    private void checkConsent(Sending sending, Warnings found) {
        Answer consent = sending.consent() == null ? null : evaluate(sending.consent());
        if (consent != null && holds(consent) && Guess.is(consent)) {
            warnOfCondition(consent, "every customer without data counts as having agreed", found);
        }
    }

    private void check(Definition definition, DefinitionRule.Segment segment, Warnings found) {
        Answer when = evaluate(segment.when());
        Expression until = segment.until();
        if (!holds(when)) {
            warnOfUnguarded(when, until == null ? List.of() : List.of(until), "the segment", found);
            return;
        }
        if (until != null && holds(evaluate(until))) {
            return;
        }
        enter(definition, definition.name(), null);
        if (Guess.is(when)) {
            warnOfCondition(when, "every customer without data is in the segment", found);
        }
    }

    /** The choices after a guessed one matter as soon as that one gets its guard. */
    private void check(Definition definition, DefinitionRule.Group group, Warnings found) {
        String taken = null;
        List<Expression> earlier = new ArrayList<>();
        for (Map.Entry<String, Expression> choice : group.choices().entrySet()) {
            Answer condition = evaluate(choice.getValue());
            String held = "'" + choice.getKey() + "'";
            if (holds(condition)) {
                if (taken == null) {
                    enter(definition, choice.getKey(), null);
                }
                if (!Guess.is(condition)) {
                    return;
                }
                warnOfCondition(
                        condition,
                        taken == null
                                ? "every customer without data is in " + held
                                : "once " + taken + " does not take every customer without data, " + held
                                        + " takes them",
                        found);
                taken = taken == null ? held : taken;
            } else {
                warnOfUnguarded(condition, earlier, held, found);
            }
            earlier.add(choice.getValue());
        }
    }

    private void check(Definition definition, DefinitionRule.Trait trait, Warnings found) {
        @Nullable Answer when = trait.when() == null ? null : evaluate(trait.when());
        if (when != null && !holds(when)) {
            warnOfUnguarded(when, List.of(), "the trait", found);
            return;
        }
        Answer value = evaluate(trait.value());
        if (value.value() == null || (when == null && value.value().equals(""))) {
            return;
        }
        enter(definition, definition.name(), value.value());
        if (when != null && Guess.is(when)) {
            warnOfCondition(when, "every customer without data is in the trait", found);
        } else if (Guess.is(value)) {
            warnOfValue(value, when, found);
        }
    }

    private Answer evaluate(Expression expression) {
        Answer part = inquiry.evaluateForUnknown(expression, memberships, now);
        next = Math.min(next, part.stableUntil());
        return part;
    }

    private static boolean holds(Answer condition) {
        return Boolean.TRUE.equals(condition.value());
    }

    private void enter(Definition definition, String segment, @Nullable Object value) {
        memberships.add(new Membership(segment, definition.version(), now, 0, null, value));
    }

    private void warnOfUnguarded(Answer condition, List<Expression> others, String held, Warnings of) {
        Warnings found = new Warnings(of.places(), unguarded);
        for (Answer part : Unguarded.in(condition, others)) {
            warn(
                    Guess.place(part).expression(),
                    true,
                    "customers without this value are in " + held + " if the other conditions hold",
                    found);
        }
    }

    private void warnOfCondition(Answer condition, String who, Warnings found) {
        Expression place = Guess.place(condition).expression();
        warn(place, !place.equals(condition.expression()), who, found);
    }

    /** @param inside whether the condition is part of another */
    private void warn(Expression condition, boolean inside, String who, Warnings found) {
        Guard guard = Guard.of(condition);
        String because = who + ", because " + defaults(condition) + ".";
        if (Facts.none(filled).and(condition, true) == null) {
            found.add(
                    condition,
                    because + " For others, this never holds." + filled.reason(condition.children())
                            + " If that is intended," + " write " + guard.missing() + ".");
            return;
        }
        String unless = guard.unless(condition);
        found.add(
                condition,
                because + " Write " + guard.before(condition) + "; if that is intended, write "
                        + (inside ? "(" + unless + ")" : unless) + ".");
    }

    private void warnOfValue(Answer value, @Nullable Answer when, Warnings found) {
        Guard guard = Guard.of(value.expression());
        found.add(
                value.expression(),
                "every customer without data has the value " + Guard.shown(value.value()) + ", because "
                        + defaults(value.expression()) + ". Write "
                        + (when == null ? "when: " + guard.text() : guard.before(when.expression()) + " after 'when:'")
                        + ".");
    }

    /** Names the first default value that the result depends on. */
    private String defaults(Expression expression) {
        DefaultValues.Read first = DefaultValues.in(expression).findFirst().orElseThrow();
        Object value = evaluate(first.expression()).value();
        return "'" + first.expression().text() + "' defaults to " + Guard.shown(value);
    }
}
