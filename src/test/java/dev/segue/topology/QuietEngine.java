package dev.segue.topology;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Effects.Outcome;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One segment, {@code quiet}: entered an hour after the latest event, left at the next. Remembers the latest event's id. */
final class QuietEngine implements Engine {
    static final Duration QUIET = Duration.ofHours(1);

    private final long plan;
    int looks;

    QuietEngine(long plan) {
        this.plan = plan;
    }

    @Override
    public Look apply(byte @Nullable [] stored, Event event, long tick, long detectedAt) {
        State state = stored == null ? new State(event.customerId()) : new State(event.customerId(), stored);
        if (stored != null && state.latestId == event.eventId().hashCode()) {
            return new Look(
                    new Effects(Outcome.DUPLICATE, List.of(), List.of(), List.of(), false),
                    null,
                    state.deadline(),
                    null);
        }
        List<Change> changes = new ArrayList<>();
        state.advance(Math.max(tick, event.time()), detectedAt, changes);
        state.latest = Math.max(state.latest, event.time());
        state.latestId = event.eventId().hashCode();
        boolean quiet = state.now >= state.latest + QUIET.toMillis();
        if (quiet != state.inside) {
            state.inside = quiet;
            Change.Kind kind = quiet ? Change.Kind.ENTERED : Change.Kind.EXITED;
            changes.add(state.change(kind, state.now, detectedAt, Cause.of(event)));
        }
        return state.look(Outcome.APPLIED, changes);
    }

    @Override
    public Look advance(String customerId, byte[] stored, long to, long detectedAt) {
        looks++;
        State state = new State(customerId, stored);
        List<Change> changes = new ArrayList<>();
        if (plan != planOf(stored)) {
            changes.add(state.change(Change.Kind.UPDATED, to, detectedAt, Cause.DEFINITION));
        }
        state.advance(to, detectedAt, changes);
        return state.look(Outcome.ADVANCED, changes);
    }

    @Override
    public long deadline(byte[] stored) {
        return planOf(stored) == plan ? new State("", stored).deadline() : AT_ONCE;
    }

    @Override
    public List<String> segments(byte[] stored) {
        return new State("", stored).inside ? List.of("quiet") : List.of();
    }

    private static long planOf(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong();
    }

    private final class State {
        private final String customer;
        private long now = Long.MIN_VALUE;
        private long latest = Long.MIN_VALUE;
        private int latestId;
        private boolean inside;

        State(String customer) {
            this.customer = customer;
        }

        State(String customer, byte[] stored) {
            ByteBuffer bytes = ByteBuffer.wrap(stored);
            this.customer = customer;
            bytes.getLong();
            now = bytes.getLong();
            latest = bytes.getLong();
            latestId = bytes.getInt();
            inside = bytes.get() == 1;
        }

        void advance(long to, long detectedAt, List<Change> changes) {
            long deadline = deadline();
            now = Math.max(now, to);
            if (deadline <= now && latest != Long.MIN_VALUE) {
                inside = true;
                changes.add(change(Change.Kind.ENTERED, deadline, detectedAt, Cause.DEADLINE));
            }
        }

        long deadline() {
            return inside || latest == Long.MIN_VALUE ? DeadlineIndex.NEVER : latest + QUIET.toMillis();
        }

        Change change(Change.Kind kind, long at, long detectedAt, Cause cause) {
            return new Change(
                    customer + kind + at,
                    customer,
                    "quiet",
                    kind,
                    null,
                    null,
                    Instant.ofEpochMilli(at),
                    Instant.ofEpochMilli(detectedAt),
                    kind == Change.Kind.EXITED ? Instant.ofEpochMilli(at) : null,
                    "v" + plan,
                    cause,
                    List.of(),
                    Map.of(),
                    false);
        }

        Look look(Outcome outcome, List<Change> changes) {
            byte[] stored = ByteBuffer.allocate(29)
                    .putLong(plan)
                    .putLong(now)
                    .putLong(latest)
                    .putInt(latestId)
                    .put((byte) (inside ? 1 : 0))
                    .array();
            Effects effects = new Effects(outcome, changes, List.of(), List.of(), true);
            return new Look(effects, stored, deadline(), changes.isEmpty() ? null : profile());
        }

        private CustomerProfile profile() {
            Instant at = Instant.ofEpochMilli(now);
            return new CustomerProfile(
                    customer,
                    at,
                    inside ? List.of(new CustomerProfile.Membership("quiet", null, null, at, "v" + plan)) : List.of(),
                    List.of(),
                    Map.of(),
                    new CustomerProfile.Totals(1, at, at, 0, BigDecimal.ZERO));
        }
    }
}
