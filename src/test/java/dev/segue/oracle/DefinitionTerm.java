package dev.segue.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A definition as the grammar built it.
 *
 * @param params literals by name, as CEL writes them
 */
record DefinitionTerm(
        String name,
        Map<String, String> params,
        Term when,
        @Nullable Term until,
        Map<String, Term> carry,
        boolean updatesCarry) {

    String yaml() {
        StringBuilder yaml = new StringBuilder("segment: " + name + "\n");
        Map<String, String> used = new TreeMap<>(params);
        String expressions = when.text() + (until == null ? "" : until.text()) + carryText();
        used.keySet().removeIf(param -> !expressions.contains("params." + param));
        if (!used.isEmpty()) {
            yaml.append("params:\n");
            used.forEach((param, value) -> line(yaml, "  " + param, value));
        }
        line(yaml, "when", quoted(when.text()));
        if (until != null) {
            line(yaml, "until", quoted(until.text()));
        }
        if (!carry.isEmpty()) {
            yaml.append("carry:\n");
            carry.forEach((entry, term) -> line(yaml, "  " + entry, quoted(term.text())));
            if (updatesCarry) {
                yaml.append("update: carry\n");
            }
        }
        return yaml.toString();
    }

    private String carryText() {
        StringBuilder text = new StringBuilder();
        carry.values().forEach(term -> text.append(term.text()));
        return text.toString();
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append(key).append(": ").append(value).append('\n');
    }

    private static String quoted(String expression) {
        return '"' + expression.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Smaller definitions, most drastic first. */
    List<DefinitionTerm> simpler() {
        List<DefinitionTerm> simpler = new ArrayList<>();
        if (until != null) {
            simpler.add(new DefinitionTerm(name, params, when, null, carry, updatesCarry));
        }
        if (updatesCarry) {
            simpler.add(new DefinitionTerm(name, params, when, until, carry, false));
        }
        for (String entry : carry.keySet()) {
            Map<String, Term> fewer = new LinkedHashMap<>(carry);
            fewer.remove(entry);
            simpler.add(new DefinitionTerm(name, params, when, until, fewer, updatesCarry && !fewer.isEmpty()));
        }
        if (!params.isEmpty()) {
            simpler.add(withoutParams());
        }
        when.simpler().forEach(term -> simpler.add(withWhen(term)));
        if (until != null) {
            until.simpler()
                    .forEach(term -> simpler.add(new DefinitionTerm(name, params, when, term, carry, updatesCarry)));
        }
        carry.forEach((entry, value) -> value.simpler().forEach(term -> {
            Map<String, Term> changed = new LinkedHashMap<>(carry);
            changed.put(entry, term);
            simpler.add(new DefinitionTerm(name, params, when, until, changed, updatesCarry));
        }));
        return simpler;
    }

    private DefinitionTerm withWhen(Term term) {
        return new DefinitionTerm(name, params, term, until, carry, updatesCarry);
    }

    private DefinitionTerm withoutParams() {
        Map<String, Term> filled = new LinkedHashMap<>();
        carry.forEach((entry, term) -> filled.put(entry, fill(term)));
        return new DefinitionTerm(name, Map.of(), fill(when), until == null ? null : fill(until), filled, updatesCarry);
    }

    private Term fill(Term term) {
        String literal = term.form().startsWith("params.")
                ? params.getOrDefault(term.form().substring("params.".length()), term.form())
                : term.form();
        return new Term(
                term.sort(), literal, term.parts().stream().map(this::fill).toList());
    }
}
