// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.oracle.OracleCustomer.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of one customer at one instant.
 *
 * @param lateEventAt the time of the causing event if it arrived late; else {@link Long#MAX_VALUE}
 * @param told receives the changes
 */
record Turn(OracleCustomer customer, Moment moment, Cause cause, long detectedAt, long lateEventAt, List<Told> told) {

    void evaluate(OracleDefinition definition) {
        if (customer.members.containsKey(definition.name()) && awaitsCuts(definition)) {
            return; // Before the first count, nobody leaves.
        }
        switch (definition.kind()) {
            case "group" -> group(definition);
            case "trait" -> trait(definition);
            case "trigger" -> {} // Triggers wait until all others have been evaluated.
            default -> segment(definition);
        }
    }

    private boolean awaitsCuts(OracleDefinition definition) {
        return definition.percentiles().stream()
                .anyMatch(percentile -> moment.cuts().at(percentile.population(), moment.now()) == null);
    }

    /** Ends the membership of a removed definition. */
    void end(String gone) {
        end(gone, null);
    }

    /** Ends a membership that goes on as another customer's, or whose definition was removed. */
    void end(String gone, @Nullable String mergedInto) {
        Member member = customer.members.get(gone);
        customer.leave(gone);
        String group = member.segment().equals(gone) ? null : gone;
        told.add(new Told(
                customer.id(),
                member.segment(),
                Change.Kind.EXITED,
                null,
                group,
                moment.now(),
                Instant.ofEpochMilli(detectedAt),
                Instant.ofEpochMilli(member.enteredAt()),
                cause,
                List.of(),
                Map.of(),
                false,
                false,
                mergedInto));
    }

    /** Tells what the past gives of a definition that did not know it; {@code before} was told last. */
    void tellPast(OracleDefinition definition, @Nullable Member before, @Nullable Member now) {
        if (before != null && before.equals(now) && awaitsCuts(definition)) {
            return; // It stays as it is until the first count.
        }
        boolean goesOn = before != null && goesOn(before, now);
        if (before != null && !goesOn) {
            publishPast(definition, before.segment(), Change.Kind.EXITED, null, ending(definition, before), before);
        }
        if (now == null) {
            return;
        }
        List<Question> decided = deciding(definition, now.segment());
        if (!goesOn) {
            customer.enter(
                    definition.name(), new Member(now.segment(), now.enteredAt(), carry(definition), now.value()));
            publishPast(definition, now.segment(), Change.Kind.ENTERED, now.value(), decided, now);
            return;
        }
        Map<String, Object> carry = definition.updatesCarry() ? carry(definition) : before.carry();
        customer.enter(definition.name(), new Member(now.segment(), before.enteredAt(), carry, now.value()));
        if (!Objects.equals(before.value(), now.value()) || !carry.equals(before.carry())) {
            publishPast(definition, now.segment(), Change.Kind.UPDATED, now.value(), decided, null);
        }
    }

    private static boolean goesOn(Member before, @Nullable Member now) {
        return now != null
                && now.segment().equals(before.segment())
                && (now.value() == null) == (before.value() == null);
    }

    private List<Question> deciding(OracleDefinition definition, String segment) {
        List<Question> deciding = new ArrayList<>();
        if (definition.kind().equals("group")) {
            deciding.add(definition.choices().get(segment));
        } else {
            for (String key : List.of("when", "value")) {
                Question question = definition.question(key);
                if (question != null) {
                    deciding.add(question);
                }
            }
        }
        return deciding;
    }

    private List<Question> ending(OracleDefinition definition, Member left) {
        if (definition.kind().equals("group")) {
            List<String> names = List.copyOf(definition.choices().keySet());
            if (!names.contains(left.segment())) {
                return List.of();
            }
            String holding = names.stream()
                    .filter(choice -> definition.choices().get(choice).holds(moment))
                    .findFirst()
                    .orElse(null);
            boolean displaced = holding != null && names.indexOf(holding) < names.indexOf(left.segment());
            return List.of(definition.choices().get(displaced ? holding : left.segment()));
        }
        Question until = definition.question("until");
        return until == null ? deciding(definition, left.segment()) : List.of(until);
    }

    private void publishPast(
            OracleDefinition definition,
            String segment,
            Change.Kind kind,
            @Nullable Object value,
            List<Question> decided,
            @Nullable Member begun) {
        Map<String, Object> carry = kind == Change.Kind.EXITED ? Map.of() : carry(definition);
        publish(definition, segment, kind, value, decided, carry, begun, false, true);
    }

    private long now() {
        return moment.now().toEpochMilli();
    }

    private void segment(OracleDefinition definition) {
        String name = definition.name();
        Question when = Objects.requireNonNull(definition.question("when"));
        boolean holds = when.holds(moment);
        noteHolding(definition, holds);
        Member member = customer.members.get(name);
        if (member == null) {
            if (holds && !definition.holds("until", false, moment) && isDue(definition)) {
                enter(definition, name, null, List.of(when));
            }
        } else if (definition.holds("until", !holds, moment)) {
            Question until = definition.question("until");
            leave(definition, member, List.of(until == null ? when : until));
        } else {
            update(definition, member, null, List.of(when));
        }
    }

    private void noteHolding(OracleDefinition definition, boolean holds) {
        if (!holds) {
            customer.holdsSince.remove(definition.name());
        } else if (customer.holdsSince.putIfAbsent(definition.name(), now()) == null) {
            customer.dues.add(now() + definition.holdFor());
        }
    }

    /** The condition has held long enough, and the customer left long enough ago. */
    private boolean isDue(OracleDefinition definition) {
        long since = customer.holdsSince.getOrDefault(definition.name(), now());
        Long left = customer.leftAt.get(definition.name());
        return now() >= since + definition.holdFor() && (left == null || now() >= left + definition.cooldown());
    }

    private void group(OracleDefinition definition) {
        Member member = customer.members.get(definition.name());
        List<String> names = List.copyOf(definition.choices().keySet());
        String holding = names.stream()
                .filter(choice -> definition.choices().get(choice).holds(moment))
                .findFirst()
                .orElse(null);
        if (member != null && member.segment().equals(holding)) {
            update(definition, member, null, List.of(definition.choices().get(holding)));
            return;
        }
        if (member != null) {
            // An earlier choice displaced it; otherwise its own condition no longer holds.
            boolean displaced = holding != null && names.indexOf(holding) < names.indexOf(member.segment());
            leave(definition, member, List.of(definition.choices().get(displaced ? holding : member.segment())));
        }
        if (holding != null) {
            enter(definition, holding, null, List.of(definition.choices().get(holding)));
        }
    }

    private void trait(OracleDefinition definition) {
        Question when = definition.question("when");
        Question asked = Objects.requireNonNull(definition.question("value"));
        Object value = when != null && !when.holds(moment) ? null : asked.answer(moment);
        if (when == null && "".equals(value)) {
            value = null;
        }
        List<Question> decided = when == null ? List.of(asked) : List.of(when, asked);
        Member member = customer.members.get(definition.name());
        if (member == null && value != null) {
            enter(definition, definition.name(), value, decided);
        } else if (member != null && value == null) {
            leave(definition, member, decided);
        } else if (member != null) {
            update(definition, member, value, decided);
        }
    }

    private void enter(OracleDefinition definition, String segment, @Nullable Object value, List<Question> decided) {
        Map<String, Object> carry = carry(definition);
        customer.enter(definition.name(), new Member(segment, now(), carry, value));
        publish(definition, segment, Change.Kind.ENTERED, value, decided, carry);
    }

    private void leave(OracleDefinition definition, Member member, List<Question> decided) {
        customer.leave(definition.name());
        customer.leftAt.put(definition.name(), now());
        customer.dues.add(now() + definition.cooldown());
        boolean isLate = lateEventAt <= member.enteredAt();
        publish(definition, member.segment(), Change.Kind.EXITED, null, decided, Map.of(), member, isLate, false);
    }

    private void update(OracleDefinition definition, Member member, @Nullable Object value, List<Question> decided) {
        Map<String, Object> carry = definition.updatesCarry() ? carry(definition) : member.carry();
        if (!carry.equals(member.carry()) || !Objects.equals(value, member.value())) {
            customer.enter(definition.name(), new Member(member.segment(), member.enteredAt(), carry, value));
            publish(definition, member.segment(), Change.Kind.UPDATED, value, decided, carry(definition));
        }
    }

    Map<String, Object> carry(OracleDefinition definition) {
        Map<String, Object> carry = new LinkedHashMap<>();
        definition.carry().forEach((name, question) -> {
            Object value = question.answer(moment);
            if (value != null) {
                carry.put(name, value);
            }
        });
        return carry;
    }

    private void publish(
            OracleDefinition definition,
            String segment,
            Change.Kind kind,
            @Nullable Object value,
            List<Question> decided,
            Map<String, Object> carry) {
        publish(definition, segment, kind, value, decided, carry, null, false, false);
    }

    private void publish(
            OracleDefinition definition,
            String segment,
            Change.Kind kind,
            @Nullable Object value,
            List<Question> decided,
            Map<String, Object> carry,
            @Nullable Member begun,
            boolean isLate,
            boolean backfilled) {
        told.add(new Told(
                customer.id(),
                segment,
                kind,
                value,
                definition.kind().equals("group") ? definition.name() : null,
                moment.now(),
                Instant.ofEpochMilli(detectedAt),
                begun == null ? null : Instant.ofEpochMilli(begun.enteredAt()),
                cause,
                evidence(decided),
                carry,
                isLate,
                backfilled,
                null));
    }

    private List<Told.Why> evidence(List<Question> decided) {
        Map<String, Told.Why> lines = new LinkedHashMap<>();
        List<Question> readings = new ArrayList<>();
        decided.forEach(question -> readings.addAll(question.readings()));
        for (Question reading : readings) {
            Object value = reading.evidence(moment);
            if (value != null) {
                lines.putIfAbsent(reading.text(), new Told.Why(reading.text(), value, false));
            }
        }
        return List.copyOf(lines.values());
    }
}
