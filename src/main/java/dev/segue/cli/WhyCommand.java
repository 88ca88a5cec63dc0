// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.ReadReports;
import dev.segue.cli.text.UserError;
import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.explain.Why;
import dev.segue.replay.EventReader;
import dev.segue.replay.IdsOfPerson;
import dev.segue.replay.Until;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description =
                "Explains why a customer is or is not in a segment: every part of the definition with its value and"
                        + " the events behind it, and what must change.",
        footer = {
            "",
            "Example: segue why --events trace.csv.gz --mapping mappings/rees46.yaml --customer 520088904"
                    + " --segment cart-abandoned --at +2h"
        })
final class WhyCommand implements Callable<Integer> {
    @Mixin
    private EventsOptions events = new EventsOptions();

    @Mixin
    private SortOption sort = new SortOption();

    @Mixin
    private DefinitionsOptions options = new DefinitionsOptions();

    @Option(names = "--customer", required = true, paramLabel = "ID", description = "The customer's id.")
    private String customer = "";

    @Option(
            names = "--segment",
            required = true,
            paramLabel = "NAME",
            description = "The segment, group, trait or trigger; for a group, all choices are explained.")
    private String segment = "";

    @Option(
            names = "--at",
            paramLabel = "INSTANT|+DURATION",
            description =
                    "The instant to evaluate, such as 2025-11-01T12:00:00Z, or a time after the customer's last event,"
                            + " such as +2h. Later events are ignored. Default: at the customer's last event.")
    private @Nullable String at;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidDefinitions {
        Until moment = moment();
        Vocabulary vocabulary = options.vocabulary();
        List<Definition> definitions = options.read(vocabulary).definitions();
        Definition definition = NamedSegment.find(segment, definitions);
        Set<String> ids;
        try (EventReader reader = events.open(vocabulary, options.acceptance(), sort.read())) {
            ids = IdsOfPerson.find(reader, customer, options.settings().limits().refusedIds());
        }
        try (EventReader reader = events.open(vocabulary, options.acceptance(), sort.read())) {
            Plan plan = Plan.compile(definitions, vocabulary, options.planOptions());
            CustomerHistory history = CustomerHistory.read(reader, customer, ids, plan, options.linking(), moment);
            new WhyText(
                            definition,
                            history,
                            new Why(vocabulary, options.planOptions()),
                            spec.commandLine().getOut())
                    .print();
            spec.commandLine().getOut().flush();
            ReadReports reports = new ReadReports(reader.reports());
            reports.print(spec.commandLine().getErr());
            return reports.conclude();
        }
    }

    private Until moment() {
        try {
            return at == null ? new Until.Nowhere() : Until.parse(at);
        } catch (IllegalArgumentException unreadable) {
            throw UserError.of("--at", unreadable);
        }
    }
}
