// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Generates random channels and triggers: every key with every kind of value. */
final class TriggerGrammar {
    private static final List<String> CHANNELS = List.of("email", "push");
    private static final List<String> TIMES = List.of(
            "00:00", "01:30", "02:00", "02:30", "03:00", "08:00", "10:00", "10:01", "10:30", "11:00", "12:00", "19:45",
            "21:00", "22:00", "23:00", "23:59");
    private static final List<String> HOURS = List.of(
            "profile.age",
            "profile.age + 9",
            "activity.latest().hour",
            "activity.map(e, e.hour).most().value",
            "activity.count() + 10",
            "activity.count() > 2 ? '11' : '02'");

    private final Grammar grammar;
    private final Dice dice;
    private final List<String> durations;
    private final List<DefinitionTerm> others;
    private final List<DefinitionTerm> memberships = new ArrayList<>();
    private final List<DefinitionTerm> sending = new ArrayList<>();

    /** @param others definitions whose changes begin activations */
    TriggerGrammar(Grammar grammar, Dice dice, List<DefinitionTerm> others) {
        this.grammar = grammar;
        this.dice = dice;
        this.durations = grammar.durations();
        this.others = others;
    }

    /** Returns channels and triggers, and sometimes a segment that changes often or a trait that is an hour. */
    List<DefinitionTerm> definitions() {
        if (!dice.once(3)) {
            String often = "activity.within('" + dice.any(durations) + "').count() > " + dice.any(0, 0, 1);
            memberships.add(plain("segment", "often", Map.of("when", Term.of(Sort.BOOL, often))));
        }
        if (dice.once(3)) {
            memberships.add(plain("trait", "hour", Map.of("value", Term.of(Sort.INT, dice.any(HOURS)))));
        }
        int channels = dice.any(1, 1, 2);
        for (int number = 0; number < channels; number++) {
            sending.add(channel(CHANNELS.get(number)));
        }
        for (int number = dice.any(1, 2, 3, 3); number > 0; number--) {
            sending.add(trigger("t" + number));
        }
        List<DefinitionTerm> all = new ArrayList<>(memberships);
        all.addAll(sending);
        return all;
    }

    /** Returns another definition for one of them, or a further trigger; often none. */
    List<DefinitionTerm> edited() {
        if (dice.once(2)) {
            return List.of();
        }
        if (dice.once(3)) {
            return List.of(trigger("t9"));
        }
        DefinitionTerm before = dice.any(sending);
        return List.of(before.kind().equals("channel") ? channel(before.name()) : trigger(before.name()));
    }

    private static DefinitionTerm plain(String kind, String name, Map<String, Term> expressions) {
        return new DefinitionTerm(kind, name, Map.of(), expressions, Map.of());
    }

    private List<String> segments(String kind) {
        List<DefinitionTerm> all = new ArrayList<>(others);
        all.addAll(memberships);
        return all.stream()
                .filter(definition -> kind.isEmpty() || definition.kind().equals(kind))
                .flatMap(definition -> definition.segments().stream())
                .toList();
    }

    private DefinitionTerm channel(String name) {
        grammar.begin(segments(""));
        Map<String, Term> expressions = new LinkedHashMap<>();
        expressions.put("consent", consent());
        Map<String, String> keys = new LinkedHashMap<>();
        sending(keys, 4);
        return new DefinitionTerm("channel", name, grammar.takeParams(), expressions, keys);
    }

    private Term consent() {
        return dice.once(2)
                ? Term.of(Sort.BOOL, "true")
                : dice.once(2)
                        ? Term.of(Sort.BOOL, dice.any("profile.consent.email == true", "!has(profile.consent.sms)"))
                        : grammar.condition(1);
    }

    private void sending(Map<String, String> keys, int rarity) {
        if (dice.once(rarity)) {
            String from = dice.any(TIMES);
            List<String> ends =
                    TIMES.stream().filter(time -> !time.equals(from)).toList();
            keys.put("quiet", "{from: '" + from + "', to: '" + dice.any(ends) + "'}");
        }
        List<String> caps = new ArrayList<>();
        for (int number = dice.any(0, 0, 1, 1, 2); number > 0; number--) {
            String per = dice.once(3) ? dice.any("day", "week", "month") : dice.any(durations);
            caps.add("{at_most: " + dice.any(1, 1, 1, 2, 3) + ", per: " + per + "}");
        }
        if (!caps.isEmpty()) {
            keys.put("cap", caps.size() == 1 ? caps.get(0) : caps.stream().collect(Collectors.joining(", ", "[", "]")));
        }
    }

    private DefinitionTerm trigger(String name) {
        grammar.begin(segments(""));
        Map<String, Term> expressions = new LinkedHashMap<>();
        if (dice.once(3)) {
            expressions.put("when", grammar.condition(1));
        }
        if (dice.once(4)) {
            expressions.put("cancel", grammar.condition(1));
        }
        if (dice.once(4)) {
            expressions.put("consent", consent());
        }
        for (int entry = dice.any(0, 0, 1); entry > 0; entry--) {
            expressions.put("send/c" + entry, grammar.carried(true));
        }
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("on", on());
        keys.put("channel", CHANNELS.get(dice.roll((int)
                sending.stream().filter(term -> term.kind().equals("channel")).count())));
        times(keys);
        sending(keys, 2);
        if (dice.once(3)) {
            keys.put("over_cap", dice.any("wait", "drop", "drop"));
        }
        if (!dice.once(3)) {
            keys.put("priority", dice.any("0", "1", "1", "5", "-1"));
        }
        if (dice.once(3)) {
            keys.put("holdout", dice.any("0", "10", "33.33", "50", "50"));
        }
        if (dice.once(4)) {
            keys.put("backfilled", "true");
        }
        if (dice.once(2)) {
            String event = dice.any("order_completed", "order_completed", "product_added", "page_viewed");
            String value = event.equals("order_completed") && dice.once(2) ? ", value: total" : "";
            keys.put("goal", "{event: " + event + ", within: " + dice.any(durations) + value + "}");
        }
        return new DefinitionTerm("trigger", name, grammar.takeParams(), expressions, keys);
    }

    private String on() {
        List<String> traits = segments("trait");
        List<String> all = segments("");
        String any = all.contains("often") && dice.once(2) ? "often" : dice.any(all);
        String segment = !traits.isEmpty() && dice.once(3) ? dice.any(traits) : any;
        String kind = traits.contains(segment)
                ? dice.any("ENTERED", "UPDATED", "UPDATED", "EXITED")
                : dice.any("ENTERED", "ENTERED", "ENTERED", "ENTERED", "EXITED", "EXITED", "UPDATED");
        return kind.equals("ENTERED") && dice.once(2) ? segment : "{segment: " + segment + ", change: " + kind + "}";
    }

    private void times(Map<String, String> keys) {
        String pause = dice.once(2) ? dice.any(durations) : "";
        if (!pause.isEmpty()) {
            keys.put("wait", pause);
        }
        long least = pause.isEmpty() ? 0 : Instants.millis(pause);
        List<String> longer = new ArrayList<>(List.of("12h", "30d"));
        longer.addAll(durations);
        longer.removeIf(duration -> Instants.millis(duration) <= least);
        if (dice.once(2)) {
            keys.put("expires", dice.any(longer));
        }
        List<String> traits = segments("trait");
        if (!traits.isEmpty() && !dice.once(3)) {
            String within = dice.once(2) ? dice.any(durations) : dice.any("1h", "6h", "24h", "2d");
            keys.put("best_hour", "{trait: " + dice.any(traits) + ", within: " + within + "}");
        }
    }
}
