// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;

/** A story about customers, for which engine and oracle must publish the same changes. */
final class Story {
    private final String yaml;
    private final List<Step> steps = new ArrayList<>();
    private int restartEvery;
    private String zone = "UTC";
    private String currency = "";
    private List<String> origins = Origin.WORDS;
    private int eventIds;

    private Story(String yaml) {
        this.yaml = yaml;
    }

    static Story of(String... definitions) {
        return new Story(String.join("\n---\n", definitions));
    }

    /** After this many steps, the engine continues from stored states only; 0 for never. */
    Story restartingEvery(int steps) {
        restartEvery = steps;
        return this;
    }

    /** Sets the configured time zone. */
    Story inZone(String name) {
        zone = name;
        return this;
    }

    /** Sets the shop's currency; the rates are those of {@link OracleMoney}. */
    Story inCurrency(String code) {
        currency = code;
        return this;
    }

    /** Sets the precedence of the origins of profile data. */
    Story inOrder(String... words) {
        origins = List.of(words);
        return this;
    }

    /** Switches to these definitions. */
    Story becomes(String... definitions) {
        steps.add(new Step.Becomes(0, String.join("\n---\n", definitions)));
        return this;
    }

    /** An event arrives; values are {@code field=value}, where a value is a text or YAML. */
    Story event(String at, String customer, String type, String... values) {
        return eventWithId("n" + ++eventIds, at, customer, type, values);
    }

    Story eventWithId(String id, String at, String customer, String type, String... values) {
        steps.add(Step.read(id, at, customer, type, values));
        return this;
    }

    /** A tick, after which due customers are evaluated. */
    Story timeIs(String at) {
        steps.add(new Step.Tick(java.time.Instant.parse(at).toEpochMilli(), true));
        return this;
    }

    /** Everything that is known of a customer is deleted. */
    Story erased(String at, String customer) {
        steps.add(new Step.Erased(java.time.Instant.parse(at).toEpochMilli(), customer));
        return this;
    }

    /** All customers are counted, and compared from now on. */
    Story counted(String at, Step.Seen seen) {
        steps.add(new Step.Counted(java.time.Instant.parse(at).toEpochMilli(), seen));
        return this;
    }

    /** The shop says what is known of a product; facts are {@code field=value}. */
    Story informed(String at, String product, Step.Seen seen, long ahead, String... facts) {
        Map<String, Object> raw = new LinkedHashMap<>();
        for (String fact : facts) {
            String name = fact.substring(0, fact.indexOf('='));
            String text = fact.substring(name.length() + 1);
            raw.put(name, List.of("stock", "price", "variants").contains(name) ? new Yaml().load(text) : text);
        }
        steps.add(new Step.Informed(java.time.Instant.parse(at).toEpochMilli(), product, raw, seen, ahead));
        return this;
    }

    /** A tick that only the next event sees. */
    Story timePasses(String at) {
        steps.add(new Step.Tick(java.time.Instant.parse(at).toEpochMilli(), false));
        return this;
    }

    /**
     * Checks that both publish exactly these changes, as {@code customer segment KIND instant}, and agree on everything
     * else, decisions of triggers included.
     */
    void expects(String... changes) {
        Trial trial = new Trial(zone, currency, origins);
        List<Told> told = new ArrayList<>();
        try {
            Optional<Trial.Disagreement> disagreement = trial.run(trial.compile(yaml), steps, restartEvery, told);
            assertThat(disagreement).isEmpty();
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid.getMessage(), invalid);
        }
        assertThat(told.stream().map(Told::brief).toList()).containsExactly(changes);
    }
}
