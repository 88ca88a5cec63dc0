package dev.segue.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Definitions and a history.
 *
 * @param restartEvery after so many steps only what was stored is left; 0 for never
 */
record Case(List<DefinitionTerm> definitions, List<Step> steps, int restartEvery) {
    String yaml() {
        return definitions.stream().map(DefinitionTerm::yaml).collect(Collectors.joining("---\n"));
    }

    Case withSteps(List<Step> fewer) {
        return new Case(definitions, fewer, restartEvery);
    }

    Case withDefinitions(List<DefinitionTerm> others) {
        return new Case(others, steps, restartEvery);
    }

    /** The case as a test to keep. The oracle's changes are what it expects. */
    String asTest(String name, List<Told> expected) {
        List<String> lines = new ArrayList<>();
        lines.add("@Test");
        lines.add("void " + name + "() {");
        lines.add("    Story.of(\"\"\"");
        yaml().lines().forEach(line -> lines.add("            " + line.replace("\\", "\\\\")));
        lines.add("            \"\"\")");
        lines.add("            .restartingEvery(" + restartEvery + ")");
        steps.forEach(step -> lines.add("            " + step.line()));
        lines.add("            .tells("
                + expected.stream()
                        .map(change -> "\"" + change.brief() + "\"")
                        .collect(Collectors.joining(",\n                    "))
                + ");");
        lines.add("}");
        return String.join("\n", lines);
    }
}
