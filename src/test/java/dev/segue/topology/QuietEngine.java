// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One segment, {@code quiet}: entered an hour after the latest event, left at the next. Stores the latest event's id.
 */
final class QuietEngine implements Engine {
    static final Duration QUIET = Duration.ofHours(1);

    private final long plan;
    int looks;

    QuietEngine(long plan) {
        this.plan = plan;
    }

    @Override
    public Customer customer(String id, byte @Nullable [] stored) {
        return stored == null ? new State(id) : new State(id, stored);
    }

    @Override
    public long deadline(byte[] stored) {
        return planOf(stored) == plan ? new State("", stored).nextDeadline() : AT_ONCE;
    }

    @Override
    public List<String> segments(byte[] stored) {
        return new State("", stored).inside ? List.of("quiet") : List.of();
    }

    private static long planOf(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong();
    }

    private final class State implements Customer {
        private final String customer;
        private long writtenBy = plan;
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
            writtenBy = bytes.getLong();
            now = bytes.getLong();
            latest = bytes.getLong();
            latestId = bytes.getInt();
            inside = bytes.get() == 1;
        }

        @Override
        public Outcome apply(Event event, long tick, long detectedAt) {
            if (latest != Long.MIN_VALUE && latestId == event.eventId().hashCode()) {
                return new Outcome(
                        new Effects(Effects.Outcome.DUPLICATE, List.of(), List.of(), List.of(), List.of(), false),
                        null,
                        nextDeadline(),
                        null);
            }
            List<Change> changes = new ArrayList<>();
            advance(Math.max(tick, event.time()), detectedAt, changes);
            latest = Math.max(latest, event.time());
            latestId = event.eventId().hashCode();
            boolean quiet = now >= latest + QUIET.toMillis();
            if (quiet != inside) {
                inside = quiet;
                Change.Kind kind = quiet ? Change.Kind.ENTERED : Change.Kind.EXITED;
                changes.add(change(kind, now, detectedAt, Cause.of(event)));
            }
            return look(Effects.Outcome.APPLIED, changes);
        }

        @Override
        public Outcome advance(long to, long detectedAt) {
            looks++;
            List<Change> changes = new ArrayList<>();
            if (plan != writtenBy) {
                changes.add(change(Change.Kind.UPDATED, to, detectedAt, Cause.DEFINITION));
            }
            advance(to, detectedAt, changes);
            return look(Effects.Outcome.ADVANCED, changes);
        }

        @Override
        public long deadline() {
            return writtenBy == plan ? nextDeadline() : AT_ONCE;
        }

        private void advance(long to, long detectedAt, List<Change> changes) {
            long deadline = nextDeadline();
            now = Math.max(now, to);
            if (deadline <= now && latest != Long.MIN_VALUE) {
                inside = true;
                changes.add(change(Change.Kind.ENTERED, deadline, detectedAt, Cause.DEADLINE));
            }
        }

        private long nextDeadline() {
            return inside || latest == Long.MIN_VALUE ? DeadlineIndex.NEVER : latest + QUIET.toMillis();
        }

        Change change(Change.Kind kind, long at, long detectedAt, Cause cause) {
            Instant effectiveAt = Instant.ofEpochMilli(at);
            return Change.of(customer, "quiet", kind, effectiveAt)
                    .changeId(customer + kind + at)
                    .detectedAt(Instant.ofEpochMilli(detectedAt))
                    .enteredAt(kind == Change.Kind.EXITED ? effectiveAt : null)
                    .definitionVersion("v" + plan)
                    .cause(cause)
                    .build();
        }

        Outcome look(Effects.Outcome outcome, List<Change> changes) {
            byte[] stored = ByteBuffer.allocate(29)
                    .putLong(plan)
                    .putLong(now)
                    .putLong(latest)
                    .putInt(latestId)
                    .put((byte) (inside ? 1 : 0))
                    .array();
            Effects effects = new Effects(outcome, changes, List.of(), List.of(), List.of(), true);
            writtenBy = plan;
            return new Outcome(effects, stored, nextDeadline(), changes.isEmpty() ? null : profile());
        }

        private CustomerProfile profile() {
            Instant at = Instant.ofEpochMilli(now);
            return new CustomerProfile(
                    customer,
                    at,
                    inside ? List.of(new CustomerProfile.Membership("quiet", null, null, at, "v" + plan)) : List.of(),
                    List.of(),
                    Map.of(),
                    new CustomerProfile.Totals(1, at, at));
        }
    }
}
