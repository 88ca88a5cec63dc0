// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.config.ParamOverride;
import dev.segue.config.SourceWord;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.event.Nearest;
import dev.segue.yaml.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Values of params that a deployment sets without editing the definitions' files. */
final class Overrides {
    private final Map<String, Map<String, ParamOverride>> byDefinition = new LinkedHashMap<>();

    /** @param all overrides; if there are two for the same param, the later one wins */
    Overrides(List<ParamOverride> all) {
        all.forEach(override -> byDefinition
                .computeIfAbsent(override.segment().text(), first -> new LinkedHashMap<>())
                .put(override.param().text(), override));
    }

    boolean touch(String definition) {
        return byDefinition.containsKey(definition);
    }

    /** Returns the replaced values of a definition's params as texts. */
    Map<String, String> texts(String definition) {
        Map<String, String> texts = new LinkedHashMap<>();
        of(definition)
                .forEach(override ->
                        texts.put(override.param().text(), override.value().text()));
        return texts;
    }

    /** Returns the definition's effective params; empty, with problems added, if an override does not fit. */
    Optional<Map<String, Param>> inForce(Definition definition, List<Problem> problems) {
        Map<String, Param> params = new LinkedHashMap<>(definition.params());
        List<Problem> found = new ArrayList<>();
        of(definition.name()).forEach(override -> {
            String name = override.param().text();
            Param param = params.get(name);
            if (param == null) {
                found.add(problem(override.param(), unknownParam(name, definition)));
                return;
            }
            Optional<Literal> value = ParamText.read(override.value().text(), param.inFile());
            if (value.isEmpty()) {
                found.add(problem(
                        override.value(),
                        ParamText.complaint(name, override.value().text(), param.inFile())));
            }
            value.ifPresent(literal -> params.put(
                    name, new Param(param.inFile(), literal, override.value().place())));
        });
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(params) : Optional.empty();
    }

    private Collection<ParamOverride> of(String definition) {
        return byDefinition.getOrDefault(definition, Map.of()).values();
    }

    private static String unknownParam(String name, Definition definition) {
        String hint = Nearest.hint(name, definition.params().keySet());
        return "'" + definition.name() + "' has no param '" + name + "'."
                + (!hint.isEmpty()
                        ? hint
                        : definition.params().isEmpty()
                                ? " It has none."
                                : " It has: "
                                        + String.join(", ", definition.params().keySet()) + ".");
    }

    /**
     * Reports the problems of a definition that is valid with its file's values but not with its overrides, at the
     * place of the overrides.
     *
     * @param found the problems, at their places in the definition's file
     */
    List<Problem> refused(String definition, List<Problem> found) {
        List<ParamOverride> overrides = List.copyOf(of(definition));
        ParamOverride last = overrides.get(overrides.size() - 1);
        String values = overrides.size() == 1 ? "with this value" : "with these values";
        return found.stream()
                .map(problem -> problem(
                        last.value(),
                        values + " '" + definition + "' is wrong at " + problem.file() + ":" + problem.line() + ":"
                                + problem.column() + ": " + problem.message()))
                .toList();
    }

    /**
     * Reports overrides for definitions that do not exist.
     *
     * @param whole whether all files could be read; if not, a missing name may be defined in an unread file
     */
    List<Problem> unknown(Names names, boolean whole) {
        List<Problem> problems = new ArrayList<>();
        byDefinition.forEach((name, overrides) -> {
            SourceWord place = overrides.values().iterator().next().segment();
            String owner = names.owners().get(name);
            if (owner != null && !owner.equals(name)) {
                problems.add(problem(
                        place,
                        "'" + name + "' is a choice of the group '" + owner + "'. Set the params of '" + owner + "'."));
            } else if (whole && !known(names).contains(name)) {
                problems.add(problem(place, "there is no segment '" + name + "'." + nearest(name, names)));
            }
        });
        return problems;
    }

    private static String nearest(String name, Names names) {
        String hint = Nearest.hint(name, known(names));
        return hint.isEmpty() ? " 'segue list' shows all definitions." : hint;
    }

    private static Set<String> known(Names names) {
        Set<String> known = new TreeSet<>(names.owners().values());
        known.addAll(names.choices().keySet());
        known.addAll(names.triggers());
        known.addAll(names.channels());
        return known;
    }

    private static Problem problem(SourceWord word, String message) {
        return new Problem(word.file(), word.line(), word.column(), message, word.sourceLine());
    }
}
