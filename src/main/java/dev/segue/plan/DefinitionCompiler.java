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
                            : compile(definition, streams, aggregates, terms));
        }
        return List.copyOf(compiled);
    }

    private static CompiledDefinition compile(
            Definition definition, Streams streams, AggregateNeeds aggregates, Terms terms) {
        if (definition.rule() instanceof DefinitionRule.Group group) {
            return new CompiledGroup(definition, group, streams, aggregates, terms);
        }
        return definition.rule() instanceof DefinitionRule.Trait trait
                ? new CompiledTrait(definition, trait, streams, aggregates, terms)
                : new CompiledSegment(
                        definition, (DefinitionRule.Segment) definition.rule(), streams, aggregates, terms);
    }
}
