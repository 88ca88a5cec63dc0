// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.explain.AggregateDescription;
import dev.segue.plan.explain.PlanDescription;
import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.CartLog;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Ledger;
import dev.segue.plan.state.ProfileState;
import dev.segue.plan.state.Series;
import dev.segue.serde.state.StateCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Compares the bytes that explain estimates with the stored bytes. */
class StateEstimateTest {
    @Test
    void estimateIsWithinQuarterOfRealTrace() throws IOException, InvalidDefinitions {
        Vocabulary vocabulary = Traces.vocabulary();
        List<Definition> definitions = new DefinitionReader(vocabulary).read(shipped());
        PlanDescription description = PlanDescription.of(definitions, vocabulary);
        Replay replay = new Replay(Plan.compile(definitions, vocabulary));
        try (EventReader reader = Traces.open("rees46-multicategory-1h.csv.gz", "rees46")) {
            replay.run(reader, Until.parse("+2h"));
        }
        long stored = 0;
        long estimated = 0;
        long close = 0;
        for (CustomerState state : replay.customers()) {
            long bytes = StateCodec.write(state).length;
            long estimate = estimate(state, description);
            stored += bytes;
            estimated += estimate;
            close += Math.abs(estimate - bytes) <= bytes / 3 ? 1 : 0;
        }
        System.out.println("state of " + replay.customers().size() + " customers: stored " + stored + ", estimated "
                + estimated + ", within a third: " + close);
        assertThat(estimated).isCloseTo(stored, Percentage.withPercentage(25));
        // Nine of ten customers are within a third, so that the sum is not right by chance.
        assertThat(close * 10).isGreaterThan(replay.customers().size() * 9L);
    }

    private static long estimate(CustomerState state, PlanDescription description) {
        long bytes = PlanDescription.bytesBesideAggregates(
                state.recentIds().hashes().length, state.memberships().size());
        for (int index = 0; index < state.aggregates().size(); index++) {
            AggregateDescription aggregate =
                    description.aggregates().get(state.aggregates().id(index));
            assertThat(aggregate).isNotNull();
            bytes += aggregate.bytes(elements(state.aggregates().state(index)));
        }
        return bytes;
    }

    private static long elements(AggregateState state) {
        if (state instanceof Series series) {
            return series.size();
        }
        if (state instanceof Keyed keyed) {
            return keyed.groups().size();
        }
        if (state instanceof CartLog cart) {
            return cart.steps().size();
        }
        if (state instanceof Ledger ledger) {
            return ledger.orders().size();
        }
        return state instanceof ProfileState profile ? profile.size() : 1;
    }

    private static List<DefinitionText> shipped() throws IOException {
        List<DefinitionText> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("segments"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.add(new DefinitionText(file.toString(), Files.readString(file)));
            }
        }
        return texts;
    }
}
