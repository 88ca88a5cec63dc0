// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Effects;
import dev.segue.plan.Work;
import dev.segue.plan.state.InputProblem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemCountersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Counters counters = new Counters(meters, () -> Instant.EPOCH);

    @Test
    void everyKindHasCounterFromStart() {
        for (InputProblem.Kind kind : InputProblem.Kind.values()) {
            assertThat(count(kind)).isZero();
        }
        counters.count(applied(
                new InputProblem(InputProblem.Kind.UNKNOWN_TIME_ZONE, "Mars/Base"),
                new InputProblem(InputProblem.Kind.OTHER_CURRENCY, "JPY")));
        counters.count(applied(new InputProblem(InputProblem.Kind.OTHER_CURRENCY, "USD")));
        assertThat(count(InputProblem.Kind.UNKNOWN_TIME_ZONE)).isEqualTo(1);
        assertThat(count(InputProblem.Kind.OTHER_CURRENCY)).isEqualTo(2);
        assertThat(count(InputProblem.Kind.UNREADABLE_DATE)).isZero();
    }

    @Test
    void labelsContainNoRecordData() {
        counters.count(applied(new InputProblem(InputProblem.Kind.UNKNOWN_TIME_ZONE, "Mars/Base")));
        assertThat(meters.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().toString()).doesNotContain("Mars"));
    }

    private static Effects applied(InputProblem... problems) {
        return new Effects(
                Effects.Outcome.APPLIED,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(problems),
                Work.NONE,
                List.of(),
                true);
    }

    private double count(InputProblem.Kind kind) {
        return meters.get("segue.events.problems")
                .tag("problem", kind.label())
                .counter()
                .count();
    }
}
