// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Streams;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.PercentileReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compiles checked definitions in the given order. */
final class DefinitionCompiler {
    private DefinitionCompiler() {}

    static List<CompiledDefinition> compile(
            List<Definition> definitions, Streams streams, AggregateNeeds aggregates, Terms terms) {
        List<CompiledDefinition> compiled = new ArrayList<>();
        List<Expression> expressions = definitions.stream()
                .flatMap(definition -> Stream.concat(
                        DefinitionParts.of(definition).values().stream(), definition.carry().values().stream()))
                .toList();
        for (Definition definition : Populations.before(definitions)) {
            if (definition.rule() instanceof DefinitionRule.Channel) {
                continue; // Its triggers know what it says.
            }
            compiled.add(
                    definition.rule() instanceof DefinitionRule.Population population
                            ? new CompiledPopulation(
                                    definition,
                                    population,
                                    PercentileReading.Comparison.asked(
                                            PercentileReading.id(population.percentile()), expressions),
                                    streams,
                                    aggregates,
                                    terms)
                            : compile(definition, definitions, streams, aggregates, terms));
        }
        return List.copyOf(compiled);
    }

    private static CompiledDefinition compile(
            Definition definition, List<Definition> all, Streams streams, AggregateNeeds aggregates, Terms terms) {
        if (definition.rule() instanceof DefinitionRule.Trigger trigger) {
            return new CompiledTrigger(definition, trigger, superiors(trigger, all), streams, aggregates, terms);
        }
        if (definition.rule() instanceof DefinitionRule.Group group) {
            return new CompiledGroup(definition, group, streams, aggregates, terms);
        }
        return definition.rule() instanceof DefinitionRule.Trait trait
                ? new CompiledTrait(definition, trait, streams, aggregates, terms)
                : new CompiledSegment(
                        definition, (DefinitionRule.Segment) definition.rule(), streams, aggregates, terms);
    }

    private static Map<String, Integer> superiors(DefinitionRule.Trigger trigger, List<Definition> all) {
        Map<String, Integer> superiors = new TreeMap<>();
        for (Definition definition : all) {
            if (definition.rule() instanceof DefinitionRule.Trigger other
                    && other.channelName().equals(trigger.channelName())
                    && other.priority() > trigger.priority()) {
                superiors.put(definition.name(), other.priority());
            }
        }
        return superiors;
    }
}
