package dev.segue.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * One definition, read on its own from the same text.
 *
 * @param until null: when {@code when} does not hold
 * @param durations milliseconds of every duration that occurs anywhere in it
 */
record OracleDefinition(
        String name,
        Question when,
        @Nullable Question until,
        Map<String, Question> carry,
        boolean updatesCarry,
        List<Long> durations) {
    private static final Pattern PARAM = Pattern.compile("\\bparams\\.([a-z][a-z0-9_]*)");

    /** The definitions of a file, in the order in which they are asked. */
    static List<OracleDefinition> read(String yaml, OracleLanguage language) {
        List<OracleDefinition> definitions = new ArrayList<>();
        for (Object document : new Yaml().loadAll(yaml)) {
            definitions.add(of((Map<?, ?>) document, language));
        }
        definitions.sort(Comparator.comparing(OracleDefinition::name));
        return definitions;
    }

    private static OracleDefinition of(Map<?, ?> yaml, OracleLanguage language) {
        Map<?, ?> params = yaml.get("params") instanceof Map<?, ?> map ? map : Map.of();
        List<Long> durations = new ArrayList<>();
        Map<String, Question> carry = new LinkedHashMap<>();
        if (yaml.get("carry") instanceof Map<?, ?> entries) {
            entries.forEach(
                    (name, text) -> carry.put((String) name, question(text.toString(), params, durations, language)));
        }
        return new OracleDefinition(
                yaml.get("segment").toString(),
                question(yaml.get("when").toString(), params, durations, language),
                yaml.containsKey("until") ? question(yaml.get("until").toString(), params, durations, language) : null,
                carry,
                "carry".equals(yaml.get("update")),
                durations);
    }

    private static Question question(String text, Map<?, ?> params, List<Long> durations, OracleLanguage language) {
        Matcher param = PARAM.matcher(text);
        String filled = param.replaceAll(match -> Matcher.quoteReplacement(literal(params.get(match.group(1)))));
        durations.addAll(Instants.durations(filled));
        return language.question(filled);
    }

    private static String literal(@Nullable Object value) {
        return value instanceof String text ? "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'" : "" + value;
    }

    /** Whether the customer, who is in, leaves. */
    boolean leaves(Moment moment) {
        return until == null ? !when.holds(moment) : until.holds(moment);
    }

    /** Whether the customer, who is out, enters. */
    boolean enters(Moment moment) {
        return when.holds(moment) && (until == null || !until.holds(moment));
    }
}
