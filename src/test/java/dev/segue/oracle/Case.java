// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Definitions and a history.
 *
 * @param edit the change of the definitions at each {@link Step.Becomes}
 * @param restartEvery after this many steps, the engine continues from stored states only; 0 for never
 * @param zone the configured time zone
 * @param currency the shop's; empty if amounts are not converted
 * @param origins the origins of profile data, the one that prevails first
 */
record Case(
        List<DefinitionTerm> definitions,
        List<Step> steps,
        Edit edit,
        int restartEvery,
        String zone,
        String currency,
        List<String> origins) {
    String yaml() {
        return yaml(definitions);
    }

    private static String yaml(List<DefinitionTerm> definitions) {
        return definitions.stream().map(DefinitionTerm::yaml).collect(Collectors.joining("---\n"));
    }

    /** The steps, with the definitions that are introduced midway: the edited ones and the first ones in turn. */
    List<Step> history() {
        String edited = yaml(edit.of(definitions));
        List<Step> history = new ArrayList<>();
        boolean isEdited = false;
        for (Step step : steps) {
            boolean becomes = step instanceof Step.Becomes;
            isEdited ^= becomes;
            history.add(becomes ? new Step.Becomes(step.at(), isEdited ? edited : yaml()) : step);
        }
        return history;
    }

    /** Whether any definition, of the first or the edited ones, compares customers with each other. */
    boolean comparesCustomers() {
        return Stream.concat(definitions.stream(), edit.of(definitions).stream())
                .flatMap(definition -> definition.expressions().values().stream())
                .anyMatch(term -> term.text().contains(".percentile()"));
    }

    /** Whether any definition, of the first or the edited ones, asks about products. */
    boolean asksAboutProducts() {
        return Stream.concat(definitions.stream(), edit.of(definitions).stream())
                .flatMap(definition -> definition.expressions().values().stream())
                .anyMatch(term -> term.text().matches("(?s).*\\bproduct\\(.*"));
    }

    Case withEdit(Edit other) {
        return new Case(definitions, steps, other, restartEvery, zone, currency, origins);
    }

    Case withSteps(List<Step> fewer) {
        return new Case(definitions, fewer, edit, restartEvery, zone, currency, origins);
    }

    Case withDefinitions(List<DefinitionTerm> others) {
        return new Case(others, steps, edit, restartEvery, zone, currency, origins);
    }

    Case withRestartEvery(int number) {
        return new Case(definitions, steps, edit, number, zone, currency, origins);
    }

    Case withZone(String other) {
        return new Case(definitions, steps, edit, restartEvery, other, currency, origins);
    }

    Case withCurrency(String other) {
        return new Case(definitions, steps, edit, restartEvery, zone, other, origins);
    }

    /** Formats the case as the source of a test, which expects the oracle's changes. */
    String asTest(String name, List<Told> expected) {
        List<String> lines = new ArrayList<>();
        lines.add("@Test");
        lines.add("void " + name + "() {");
        lines.add("    Story.of(\"\"\"");
        yaml().lines().forEach(line -> lines.add("            " + line.replace("\\", "\\\\")));
        lines.add("            \"\"\")");
        if (restartEvery > 0) {
            lines.add("            .restartingEvery(" + restartEvery + ")");
        }
        if (!zone.equals("UTC")) {
            lines.add("            .inZone(\"" + zone + "\")");
        }
        if (!currency.isEmpty()) {
            lines.add("            .inCurrency(\"" + currency + "\")");
        }
        if (!origins.equals(Origin.WORDS)) {
            lines.add("            .inOrder(\"" + String.join("\", \"", origins) + "\")");
        }
        history().forEach(step -> lines.add("            " + step.line()));
        lines.add("            .expects("
                + expected.stream()
                        .map(change -> "\"" + change.brief() + "\"")
                        .collect(Collectors.joining(",\n                    "))
                + ");");
        lines.add("}");
        return String.join("\n", lines);
    }
}
