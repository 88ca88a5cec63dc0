// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.InvalidDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A story about customers that engine and oracle must tell alike, in a scenario's words. */
final class Story {
    private final String yaml;
    private final List<Step> steps = new ArrayList<>();
    private int restartEvery;
    private String zone = "UTC";
    private String currency = "";
    private int eventIds;

    private Story(String yaml) {
        this.yaml = yaml;
    }

    static Story of(String... definitions) {
        return new Story(String.join("\n---\n", definitions));
    }

    /** After so many steps only what was stored is left; 0 for never. */
    Story restartingEvery(int steps) {
        restartEvery = steps;
        return this;
    }

    /** The configured time zone. */
    Story inZone(String name) {
        zone = name;
        return this;
    }

    /** The shop's currency; the rates are those of {@link OracleMoney}. */
    Story inCurrency(String code) {
        currency = code;
        return this;
    }

    /** From here on these definitions hold. */
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

    /** A tick, and whoever is due is looked at. */
    Story timeIs(String at) {
        steps.add(new Step.Tick(java.time.Instant.parse(at).toEpochMilli(), true));
        return this;
    }

    /** A tick that only the next event learns of. */
    Story timePasses(String at) {
        steps.add(new Step.Tick(java.time.Instant.parse(at).toEpochMilli(), false));
        return this;
    }

    /** Both say exactly these changes, as {@code customer segment KIND instant}, and agree on all the rest of them. */
    void tells(String... changes) {
        Trial trial = new Trial(zone, currency);
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
