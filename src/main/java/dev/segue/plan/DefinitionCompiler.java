package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.Rule;
import dev.segue.definition.Streams;
import java.util.ArrayList;
import java.util.List;

/** Compiles checked definitions in the order in which they depend on each other. */
final class DefinitionCompiler {
    private DefinitionCompiler() {}

    static List<CompiledDefinition> compile(
            List<Definition> definitions, Streams streams, Aggregates aggregates, Terms terms) {
        List<CompiledDefinition> compiled = new ArrayList<>();
        for (Definition definition : DependencyOrder.of(definitions)) {
            compiled.add(compile(definition, streams, aggregates, terms));
        }
        return List.copyOf(compiled);
    }

    private static CompiledDefinition compile(Definition definition, Streams streams, Aggregates aggregates, Terms terms) {
        if (definition.rule() instanceof Rule.Group group) {
            return new CompiledGroup(definition, group, streams, aggregates, terms);
        }
        return definition.rule() instanceof Rule.Trait trait
                ? new CompiledTrait(definition, trait, streams, aggregates, terms)
                : new CompiledSegment(definition, (Rule.Segment) definition.rule(), streams, aggregates, terms);
    }
}
