// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * One definition, parsed independently from the same text.
 *
 * @param kind {@code segment}, {@code group}, {@code trait} or {@code trigger}; channels are part of their triggers
 * @param questions {@code when}, {@code until}, {@code value}, {@code cancel} and {@code consent}, as far as present
 * @param choices of a group, in their order
 * @param texts all expressions with params filled in
 * @param among the segment whose members its percentiles compare; null for all customers
 * @param trigger null if it is none
 */
record OracleDefinition(
        String kind,
        String name,
        Map<String, Question> questions,
        Map<String, Question> choices,
        long holdFor,
        long cooldown,
        Map<String, Question> carry,
        boolean updatesCarry,
        List<String> texts,
        @Nullable String among,
        List<Percentile> percentiles,
        @Nullable OracleTrigger trigger) {
    private static final Pattern PARAM = Pattern.compile("\\bparams\\.([a-z][a-z0-9_]*)");
    private static final Pattern PRODUCT = Pattern.compile("\\b(product|launched)\\(");
    private static final Pattern ASKED = Pattern.compile("in_segment\\('([^']*)'\\)");

    /** The definitions of a file in evaluation order: by dependency, then by name. */
    static List<OracleDefinition> read(String yaml, OracleLanguage language) {
        List<OracleDefinition> definitions = new ArrayList<>();
        List<Map<?, ?>> documents = new ArrayList<>();
        new Yaml().loadAll(yaml).forEach(document -> documents.add((Map<?, ?>) document));
        Map<Object, Map<?, ?>> channels = new HashMap<>();
        documents.stream()
                .filter(document -> document.containsKey("channel") && !document.containsKey("trigger"))
                .forEach(document -> channels.put(document.get("channel"), document));
        documents.stream()
                .filter(document -> !channels.containsValue(document))
                .forEach(document -> definitions.add(of(document, channels, language)));
        Map<String, OracleDefinition> owners = new HashMap<>();
        definitions.forEach(definition -> definition.segments().forEach(name -> owners.put(name, definition)));
        definitions.sort(Comparator.comparing((OracleDefinition definition) -> definition.depth(owners))
                .thenComparing(OracleDefinition::name));
        return definitions;
    }

    private static OracleDefinition of(Map<?, ?> yaml, Map<Object, Map<?, ?>> channels, OracleLanguage language) {
        String kind = List.of("segment", "group", "trait", "trigger").stream()
                .filter(yaml::containsKey)
                .findFirst()
                .orElseThrow();
        Reading reading = new Reading(yaml, language);
        Map<String, Question> questions = new LinkedHashMap<>();
        for (String key : List.of("when", "until", "value", "cancel", "consent")) {
            if (yaml.containsKey(key)) {
                questions.put(key, reading.question(yaml.get(key)));
            }
        }
        Map<?, ?> channel = kind.equals("trigger") ? channels.get(yaml.get("channel")) : null;
        if (channel != null && !questions.containsKey("consent")) {
            Reading ofChannel = new Reading(channel, language);
            questions.put("consent", ofChannel.question(channel.get("consent")));
            reading.texts.addAll(ofChannel.texts);
        }
        return new OracleDefinition(
                kind,
                yaml.get(kind).toString(),
                questions,
                reading.all(yaml.get("first")),
                yaml.containsKey("for") ? Instants.millis(yaml.get("for").toString()) : 0,
                yaml.containsKey("cooldown")
                        ? Instants.millis(yaml.get("cooldown").toString())
                        : 0,
                reading.all(yaml.get(kind.equals("trigger") ? "send" : "carry")),
                "carry".equals(yaml.get("update")),
                reading.texts,
                reading.among,
                reading.percentiles,
                channel == null ? null : OracleTrigger.of(yaml, channel));
    }

    /** Collects what the expressions of one definition read. */
    private static final class Reading {
        private final Map<?, ?> params;
        private final OracleLanguage language;
        private final @Nullable String among;
        private final int minimum;
        private final List<String> texts = new ArrayList<>();
        private final List<Percentile> percentiles = new ArrayList<>();

        Reading(Map<?, ?> yaml, OracleLanguage language) {
            this.params = yaml.get("params") instanceof Map<?, ?> map ? map : Map.of();
            this.language = language;
            this.among = yaml.get("among") instanceof String segment ? segment : null;
            this.minimum = yaml.get("population") instanceof Map<?, ?> keys ? (Integer) keys.get("minimum") : 100;
        }

        Map<String, Question> all(@Nullable Object entries) {
            Map<String, Question> questions = new LinkedHashMap<>();
            if (entries instanceof Map<?, ?> map) {
                map.forEach((name, text) -> questions.put((String) name, question(text)));
            }
            return questions;
        }

        Question question(Object text) {
            String filled = PARAM.matcher(text.toString())
                    .replaceAll(match -> Matcher.quoteReplacement(literal(params.get(match.group(1)))));
            texts.add(filled);
            Question question = language.question(filled, among, minimum);
            percentiles.addAll(question.percentiles().values());
            return question;
        }
    }

    private static String literal(@Nullable Object value) {
        return value instanceof String text ? "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'" : "" + value;
    }

    /** The segments that it decides. */
    List<String> segments() {
        return kind.equals("group") ? List.copyOf(choices.keySet()) : List.of(name);
    }

    /** The longest chain of references to other definitions; 0 if there are none. */
    private int depth(Map<String, OracleDefinition> owners) {
        TreeSet<Integer> depths = new TreeSet<>(List.of(0));
        if (among != null) {
            depths.add(1 + owners.get(among).depth(owners));
        }
        for (String text : texts) {
            Matcher asked = ASKED.matcher(text);
            while (asked.find()) {
                depths.add(1 + owners.get(asked.group(1)).depth(owners));
            }
        }
        return depths.last();
    }

    /** Whether the past cannot tell its result, because it knows no percentiles and no facts of products. */
    boolean readsThePresent() {
        List<Question> decided = new ArrayList<>(questions.values());
        decided.addAll(choices.values());
        if (updatesCarry) {
            decided.addAll(carry.values());
        }
        return !percentiles.isEmpty()
                || decided.stream()
                        .anyMatch(question -> PRODUCT.matcher(question.text()).find());
    }

    @Nullable
    Question question(String key) {
        return questions.get(key);
    }

    /** Returns whether a part holds if it is present; otherwise the default. */
    boolean holds(String key, boolean otherwise, Moment moment) {
        Question question = questions.get(key);
        return question == null ? otherwise : question.holds(moment);
    }
}
