// SPDX-License-Identifier: Apache-2.0
package dev.segue.story;

import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Creates stories on one kind of stage, and closes the stages afterwards. */
public final class Stories implements AutoCloseable {
    private final Where where;
    private final List<Stage> stages = new ArrayList<>();

    private Stories(Where where) {
        this.where = where;
    }

    /** For {@link ToldEverywhere}. */
    static Stream<Stories> everywhere() {
        return Arrays.stream(Where.values()).map(Stories::new);
    }

    /** A story about definitions, each a YAML document. */
    public Scenario of(String... definitions) {
        return of(PlanOptions.defaults(), definitions);
    }

    public Scenario of(PlanOptions options, String... definitions) {
        Plan plan = Scenario.compile(options, definitions);
        try {
            Stage stage = where.open(plan);
            stages.add(stage);
            return Scenario.on(stage);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() throws IOException {
        for (Stage stage : stages) {
            stage.close();
        }
    }

    @Override
    public String toString() {
        return where.name();
    }
}
