// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates stored states with the plan. */
final class PlanEngine implements Engine {
    private final Plan plan;
    private final int stateBytes;

    /** @param stateBytes limit for the stored state of one customer; see {@link dev.segue.config.LimitSettings} */
    PlanEngine(Plan plan, int stateBytes) {
        this.plan = plan;
        this.stateBytes = stateBytes;
    }

    @Override
    public Customer customer(String id, byte @Nullable [] stored) {
        return new Known(plan, stateBytes, stored == null ? new CustomerState(id) : StateCodec.read(id, stored));
    }

    @Override
    public long deadline(byte[] stored) {
        return deadline(StateCodec.fingerprint(stored), StateCodec.deadline(stored), plan);
    }

    private static long deadline(long writtenBy, long deadline, Plan plan) {
        return writtenBy == plan.fingerprint() ? deadline : AT_ONCE;
    }

    @Override
    public List<String> segments(byte[] stored) {
        return StateCodec.segments(stored);
    }

    private record Known(Plan plan, int stateBytes, CustomerState state) implements Customer {
        @Override
        public Outcome apply(Event event, long tick, long detectedAt) {
            Outcome look = look(plan.apply(state, event, tick, detectedAt));
            return look.storedBytes() > stateBytes ? cut(look, event, detectedAt) : look;
        }

        /** Shortens a state that no record could carry; otherwise one customer would block the partition. */
        private Outcome cut(Outcome large, Event event, long detectedAt) {
            Outcome look = large;
            while (look.storedBytes() > stateBytes) {
                Effects after = plan.halve(state, StateCodec.largest(state), event, detectedAt, look.effects());
                if (after == null) {
                    break;
                }
                look = look(after);
            }
            return look;
        }

        @Override
        public Outcome advance(long to, long detectedAt) {
            return look(plan.advance(state, to, detectedAt));
        }

        @Override
        public long deadline() {
            return PlanEngine.deadline(state.clock().plan(), state.deadline(), plan);
        }

        private Outcome look(Effects effects) {
            if (effects.outcome() == Effects.Outcome.ERASED) {
                // Due at once, so that the deadline index drops the id too.
                return new Outcome(effects, null, AT_ONCE, null);
            }
            return new Outcome(
                    effects,
                    effects.stateChanged() ? StateCodec.write(state) : null,
                    state.deadline(),
                    effects.changes().isEmpty() ? null : plan.profile(state));
        }
    }
}
