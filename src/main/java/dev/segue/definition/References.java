package dev.segue.definition;

import dev.segue.event.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that what definitions ask of each other exists and does not go in circles. */
final class References {
    private final Map<String, String> ownerOfSegment = new HashMap<>();
    private final Map<String, List<Reference>> byOwner = new HashMap<>();

    /** @param ownerOfSegment for each segment, the definition that decides it */
    References(Map<String, String> ownerOfSegment, List<Reference> references) {
        this.ownerOfSegment.putAll(ownerOfSegment);
        references.forEach(reference -> byOwner.computeIfAbsent(reference.from(), absent -> new ArrayList<>())
                .add(reference));
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        byOwner.forEach((owner, references) -> {
            for (Reference reference : references) {
                String target = ownerOfSegment.get(reference.to());
                if (target == null) {
                    problems.add(reference.problem("there is no segment '" + reference.to() + "'."
                            + Nearest.hint(reference.to(), ownerOfSegment.keySet())));
                } else if (reaches(target, owner, new HashSet<>())) {
                    problems.add(reference.problem("'" + owner + "' asks about '" + reference.to()
                            + "', which asks about '" + owner + "' again. Definitions must not go in circles."));
                }
            }
        });
        return problems;
    }

    private boolean reaches(String from, String goal, Set<String> seen) {
        if (from.equals(goal)) {
            return true;
        }
        if (!seen.add(from)) {
            return false;
        }
        for (Reference reference : byOwner.getOrDefault(from, List.of())) {
            String next = ownerOfSegment.get(reference.to());
            if (next != null && reaches(next, goal, seen)) {
                return true;
            }
        }
        return false;
    }
}
