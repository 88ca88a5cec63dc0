// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.DecisionText;
import dev.segue.cli.text.ProblemText;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Operators;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.explain.Answer;
import dev.segue.plan.explain.EventsBehind;
import dev.segue.plan.explain.EvidenceText;
import dev.segue.plan.explain.Missing;
import dev.segue.plan.explain.Why;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.Waiting;
import dev.segue.plan.trigger.Pending;
import dev.segue.value.CountText;
import dev.segue.value.ValueText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Explains in words why one customer is or is not in a segment. */
final class WhyText {
    private static final int SHOWN = 3;
    private static final int FLAWS_SHOWN = 10;
    private static final int DECISIONS_SHOWN = 20;

    private final Definition definition;
    private final CustomerHistory history;
    private final PrintWriter out;
    private final EventsBehind behind;
    private final Map<String, Answer> parts = new LinkedHashMap<>();

    WhyText(Definition definition, CustomerHistory history, Why inquiry, PrintWriter out) {
        this.definition = definition;
        this.history = history;
        this.out = out;
        this.behind = inquiry.behind(history.state(), history.now());
        DefinitionParts.of(definition)
                .forEach((key, expression) ->
                        parts.put(key, inquiry.evaluate(expression, history.state(), history.now())));
    }

    void print() {
        Membership membership = membership();
        String person = history.state().customerId();
        if (!person.equals(history.asked())) {
            out.println(history.asked() + " is one person with " + person + ", and goes on under that id.");
        }
        out.println(headline(membership));
        out.println("Evaluated at " + ValueText.instant(history.now()) + ", after "
                + count(history.events().size(), "event")
                + (history.duplicates() == 0 ? "" : " and " + count(history.duplicates(), "duplicate"))
                + (history.later() == 0 ? "" : "; " + count(history.later(), "later event") + " ignored") + ".");
        parts.forEach((key, part) -> {
            out.println();
            print(key + ": ", part, "");
        });
        out.println();
        if (comparesCustomers()) {
            out.println(
                    "A percentile compares the customer with all others: only the running processor knows it, and it is"
                            + " in the evidence of the last change.");
        }
        if (asksAboutProducts()) {
            out.println(
                    "What is known of products is not part of the events: only the running processor knows it. Here all"
                            + " fields of product() are unset.");
        }
        if (definition.isAboutSending()) {
            printDecisions();
        } else {
            printMissing(membership);
            printUpcoming();
        }
        printFlaws();
    }

    private void printDecisions() {
        List<TriggerDecision> decisions = history.decisions(definition.name());
        if (!decisions.isEmpty()) {
            out.println("What it decided:");
            int first = Math.max(0, decisions.size() - DECISIONS_SHOWN);
            decisions
                    .subList(first, decisions.size())
                    .forEach(decision -> out.println("  " + DecisionText.of(decision)));
            if (first > 0) {
                out.println("  and " + first + " earlier");
            }
        }
        List<TriggerDecision> upcoming = history.upcomingDecisions(definition.name());
        out.println(upcoming.isEmpty() ? "If no event comes, it decides nothing more." : "If no event comes:");
        upcoming.forEach(decision -> out.println("  " + DecisionText.of(decision)));
    }

    private boolean asksAboutProducts() {
        return DefinitionParts.asksAboutProducts(definition);
    }

    private boolean comparesCustomers() {
        return parts.values().stream().anyMatch(part -> compares(part.expression()));
    }

    private static boolean compares(Expression expression) {
        return expression instanceof Expression.Percentile
                || expression.children().stream().anyMatch(WhyText::compares);
    }

    private void printFlaws() {
        List<CustomerHistory.Flaw> flaws = history.flaws();
        if (flaws.isEmpty()) {
            return;
        }
        out.println();
        out.println("Some event data could not be used:");
        int first = Math.max(0, flaws.size() - FLAWS_SHOWN);
        for (CustomerHistory.Flaw flaw : flaws.subList(first, flaws.size())) {
            out.println("  " + line(flaw.event()) + "  " + ProblemText.of(flaw.problem()));
        }
        if (first > 0) {
            out.println("  and " + first + " earlier");
        }
    }

    private static String count(long number, String thing) {
        return CountText.of(number, thing);
    }

    private @Nullable Membership membership() {
        for (Membership membership : history.state().memberships()) {
            if (definition.segments().contains(membership.segment())) {
                return membership;
            }
        }
        return null;
    }

    private String headline(@Nullable Membership membership) {
        String who = history.state().customerId();
        if (membership != null) {
            boolean trait = definition.rule() instanceof DefinitionRule.Trait;
            return who + (trait ? " has " : " is in ") + membership.segment()
                    + (trait && membership.value() != null ? " " + ValueText.of(membership.value()) : "") + " since "
                    + ValueText.instant(membership.enteredAt()) + ", by version " + membership.version() + ".";
        }
        if (definition.isAboutSending()) {
            Pending pending = history.state().activations().pending(definition.name());
            return (pending == null
                            ? "Nothing waits to be sent to " + who + " by " + definition.name()
                            : definition.name() + " wants to send to " + who + " since "
                                    + ValueText.instant(pending.startedAt()) + ", and is " + pending.decision())
                    + " (version " + definition.version() + ").";
        }
        if (comparesCustomers()) {
            return "Cannot say whether " + who + " is in " + definition.name()
                    + ": a percentile compares the customer with all others (version " + definition.version() + ").";
        }
        if (asksAboutProducts()) {
            return "Cannot say whether " + who + " is in " + definition.name()
                    + ": it depends on what is known of products (version " + definition.version() + ").";
        }
        List<Change> left = history.changes().stream()
                .filter(change ->
                        definition.segments().contains(change.segment()) && change.kind() == Change.Kind.EXITED)
                .toList();
        boolean trait = definition.rule() instanceof DefinitionRule.Trait;
        return who + (trait ? " has no " : " is not in ") + definition.name()
                + (left.isEmpty()
                        ? " and never was"
                        : "; left " + left.get(left.size() - 1).segment() + " at "
                                + ValueText.instant(
                                        left.get(left.size() - 1).effectiveAt().toEpochMilli()))
                + " (version " + definition.version() + ").";
    }

    private void print(String key, Answer part, String indent) {
        out.println(indent + key + value(part) + kind(part));
        if (!part.parts().isEmpty()) {
            for (Answer side : Missing.sides(part)) {
                print("", side, indent + "  ");
            }
        } else {
            part.readings().forEach(reading -> print(reading, indent + "    "));
        }
    }

    private static String value(Answer part) {
        return part.value() == null ? "no value (" + part.noValue() + ")" : ValueText.of(part.value());
    }

    private static String kind(Answer part) {
        String function = part.expression() instanceof Expression.Call call ? call.function() : "";
        return switch (function) {
            case Operators.AND -> ", all of:";
            case Operators.OR -> ", one of:";
            case Operators.NOT -> ", not:";
            default -> "  " + part.expression().text() + byItself(part);
        };
    }

    private static String byItself(Answer part) {
        return part.stableUntil() == CustomerState.NEVER
                ? ""
                : "  (can change by itself from " + ValueText.instant(part.stableUntil()) + ")";
    }

    /** No event is counted for a value of the customer's ids. */
    private static boolean isOfIds(Expression expression) {
        return expression instanceof Expression.Customer
                || (!(expression instanceof Expression.Reading)
                        && expression.children().stream().anyMatch(WhyText::isOfIds));
    }

    private void print(Answer.ReadingValue reading, String indent) {
        out.println(indent + EvidenceText.of(reading.evidence()));
        if (isOfIds(reading.reading())) {
            return;
        }
        List<Event> events = behind.of(reading.reading(), history.events());
        if (events.isEmpty()) {
            List<Event> older = behind.ofStream(reading.reading(), history.events());
            out.println(indent + "  no event"
                    + (older.isEmpty() ? "" : "; the latest one before was " + line(older.get(older.size() - 1))));
            return;
        }
        for (int index = events.size() - 1; index >= Math.max(0, events.size() - SHOWN); index--) {
            out.println(indent + "  " + line(events.get(index)));
        }
        if (events.size() > SHOWN) {
            out.println(indent + "  and " + (events.size() - SHOWN) + " earlier");
        }
    }

    private static String line(Event event) {
        return event.eventId() + "  " + event.type().name() + "  " + ValueText.instant(event.time());
    }

    private void printMissing(@Nullable Membership membership) {
        List<String> lines = new ArrayList<>();
        if (definition.rule() instanceof DefinitionRule.Group) {
            parts.forEach((segment, part) -> {
                if (membership == null || !membership.segment().equals(segment)) {
                    lines.addAll(titled("For " + segment + ", this must change:", Missing.of(part, true)));
                }
            });
        } else if (membership == null) {
            lines.addAll(toEnter());
        } else {
            Answer until = parts.get("until");
            Answer when = parts.get("when");
            List<String> missing =
                    until != null ? Missing.of(until, true) : when == null ? List.of() : Missing.of(when, false);
            lines.addAll(titled("To leave, this must change:", missing));
        }
        lines.forEach(out::println);
        waiting();
    }

    private List<String> toEnter() {
        List<String> missing = new ArrayList<>();
        Answer when = parts.get("when");
        Answer until = parts.get("until");
        if (when != null) {
            missing.addAll(Missing.of(when, true));
        }
        if (until != null) {
            missing.addAll(Missing.of(until, false));
        }
        return titled("To enter, this must change:", missing);
    }

    private static List<String> titled(String title, List<String> lines) {
        List<String> all = new ArrayList<>();
        if (!lines.isEmpty()) {
            all.add(title);
            lines.forEach(line -> all.add("  " + line));
        }
        return all;
    }

    private void waiting() {
        for (Waiting waiting : history.state().waiting()) {
            if (waiting.segment().equals(definition.name())
                    && definition.rule() instanceof DefinitionRule.Segment rule) {
                if (waiting.holdsSince() != Waiting.UNSET && rule.holdFor() != null) {
                    out.println("'when' holds since " + ValueText.instant(waiting.holdsSince()) + "; it must hold for "
                            + rule.holdFor().text() + ".");
                }
                if (waiting.leftAt() != Waiting.UNSET && rule.cooldown() != null) {
                    out.println("Left at " + ValueText.instant(waiting.leftAt()) + "; cannot enter again for "
                            + rule.cooldown().text() + ".");
                }
            }
        }
    }

    private void printUpcoming() {
        CustomerHistory.Upcoming upcoming = history.upcoming(definition.segments());
        for (Change change : upcoming.changes()) {
            String verb = switch (change.kind()) {
                case ENTERED -> "enters ";
                case EXITED -> "leaves ";
                case UPDATED -> "is updated in ";
            };
            out.println("If no event comes, " + change.customerId() + " " + verb + change.segment() + " at "
                    + ValueText.instant(change.effectiveAt().toEpochMilli()) + ".");
        }
        if (upcoming.changes().isEmpty() && comparesCustomers()) {
            out.println("If no event comes, values of other customers can change this.");
        } else if (upcoming.changes().isEmpty() && asksAboutProducts()) {
            out.println("If no event comes, new facts of products can change this.");
        } else if (upcoming.changes().isEmpty()) {
            out.println("If no event comes, this "
                    + (upcoming.lookedUntil() == CustomerState.NEVER
                            ? "never changes."
                            : "does not change before " + ValueText.instant(upcoming.lookedUntil()) + "."));
        }
    }
}
