package dev.segue.topology;

import dev.segue.event.Event;
import dev.segue.plan.CustomerState;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stands in until the state codec is there: keeps objects, and their names as bytes. */
final class PlanEngine implements Engine {
    private final Plan plan;
    private final Map<String, CustomerState> states = new ConcurrentHashMap<>();

    PlanEngine(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Look apply(byte @Nullable [] stored, Event event, long tick, long detectedAt) {
        CustomerState state = states.computeIfAbsent(event.customerId(), CustomerState::new);
        return look(state, plan.apply(state, event, tick, detectedAt));
    }

    @Override
    public Look advance(String customerId, byte[] stored, long to, long detectedAt) {
        CustomerState state = states.computeIfAbsent(customerId, CustomerState::new);
        return look(state, plan.advance(state, to, detectedAt));
    }

    @Override
    public long deadline(byte[] stored) {
        return states.get(new String(stored, StandardCharsets.UTF_8)).deadline();
    }

    private Look look(CustomerState state, Effects effects) {
        return new Look(
                effects.outcome(),
                effects.changes(),
                effects.stateChanged() ? state.customerId().getBytes(StandardCharsets.UTF_8) : null,
                state.deadline(),
                effects.changes().isEmpty() ? null : plan.profile(state));
    }
}
