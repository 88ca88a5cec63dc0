// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.FormUse;
import dev.segue.event.Session;
import dev.segue.plan.state.CustomerState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionCodecTest {
    private static final long NOW = 1_761_987_600_000L;

    @Test
    void stateKeepsItsSessionAndItsOwnDeadline() {
        Session.View landing = new Session.View("/a", NOW - 5_000);
        Session.View exit = new Session.View("/caf\u00e9", NOW);
        for (Session session : List.of(
                new Session(
                        NOW - 5_000,
                        NOW,
                        NOW,
                        9,
                        2,
                        landing,
                        exit,
                        1,
                        "ads",
                        Set.of(1L, 0xffff_ffff_ffffL),
                        Map.of("quiz", new FormUse(NOW, null), "mail", new FormUse(null, NOW - 9))),
                new Session(NOW, NOW, NOW + 60_000, 1, 0, null, null, 0, null, Set.of(), Map.of()))) {
            for (long deadline : new long[] {CustomerState.NEVER, NOW + 1, NOW + 90 * 60_000}) {
                CustomerState state = new CustomerState("ann");
                state.setClock(new CustomerState.Clock(NOW, deadline, 7));
                state.setSession(session);
                byte[] stored = StateCodec.write(state);
                CustomerState read = StateCodec.read("ann", stored);
                assertThat(read.session()).isEqualTo(session);
                assertThat(read.clock()).isEqualTo(state.clock());
                assertThat(StateCodec.deadline(stored)).isEqualTo(Math.min(deadline, session.endsAt()));
                assertThat(read.nextVisit()).isEqualTo(StateCodec.deadline(stored));
            }
        }
    }

    @Test
    void withoutSessionTheDeadlineIsThatOfTheDefinitions() {
        CustomerState state = new CustomerState("ann");
        state.setClock(new CustomerState.Clock(NOW, NOW + 1, 7));
        byte[] stored = StateCodec.write(state);
        assertThat(StateCodec.deadline(stored)).isEqualTo(NOW + 1);
        assertThat(StateCodec.read("ann", stored).session()).isNull();
    }
}
