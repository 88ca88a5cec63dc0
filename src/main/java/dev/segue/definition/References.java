package dev.segue.definition;

import dev.segue.event.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that what definitions ask of each other exists and does not go in circles. */
final class References {
    private final Names names;
    private final boolean whole;
    private final Map<String, List<Reference>> byOwner = new LinkedHashMap<>();

    /** @param whole whether all files could be read; else a name that is missing may stand in the rest */
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
        return problems;
    }

    private Optional<Problem> problem(String owner, Reference reference) {
        String asked = reference.to();
        List<String> choices = names.choices().get(asked);
        String target = names.owners().get(asked);
        if (choices != null) {
            return Optional.of(reference.problem("'" + asked + "' is a group, not a segment. Ask about its choices: "
                    + String.join(", ", choices) + "."));
        }
        if (target == null) {
            return whole
                    ? Optional.of(reference.problem("there is no segment '" + asked + "'."
                            + Nearest.hint(asked, names.owners().keySet())))
                    : Optional.empty();
        }
        if (target.equals(owner)) {
            return Optional.of(reference.problem("'" + owner + "' asks about "
                    + (asked.equals(owner) ? "itself" : "its own choice '" + asked + "'")
                    + ". A definition can ask about others only."));
        }
        return reaches(target, owner, new HashSet<>())
                ? Optional.of(reference.problem("'" + owner + "' asks about '" + asked + "', which asks about '" + owner
                        + "' again. Definitions must not go in circles."))
                : Optional.empty();
    }

    private boolean reaches(String from, String goal, Set<String> seen) {
        if (from.equals(goal)) {
            return true;
        }
        if (!seen.add(from)) {
            return false;
        }
        for (Reference reference : byOwner.getOrDefault(from, List.of())) {
            String next = names.owners().get(reference.to());
            if (next != null && reaches(next, goal, seen)) {
                return true;
            }
        }
        return false;
    }
}
