// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.language.ExpressionPlaces;
import dev.segue.event.Vocabulary;
import dev.segue.plan.PlanOptions;
import dev.segue.yaml.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Warnings about valid definitions. A warning never blocks a definition. */
public final class Lint {
    private Lint() {}

    /**
     * The warnings about all definitions, ordered by place. Each message begins with {@code warning:} and explains how
     * to fix the definition, or how to mark it as intended.
     */
    public static List<Problem> warnings(CheckedDefinitions checked, Vocabulary vocabulary, PlanOptions options) {
        List<Problem> warnings = new ArrayList<>();
        Ranges ranges = new Ranges(vocabulary);
        for (Definition definition : checked.definitions()) {
            Warnings found = new Warnings(checked.places().get(definition.name()), warnings);
            unreadParams(definition, found);
            new FixedAnswers(definition, ranges, found).report();
            new PercentileUses(definition, found).report();
            new ProductUses(definition, found).report();
            new TriggerWaits(definition, checked.definitions(), found).report();
            ActivityTypes types = new ActivityTypes(vocabulary, found);
            DefinitionParts.of(definition).values().forEach(types::report);
            definition.carry().values().forEach(types::report);
        }
        List<Problem> guesses = new ArrayList<>();
        new UnknownCustomer(checked, vocabulary, options, guesses).report();
        // A condition that always holds needs no guard.
        Warnings.addElsewhere(guesses, warnings);
        return warnings.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList();
    }

    /** One line that counts the warnings and names the command that shows them; empty where there are none. */
    public static String summary(List<Problem> warnings) {
        return warnings.isEmpty()
                ? ""
                : warnings.size() == 1
                        ? "1 warning about the definitions; 'segue check' shows it."
                        : warnings.size() + " warnings about the definitions; 'segue check' shows them.";
    }

    private static void unreadParams(Definition definition, Warnings found) {
        ExpressionPlaces places = found.places();
        for (String name : places.unreadParams()) {
            found.addAtParam(
                    name,
                    "the param '" + name + "' is never used. Write params." + name + " where '" + definition.name()
                            + "' should use it, or remove it.");
        }
    }
}
