// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Shrinks a failing case as long as it keeps failing. */
final class Shrinker {
    private final Predicate<Case> fails;
    private int budget;

    /** @param budget the maximum number of attempts */
    Shrinker(Predicate<Case> fails, int budget) {
        this.fails = fails;
        this.budget = budget;
    }

    Case shrink(Case failing) {
        Case smallest = failing;
        boolean better = true;
        while (better && budget > 0) {
            better = false;
            for (Case candidate : simpler(smallest)) {
                if (budget-- <= 0) {
                    return smallest;
                }
                if (fails.test(candidate)) {
                    smallest = candidate;
                    better = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static List<Case> simpler(Case from) {
        List<Case> simpler = new ArrayList<>();
        for (int index = 0;
                index < from.definitions().size() && from.definitions().size() > 1;
                index++) {
            List<DefinitionTerm> fewer = new ArrayList<>(from.definitions());
            fewer.remove(index);
            simpler.add(from.withDefinitions(fewer));
        }
        int size = from.steps().size();
        for (int length = size / 2; length >= 1; length /= 2) {
            for (int start = 0; start + length <= size; start += length) {
                List<Step> fewer = new ArrayList<>(from.steps());
                fewer.subList(start, start + length).clear();
                simpler.add(from.withSteps(fewer));
            }
        }
        if (from.restartEvery() > 0) {
            simpler.add(from.withRestartEvery(0));
        }
        if (!from.currency().isEmpty()) {
            simpler.add(from.withCurrency(""));
        }
        if (!from.zone().equals("UTC")) {
            simpler.add(from.withZone("UTC"));
        }
        for (int index = 0; index < from.definitions().size(); index++) {
            for (DefinitionTerm term : from.definitions().get(index).simpler()) {
                List<DefinitionTerm> changed = new ArrayList<>(from.definitions());
                changed.set(index, term);
                simpler.add(from.withDefinitions(changed));
            }
        }
        Edit edit = from.edit();
        edit.simpler().forEach(other -> simpler.add(from.withEdit(other)));
        for (int index = 0; index < size; index++) {
            for (Step step : simpler(from.steps().get(index))) {
                List<Step> changed = new ArrayList<>(from.steps());
                changed.set(index, step);
                simpler.add(from.withSteps(changed));
            }
        }
        return simpler;
    }

    /** Fewer values, then rounder times. */
    private static List<Step> simpler(Step step) {
        List<Step> simpler = new ArrayList<>();
        if (step instanceof Step.Happens happens) {
            for (String field : happens.values().keySet()) {
                Map<String, Object> fewer = new LinkedHashMap<>(happens.values());
                fewer.remove(field);
                simpler.add(new Step.Happens(happens.id(), happens.at(), happens.customer(), happens.type(), fewer));
            }
            if (!happens.customer().equals("ann")) {
                simpler.add(new Step.Happens(happens.id(), happens.at(), "ann", happens.type(), happens.values()));
            }
        }
        if (step instanceof Step.Erased erased && !erased.customer().equals("ann")) {
            simpler.add(new Step.Erased(erased.at(), "ann"));
        }
        if (step instanceof Step.Counted counted && counted.seen() != Step.Seen.AT_ONCE) {
            simpler.add(new Step.Counted(counted.at(), Step.Seen.AT_ONCE));
        }
        if (step instanceof Step.Informed informed) {
            if (informed.seen() != Step.Seen.AT_ONCE) {
                simpler.add(
                        new Step.Informed(informed.at(), informed.product(), informed.facts(), Step.Seen.AT_ONCE, 0));
            }
            for (String field : informed.facts().keySet()) {
                Map<String, Object> fewer = new LinkedHashMap<>(informed.facts());
                fewer.remove(field);
                simpler.add(
                        new Step.Informed(informed.at(), informed.product(), fewer, informed.seen(), informed.ahead()));
            }
            informed.variants().forEach((name, own) -> {
                Map<String, Map<String, Object>> fewer = new LinkedHashMap<>(informed.variants());
                fewer.remove(name);
                simpler.add(informed.withVariants(fewer));
                own.keySet().forEach(field -> {
                    Map<String, Object> less = new LinkedHashMap<>(own);
                    less.remove(field);
                    Map<String, Map<String, Object>> changed = new LinkedHashMap<>(informed.variants());
                    changed.put(name, less);
                    simpler.add(informed.withVariants(changed));
                });
            });
        }
        for (long unit : new long[] {86_400_000, 3_600_000, 60_000, 1000}) {
            if (step.at() % unit != 0) {
                simpler.add(step.at(step.at() - Math.floorMod(step.at(), unit)));
            }
        }
        return simpler;
    }
}
