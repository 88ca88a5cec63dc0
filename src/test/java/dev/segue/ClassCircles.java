// SPDX-License-Identifier: Apache-2.0
package dev.segue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Cycles of top-level classes within one package: each class depends on all others of its cycle, directly or through
 * them. Found as strongly connected components (Tarjan, Depth-first search and linear graph algorithms, 1972).
 */
final class ClassCircles extends ArchCondition<JavaClass> {
    private final int largest;
    private final Map<String, Set<String>> uses = new TreeMap<>();

    /** @param largest the largest allowed cycle, in classes */
    ClassCircles(int largest) {
        super("form no circle of more than " + largest + " classes within a package");
        this.largest = largest;
    }

    @Override
    public void init(Collection<JavaClass> classes) {
        uses.clear();
        classes.forEach(this::note);
    }

    private void note(JavaClass type) {
        String from = topLevel(type).getName();
        Set<String> to = uses.computeIfAbsent(from, absent -> new TreeSet<>());
        type.getDirectDependenciesFromSelf().forEach(dependency -> {
            JavaClass target = topLevel(dependency.getTargetClass().getBaseComponentType());
            if (target.getPackageName().equals(type.getPackageName())
                    && !target.getName().equals(from)) {
                to.add(target.getName());
            }
        });
    }

    private static JavaClass topLevel(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        // All cycles are found at once, at the end.
    }

    @Override
    public void finish(ConditionEvents events) {
        for (List<String> circle : circles()) {
            if (circle.size() > largest) {
                String names = circle.stream()
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .sorted()
                        .collect(Collectors.joining(", "));
                String where = circle.get(0).substring(0, circle.get(0).lastIndexOf('.'));
                events.add(SimpleConditionEvent.violated(
                        circle, circle.size() + " classes of " + where + " form a circle: " + names));
            }
        }
    }

    List<List<String>> circles() {
        Search search = new Search();
        uses.keySet().forEach(search::visit);
        return search.found;
    }

    private final class Search {
        private final List<List<String>> found = new ArrayList<>();
        private final Map<String, Integer> order = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();

        void visit(String node) {
            if (order.containsKey(node)) {
                return;
            }
            order.put(node, order.size());
            low.put(node, order.get(node));
            open.push(node);
            for (String next : uses.getOrDefault(node, Set.of())) {
                if (!order.containsKey(next)) {
                    visit(next);
                    low.merge(node, low.get(next), Math::min);
                } else if (open.contains(next)) {
                    low.merge(node, order.get(next), Math::min);
                }
            }
            if (low.get(node).equals(order.get(node))) {
                List<String> circle = new ArrayList<>();
                do {
                    circle.add(open.pop());
                } while (!circle.get(circle.size() - 1).equals(node));
                found.add(circle);
            }
        }
    }
}
