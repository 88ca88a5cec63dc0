// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.plan.explain.AggregateDescription.Retained;
import dev.segue.plan.explain.PlanDescription.DefinitionDescription;
import dev.segue.value.DurationText;
import dev.segue.value.ValueText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** Describes a definition's plan in words. */
public final class ExplainText {
    /** The estimate assumes this many events of each type; the output says so. */
    private static final int EVENTS = 10;

    private static final int RECENT_IDS = 16;
    private static final int MANY_TYPES = 5;

    private final DefinitionDescription described;
    private final int definitions;

    /** @param definitions number of all definitions */
    public ExplainText(DefinitionDescription described, int definitions) {
        this.described = described;
        this.definitions = definitions;
    }

    public void print(PrintWriter out) {
        String says = described.definition().describes();
        out.println(described.definition().name() + (says.isEmpty() ? "" : ": " + says));
        out.println("Version " + described.definition().version() + ", together with " + (definitions - 1)
                + " other definitions.");
        out.println();
        if (described.definition().isAboutSending()) {
            SendingText.lines(described.definition()).forEach(out::println);
            out.println();
        }
        print("For its condition, it keeps for each customer:", described.deciding(), out);
        print("For the carry, it also keeps:", described.carried(), out);
        out.println("It is evaluated after an event that changes one of these, and without an event:");
        described.wakes().forEach(wake -> out.println("- " + words(wake)));
        if (described.wakes().isEmpty()
                && !asksForLaunches()
                && !described.definition().isAboutSending()) {
            out.println("- never: time alone changes nothing");
        }
        if (described.definition().rule() instanceof DefinitionRule.Channel) {
            out.println("- never: it decides nothing by itself, its triggers do");
        }
        if (described.readsIds()) {
            out.println("- at once when an id of the customer is linked or released");
        }
        described.references().forEach(segment -> out.println("- at once when membership in " + segment + " changes"));
        DefinitionParts.percentiles(described.definition())
                .values()
                .forEach(percentile -> out.println("- " + words(percentile)));
        printProducts(out);
        if (described.definition().rule() instanceof DefinitionRule.Trigger) {
            out.println(
                    "- at each instant at which one of its answers changes, and when its goal comes or is too late");
        }
        out.println();
        printReferences(out);
        printBytes(out);
    }

    private boolean asksForLaunches() {
        return DefinitionParts.everything(described.definition()).anyMatch(part -> part instanceof Expression.Launched);
    }

    private void printProducts(PrintWriter out) {
        List<Expression> asked = DefinitionParts.everything(described.definition())
                .filter(part -> part instanceof Expression.Product || part instanceof Expression.Launched)
                .distinct()
                .toList();
        for (Expression question : asked) {
            out.println(
                    question instanceof Expression.Launched launched
                            ? "- when a product of the category "
                                    + launched.category().text() + " is launched, and "
                                    + launched.window().text() + " later"
                            : "- at once when facts change of a " + question.text() + " that it has asked about");
        }
        if (!asked.isEmpty()) {
            out.println("    about 4 bytes for each of them");
        }
    }

    private void print(String title, List<AggregateDescription> aggregates, PrintWriter out) {
        if (aggregates.isEmpty()) {
            return;
        }
        out.println(title);
        for (AggregateDescription aggregate : aggregates) {
            out.println("- " + words(aggregate));
            out.println("    changed by " + types(aggregate));
            out.println("    " + sharing(aggregate));
            out.println("    about " + bytes(aggregate) + " bytes" + counted(aggregate));
        }
        out.println();
    }

    private static String words(Expression.Percentile percentile) {
        String among = percentile.among() == null
                ? "all customers for whom it is not zero"
                : "the members of " + percentile.among();
        return "within seconds after percentiles of " + percentile.value().text() + " move among " + among
                + " (with fewer than " + percentile.minimum() + ", nobody has a percentile)";
    }

    /** Describes what an aggregate keeps. */
    public static String words(AggregateDescription aggregate) {
        return switch (aggregate.kind()) {
            case TOTAL ->
                (aggregate.values().isEmpty() ? "the count of " : "count and sum of ")
                        + (aggregate.values().isEmpty() ? stream(aggregate) : value(aggregate));
            case SERIES -> amounts(aggregate) + with(aggregate);
            case GROUPS -> groups(aggregate);
            case CART -> "the cart's steps since the last order" + fields(aggregate.fields(), ", with ");
            case ORDERS ->
                "orders" + within(aggregate.retained().allWithin()) + " with order_id, total"
                        + fields(extra(aggregate), ", ") + "; refunds and cancellations";
            case PROFILE -> "the latest stated value of each field of the profile";
        };
    }

    private static String groups(AggregateDescription aggregate) {
        String key = values(aggregate);
        List<String> each =
                aggregate.perGroup().stream().map(ExplainText::words).toList();
        return "for each " + key + " of " + stream(aggregate)
                + within(aggregate.retained().allWithin()) + ": "
                + (each.isEmpty() ? "its existence" : String.join("; ", each));
    }

    private static List<String> extra(AggregateDescription aggregate) {
        List<String> fields = new ArrayList<>(aggregate.fields());
        fields.removeAll(List.of("order_id", "total", "time"));
        return fields;
    }

    private static String stream(AggregateDescription aggregate) {
        return aggregate.stream()
                + (aggregate.conditions().isEmpty()
                        ? ""
                        : " where "
                                + String.join(" && ", aggregate.conditions()).replace("$.", ""));
    }

    /** Formats a plain field as stream.field. */
    private static String value(AggregateDescription aggregate) {
        String value = aggregate.values().get(0);
        return value.matches("\\$\\.\\w+") && aggregate.conditions().isEmpty()
                ? value.replace("$", aggregate.stream())
                : value.replace("$.", "") + " of " + stream(aggregate);
    }

    private static String amounts(AggregateDescription aggregate) {
        Retained retained = aggregate.retained();
        List<String> amounts = new ArrayList<>();
        if (retained.allWithin() > 0) {
            amounts.add("the times of " + stream(aggregate) + within(retained.allWithin()));
        }
        if (retained.latest() > 0 && retained.allWithin() != Retained.FOREVER) {
            amounts.add(most(retained.latest(), "latest", aggregate) + within(retained.latestWithin()));
        }
        if (retained.oldest() > 0 && retained.allWithin() != Retained.FOREVER) {
            amounts.add(most(retained.oldest(), "oldest", aggregate));
        }
        return String.join(" and ", amounts);
    }

    private static String most(int count, String which, AggregateDescription aggregate) {
        return (count == 1 ? "the " + which + " time" : "the " + count + " " + which + " times") + " of "
                + stream(aggregate);
    }

    private static String within(long window) {
        return window == Retained.FOREVER ? "" : " within " + DurationText.write(Duration.ofMillis(window));
    }

    private static String with(AggregateDescription aggregate) {
        if (!aggregate.fields().isEmpty()) {
            return fields(aggregate.fields(), ", with ");
        }
        if (aggregate.values().isEmpty()) {
            return "";
        }
        String values = values(aggregate);
        return aggregate.retained().distinct() ? ", one for each " + values : ", with " + values + " of each";
    }

    private static String values(AggregateDescription aggregate) {
        return String.join(", ", aggregate.values()).replace("$.", "");
    }

    private static String fields(Collection<String> fields, String before) {
        return fields.isEmpty() ? "" : before + String.join(", ", fields);
    }

    private static String types(AggregateDescription aggregate) {
        int count = aggregate.eventTypes().size();
        return count > MANY_TYPES
                ? count + " event types: all actions of customers"
                : String.join(", ", aggregate.eventTypes());
    }

    private String sharing(AggregateDescription aggregate) {
        List<String> others = new ArrayList<>(aggregate.readers());
        others.remove(described.definition().name());
        return others.isEmpty() ? "not shared" : "shared with " + String.join(", ", others);
    }

    private static long bytes(AggregateDescription aggregate) {
        return aggregate.bytes(aggregate.retained().of(EVENTS));
    }

    private static String counted(AggregateDescription aggregate) {
        long count = aggregate.retained().of(EVENTS);
        return switch (aggregate.kind()) {
            case TOTAL -> "";
            case SERIES -> " for " + count + (count == 1 ? " time" : " times");
            case GROUPS -> " for " + count + " groups";
            case CART -> " for " + count + " steps";
            case ORDERS -> " for " + count + " orders";
            case PROFILE -> " for " + count + " fields";
        };
    }

    private static String words(WakeDescription wake) {
        String after = DurationText.write(Duration.ofMillis(wake.after()));
        String different = wake.distinct().isEmpty() ? "" : ", counting each " + wake.distinct() + " once";
        return switch (wake.kind()) {
            case LATEST -> after + " after " + ValueText.ranked(wake.rank(), "latest") + " " + wake.of() + different;
            case OLDEST -> after + " after " + ValueText.ranked(wake.rank(), "oldest") + " " + wake.of();
            case EACH ->
                after + " after each " + (wake.of().equals("cart") ? "latest change of a line of the cart" : wake.of());
            case OVERDUE -> wake.factor() + " times the median gap after the latest " + wake.of();
            case CALENDAR -> "when the days of " + wake.of() + " begin and when they end";
            case HELD -> after + " after '" + wake.of() + "' began to hold";
            case LEFT -> after + " after the customer left";
        };
    }

    private void printReferences(PrintWriter out) {
        out.println(dependencies("It depends on ", described.references(), "no other segment"));
        out.println(dependencies("It is used by ", described.referencedBy(), "no other definition"));
        out.println();
    }

    private static String dependencies(String verb, SortedSet<String> names, String none) {
        return verb + (names.isEmpty() ? none : String.join(", ", names)) + ".";
    }

    private void printBytes(PrintWriter out) {
        long all = 0;
        long shared = 0;
        for (List<AggregateDescription> part : List.of(described.deciding(), described.carried())) {
            for (AggregateDescription aggregate : part) {
                all += bytes(aggregate);
                shared += aggregate.readers().size() > 1 ? bytes(aggregate) : 0;
            }
        }
        out.println("Estimated: about " + all + " bytes per customer, " + shared + " of them shared; and "
                + PlanDescription.bytesBesideAggregates(RECENT_IDS, 1)
                + " for the customer's base state and one membership.");
        out.println("The estimate is for a customer with " + EVENTS
                + " events of each type, all of them recent: 4 bytes per time," + " 10 per value.");
    }
}
