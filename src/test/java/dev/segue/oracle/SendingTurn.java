// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import com.google.common.hash.Hashing;
import dev.segue.event.Cause;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Goal;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.oracle.OracleCustomer.Member;
import dev.segue.oracle.OracleSending.Pending;
import dev.segue.oracle.OracleSending.Sent;
import dev.segue.oracle.OracleTrigger.Limit;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What triggers decide about one customer at one instant, once it is known which segments the customer is in.
 *
 * @param triggers in their order
 * @param decided receives the decisions
 */
record SendingTurn(Turn turn, List<OracleDefinition> triggers, List<Decided> decided) {
    private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

    SendingTurn {
        triggers = triggers.stream()
                .filter(definition -> definition.trigger() != null)
                .sorted(Comparator.comparing(
                                (OracleDefinition trigger) -> -rule(trigger).priority())
                        .thenComparing(OracleDefinition::name))
                .toList();
    }

    private record Answer(
            Kind kind,
            @Nullable Long until,
            boolean isFinal,
            @Nullable Arm arm) {
        static Answer ends(Kind kind) {
            return new Answer(kind, null, true, null);
        }

        static Answer waits(Kind kind, @Nullable Long until) {
            return new Answer(kind, until, false, null);
        }
    }

    private static OracleTrigger rule(OracleDefinition trigger) {
        return Objects.requireNonNull(trigger.trigger());
    }

    private OracleSending sending() {
        return turn.customer().sending;
    }

    private long now() {
        return turn.moment().now().toEpochMilli();
    }

    private WallClock clock() {
        return new WallClock(turn.moment().zone());
    }

    /** @param fresh the changes that triggers have not seen */
    void ask(List<Told> fresh) {
        Set<String> busy = new HashSet<>();
        for (OracleDefinition trigger : triggers) {
            endWaits(trigger);
            begin(trigger, fresh);
            decide(trigger, busy);
        }
        while (!busy.isEmpty()) {
            Set<String> again = Set.copyOf(busy);
            busy.clear();
            triggers.stream()
                    .filter(trigger -> again.contains(rule(trigger).channel()))
                    .forEach(trigger -> decide(trigger, busy));
        }
    }

    private void endWaits(OracleDefinition trigger) {
        List<Sent> all = sending().sent;
        for (int index = 0; index < all.size(); index++) {
            Sent sent = all.get(index);
            boolean isOwn = sent.activation().trigger().equals(trigger.name());
            if (isOwn && !sent.isForgotten() && !sent.hasEnded() && sent.endsAt() <= now()) {
                all.set(index, sent.ended());
                if (rule(trigger).goal() != null && !sent.isReached()) {
                    tell(sent.activation(), new Answer(Kind.NO_GOAL, null, true, sent.arm()), null, null, Map.of());
                }
            }
        }
    }

    private void begin(OracleDefinition trigger, List<Told> fresh) {
        OracleTrigger rule = rule(trigger);
        boolean begins = fresh.stream()
                .filter(change -> change.segment().equals(rule.segment()) && change.kind() == rule.change())
                .anyMatch(change -> rule.backfilled()
                        || !(change.backfilled() || change.cause().kind() == Cause.Kind.DEFINITION));
        if (begins) {
            sending()
                    .pending
                    .putIfAbsent(
                            trigger.name(),
                            new Pending(trigger.name(), rule.channel(), rule.segment(), now(), null, null));
        }
    }

    private void decide(OracleDefinition trigger, Set<String> busy) {
        Pending pending = sending().pending.get(trigger.name());
        if (pending == null) {
            return;
        }
        OracleTrigger rule = rule(trigger);
        Answer answer = answer(trigger, rule, pending);
        Pending after = new Pending(
                pending.trigger(),
                rule.channel(),
                pending.segment(),
                pending.startedAt(),
                answer.kind(),
                answer.until());
        long expiresAt = pending.startedAt() + rule.expires();
        boolean sends = answer.arm() != null;
        boolean isNew = answer.kind() != pending.latest() || !Objects.equals(answer.until(), pending.until());
        if (answer.isFinal() || isNew) {
            tell(
                    after,
                    answer,
                    answer.kind() == Kind.CANCELLED ? null : expiresAt,
                    null,
                    sends ? turn.carry(trigger) : Map.of());
        }
        if (!answer.isFinal()) {
            sending().pending.put(trigger.name(), after);
            wake(expiresAt, answer.until());
            return;
        }
        sending().pending.remove(trigger.name());
        if (sends) {
            remember(trigger, after, answer);
            busy.add(rule.channel());
        }
    }

    /** The next instants at which time alone may change the answer. */
    private void wake(long expiresAt, @Nullable Long until) {
        Set<Long> dues = turn.customer().dues;
        dues.add(expiresAt);
        if (until != null) {
            dues.add(until);
        }
    }

    private Answer answer(OracleDefinition trigger, OracleTrigger rule, Pending pending) {
        boolean isIn = turn.moment().segments().contains(rule.segment());
        boolean isGone = isIn == rule.change().name().equals("EXITED");
        if (isGone || trigger.holds("cancel", false, turn.moment())) {
            return Answer.ends(Kind.CANCELLED);
        }
        if (now() >= pending.startedAt() + rule.expires()) {
            return Answer.ends(Kind.EXPIRED);
        }
        if (!trigger.holds("when", true, turn.moment())) {
            return Answer.waits(Kind.WAITING, null);
        }
        if (!trigger.holds("consent", false, turn.moment())) {
            return Answer.waits(Kind.NO_CONSENT, null);
        }
        long first = first(rule, pending.startedAt() + rule.pause());
        if (now() < first) {
            return Answer.waits(Kind.WAITING, first);
        }
        if (isOutranked(rule)) {
            return Answer.waits(Kind.OUTRANKED, null);
        }
        boolean isNight = rule.quiet() != null && clock().isQuiet(now(), rule.quiet());
        long free = free(trigger, rule);
        if (free > now() && !(isNight && rule.drops())) {
            return new Answer(Kind.CAPPED, free, rule.drops(), null);
        }
        if (isNight) {
            return Answer.waits(Kind.QUIET, clock().first(now(), rule.quiet(), false));
        }
        Arm arm = arm(trigger, rule);
        return new Answer(arm == Arm.CONTROL ? Kind.HELD_OUT : Kind.SEND, null, true, arm);
    }

    private long first(OracleTrigger rule, long earliest) {
        Member trait = rule.best() == null
                ? null
                : turn.customer().members.get(rule.best().trait());
        Integer hour = trait == null ? null : hour(trait.value());
        return hour == null
                ? earliest
                : clock().bestHour(earliest, hour, rule.best().within());
    }

    /** An hour is a whole number from 0 to 23, or the text of one. */
    private static @Nullable Integer hour(@Nullable Object value) {
        String text = value instanceof Number number
                ? number.toString().replaceAll("\\.0$", "")
                : value instanceof String written && written.matches("[0-9]+") ? written : "";
        return text.matches("-?0|0?[0-9]|1[0-9]|2[0-3]") ? (Integer) Math.abs(Integer.parseInt(text)) : null;
    }

    private boolean isOutranked(OracleTrigger rule) {
        return triggers.stream()
                .filter(other -> rule(other).channel().equals(rule.channel()))
                .filter(other -> rule(other).priority() > rule.priority())
                .map(other -> sending().pending.get(other.name()))
                .anyMatch(other -> other != null && other.reserves());
    }

    private long free(OracleDefinition trigger, OracleTrigger rule) {
        List<Long> free = new ArrayList<>(List.of(now()));
        for (Limit limit : rule.own()) {
            free.add(clock().freeAt(
                            limit, sent(known -> known.activation().trigger().equals(trigger.name())), now()));
        }
        for (Limit limit : rule.channels()) {
            free.add(clock().freeAt(
                            limit,
                            sent(known -> !known.heldOut()
                                    && known.activation().channel().equals(rule.channel())),
                            now()));
        }
        return free.stream().max(Long::compare).orElseThrow();
    }

    private List<Long> sent(Predicate<Sent> property) {
        return sending().sent.stream().filter(property).map(Sent::at).toList();
    }

    private Arm arm(OracleDefinition trigger, OracleTrigger rule) {
        Arm known = sending().arms.get(trigger.name());
        if (known != null) {
            return known;
        }
        byte[] salted = (trigger.name() + '\0' + turn.customer().id()).getBytes(StandardCharsets.UTF_8);
        byte[] hash = Hashing.sha256().hashBytes(salted).asBytes();
        BigInteger number = new BigInteger(1, Arrays.copyOf(hash, 8));
        return number.mod(WHOLE).intValue() < rule.holdout() ? Arm.CONTROL : Arm.TREATMENT;
    }

    private void remember(OracleDefinition trigger, Pending activation, Answer answer) {
        OracleTrigger rule = rule(trigger);
        Arm arm = Objects.requireNonNull(answer.arm());
        if (rule.holdout() > 0) {
            sending().arms.put(trigger.name(), arm);
        }
        long lasts =
                rule.goal() == null ? OracleSending.WITHOUT_GOAL : rule.goal().within();
        boolean heldOut = answer.kind() == Kind.HELD_OUT;
        sending()
                .sent
                .add(new Sent(
                        activation,
                        now(),
                        heldOut,
                        now() + lasts,
                        activation.startedAt() + rule.expires(),
                        arm,
                        false,
                        false,
                        false));
        turn.customer().dues.add(now() + lasts);
    }

    /** Finds what an event is the goal of. A trigger's goal is what it says now; how long it is waited for, what it said. */
    void happened(Event event) {
        List<Sent> all = sending().sent;
        for (OracleDefinition trigger : triggers) {
            OracleTrigger.Goal goal = rule(trigger).goal();
            for (int index = 0; goal != null && index < all.size(); index++) {
                Sent sent = all.get(index);
                boolean isOwn = sent.activation().trigger().equals(trigger.name());
                boolean isGoal = goal.event().equals(event.type().name());
                if (isOwn && isGoal && !sent.isReached() && sent.awaits(event.time())) {
                    all.set(index, sent.reached());
                    Object value = goal.value() == null ? null : event.fields().get(goal.value());
                    Double worth = value instanceof Number number ? (Double) number.doubleValue() : null;
                    Goal reached = new Goal(event.eventId(), worth);
                    tell(sent.activation(), new Answer(Kind.GOAL, null, true, sent.arm()), null, reached, Map.of());
                }
            }
        }
    }

    /** Ends activations for another reason than what their triggers say. */
    void cancel(List<Pending> activations) {
        activations.forEach(activation -> tell(activation, Answer.ends(Kind.CANCELLED), null, null, Map.of()));
    }

    /** Ends everything, also what may not have been delivered by now. */
    void erased() {
        cancel(List.copyOf(sending().pending.values()));
        for (Sent sent : sending().sent) {
            triggers.stream()
                    .filter(trigger -> trigger.name().equals(sent.activation().trigger()))
                    .filter(trigger -> sent.expiresAt() > now())
                    .filter(trigger -> !sent.isForgotten() && sent.arm() != Arm.CONTROL)
                    .forEach(trigger -> cancel(List.of(sent.activation())));
        }
    }

    private void tell(
            Pending activation,
            Answer answer,
            @Nullable Long expiresAt,
            @Nullable Goal goal,
            Map<String, Object> payload) {
        decided.add(new Decided(
                turn.customer().id(),
                activation.trigger(),
                activation.channel(),
                activation.segment(),
                answer.kind(),
                answer.isFinal(),
                turn.moment().now(),
                Instant.ofEpochMilli(turn.detectedAt()),
                Instant.ofEpochMilli(activation.startedAt()),
                answer.isFinal() || answer.until() == null ? null : Instant.ofEpochMilli(answer.until()),
                expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
                answer.arm(),
                goal,
                payload));
    }
}
