package dev.segue.topology;

import dev.segue.event.Event;
import dev.segue.plan.CustomerState;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.serde.StateCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plan over stored states. */
final class PlanEngine implements Engine {
    private final Plan plan;

    PlanEngine(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Look apply(byte @Nullable [] stored, Event event, long tick, long detectedAt) {
        CustomerState state =
                stored == null ? new CustomerState(event.customerId()) : StateCodec.read(event.customerId(), stored);
        return look(state, plan.apply(state, event, tick, detectedAt));
    }

    @Override
    public Look advance(String customerId, byte[] stored, long to, long detectedAt) {
        CustomerState state = StateCodec.read(customerId, stored);
        return look(state, plan.advance(state, to, detectedAt));
    }

    @Override
    public long deadline(byte[] stored) {
        return StateCodec.fingerprint(stored) == plan.fingerprint() ? StateCodec.deadline(stored) : AT_ONCE;
    }

    @Override
    public List<String> segments(byte[] stored) {
        return StateCodec.segments(stored);
    }

    private Look look(CustomerState state, Effects effects) {
        if (effects.outcome() == Effects.Outcome.ERASED) {
            // Due at once, so that the index of deadlines lets go of the id too.
            return new Look(effects, null, AT_ONCE, null);
        }
        return new Look(
                effects,
                effects.stateChanged() ? StateCodec.write(state) : null,
                state.deadline(),
                effects.changes().isEmpty() ? null : plan.profile(state));
    }
}
