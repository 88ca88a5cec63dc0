// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A definition as the grammar built it.
 *
 * @param kind {@code segment}, {@code group}, {@code trait}, {@code channel} or {@code trigger}
 * @param params literals by name, as CEL writes them
 * @param expressions by their place: {@code when}, {@code until}, {@code value}, {@code first/NAME}, {@code carry/NAME},
 *     {@code cancel}, {@code consent}, {@code send/NAME}
 * @param keys further keys and their values, such as {@code for}, {@code cooldown}, {@code population}, {@code quiet}
 */
record DefinitionTerm(
        String kind, String name, Map<String, String> params, Map<String, Term> expressions, Map<String, String> keys) {

    String yaml() {
        StringBuilder yaml = new StringBuilder(kind + ": " + name + "\n");
        StringBuilder all = new StringBuilder();
        expressions.values().forEach(term -> all.append(term.text()).append(' '));
        Map<String, String> used = new TreeMap<>(params);
        used.keySet().removeIf(param -> all.indexOf("params." + param) < 0);
        if (!used.isEmpty()) {
            yaml.append("params:\n");
            used.forEach((param, value) -> line(yaml, "  " + param, value));
        }
        expressions.forEach((place, term) -> {
            if (place.indexOf('/') < 0) {
                line(yaml, place, quoted(term.text()));
            }
        });
        nested(yaml, "first");
        nested(yaml, "carry");
        nested(yaml, "send");
        keys.forEach((key, value) -> line(yaml, key, value));
        return yaml.toString();
    }

    private void nested(StringBuilder yaml, String key) {
        String prefix = key + "/";
        if (expressions.keySet().stream().anyMatch(place -> place.startsWith(prefix))) {
            yaml.append(key).append(":\n");
        }
        expressions.forEach((place, term) -> {
            if (place.startsWith(prefix)) {
                line(yaml, "  " + place.substring(prefix.length()), quoted(term.text()));
            }
        });
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append(key).append(": ").append(value).append('\n');
    }

    private static String quoted(String expression) {
        return '"' + expression.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The segments that it decides. */
    List<String> segments() {
        if (isAboutSending()) {
            return List.of();
        }
        return kind.equals("group")
                ? expressions.keySet().stream()
                        .filter(place -> place.startsWith("first/"))
                        .map(place -> place.substring("first/".length()))
                        .toList()
                : List.of(name);
    }

    boolean isAboutSending() {
        return List.of("channel", "trigger").contains(kind);
    }

    /** The names that other definitions may have: of segments, or of a channel. */
    List<String> named() {
        return kind.equals("channel") ? List.of(name) : segments();
    }

    boolean needsTrait(String trait) {
        return keys.getOrDefault("best_hour", "").contains("{trait: " + trait + ",");
    }

    boolean asksAbout(String segment) {
        return segment.equals(keys.get("among"))
                || List.of("on", "best_hour", "channel").stream()
                        .map(key -> keys.getOrDefault(key, "").split("[^a-z0-9-]+"))
                        .anyMatch(words -> List.of(words).contains(segment))
                || expressions.values().stream()
                        .anyMatch(term -> term.text().contains("in_segment('" + segment + "')"));
    }

    /**
     * Returns whether both are segments or both traits, and neither refers to others, so that no cycle can arise. The
     * carry that was told last is known only if the earlier definition told its updates.
     */
    boolean canExchangeWith(DefinitionTerm other) {
        boolean comparing = List.of(this, other).stream()
                .anyMatch(definition ->
                        definition.keys.containsKey("among") || definition.keys.containsKey("population"));
        boolean asking = List.of(this, other).stream()
                .flatMap(definition -> definition.expressions().values().stream())
                .anyMatch(term -> term.text().contains("in_segment("));
        boolean carriesLost = keys.containsKey("update") != other.keys.containsKey("update");
        return kind.equals(other.kind) && !kind.equals("group") && !asking && !comparing && !carriesLost;
    }

    /** Returns the other definition's expressions under this one's name and with its further keys. */
    DefinitionTerm withPartsOf(DefinitionTerm other) {
        return new DefinitionTerm(kind, name, other.params, other.expressions, keys);
    }

    /** Smaller definitions, most drastic first. The reader refuses invalid ones. */
    List<DefinitionTerm> simpler() {
        List<DefinitionTerm> simpler = new ArrayList<>();
        for (String place : expressions.keySet()) {
            Map<String, Term> fewer = new LinkedHashMap<>(expressions);
            fewer.remove(place);
            simpler.add(new DefinitionTerm(kind, name, params, fewer, keys));
        }
        for (String key : keys.keySet()) {
            Map<String, String> fewer = new LinkedHashMap<>(keys);
            fewer.remove(key);
            simpler.add(new DefinitionTerm(kind, name, params, expressions, fewer));
        }
        if (!params.isEmpty()) {
            Map<String, Term> filled = new LinkedHashMap<>();
            expressions.forEach((place, term) -> filled.put(place, fill(term)));
            simpler.add(new DefinitionTerm(kind, name, Map.of(), filled, keys));
        }
        expressions.forEach((place, whole) -> whole.simpler().forEach(term -> {
            Map<String, Term> changed = new LinkedHashMap<>(expressions);
            changed.put(place, term);
            simpler.add(new DefinitionTerm(kind, name, params, changed, keys));
        }));
        return simpler;
    }

    private Term fill(Term term) {
        String literal = term.form().startsWith("params.")
                ? params.getOrDefault(term.form().substring("params.".length()), term.form())
                : term.form();
        return new Term(
                term.sort(), literal, term.parts().stream().map(this::fill).toList());
    }
}
