// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Reference;
import dev.segue.event.Nearest;
import dev.segue.yaml.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that the segments that definitions refer to exist, and that the references contain no cycle. */
final class References {
    private final Names names;
    private final boolean whole;
    private final Map<String, List<Reference>> byOwner = new LinkedHashMap<>();

    /** @param whole whether all files could be read; if not, a missing name may be defined in an unread file */
    References(Names names, boolean whole) {
        this.names = names;
        this.whole = whole;
        names.references()
                .forEach(reference -> byOwner.computeIfAbsent(reference.from(), absent -> new ArrayList<>())
                        .add(reference));
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        byOwner.forEach((owner, references) ->
                references.forEach(reference -> problem(owner, reference).ifPresent(problems::add)));
        Set<String> done = new HashSet<>();
        byOwner.keySet().forEach(owner -> circles(owner, new ArrayList<>(), done, problems));
        return problems;
    }

    private Optional<Problem> problem(String owner, Reference reference) {
        String segment = reference.to();
        List<String> choices = names.choices().get(segment);
        String target = names.owners().get(segment);
        if (choices != null) {
            return Optional.of(reference.problem("'" + segment + "' is a group, not a segment. Use one of its choices: "
                    + String.join(", ", choices) + "."));
        }
        if (names.triggers().contains(segment) || names.channels().contains(segment)) {
            return Optional.of(reference.problem(
                    "'" + segment + "' is a " + (names.triggers().contains(segment) ? "trigger" : "channel")
                            + ", and nobody is in it. Name a segment."));
        }
        if (target == null) {
            return whole
                    ? Optional.of(reference.problem("there is no segment '" + segment + "'."
                            + Nearest.hint(segment, names.owners().keySet())))
                    : Optional.empty();
        }
        if (target.equals(owner)) {
            return Optional.of(reference.problem("'" + owner + "' refers to "
                    + (segment.equals(owner) ? "itself" : "its own choice '" + segment + "'")
                    + ". A definition can refer only to others."));
        }
        return Optional.empty();
    }

    /** Adds one problem for each cycle. */
    private void circles(String definition, List<String> way, Set<String> done, List<Problem> problems) {
        if (done.contains(definition)) {
            return;
        }
        way.add(definition);
        for (Reference reference : byOwner.getOrDefault(definition, List.of())) {
            String next = names.owners().get(reference.to());
            int met = next == null ? -1 : way.indexOf(next);
            if (met >= 0 && !next.equals(definition)) {
                problems.add(circle(way.subList(met, way.size())));
            } else if (next != null && met < 0) {
                circles(next, way, done, problems);
            }
        }
        way.remove(way.size() - 1);
        done.add(definition);
    }

    /** Reports a cycle at its first reference. */
    private Problem circle(List<String> around) {
        String first = around.get(0);
        Reference step = byOwner.get(first).stream()
                .filter(reference -> around.get(1).equals(names.owners().get(reference.to())))
                .findFirst()
                .orElseThrow();
        return step.problem("these definitions refer to each other in a cycle: " + String.join(" \u2192 ", around)
                + " \u2192 " + first + ". Remove one in_segment() or 'among' from the cycle.");
    }
}
