// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerOutcome.Measure;
import dev.segue.plan.trigger.Activations;
import dev.segue.plan.trigger.Pending;
import dev.segue.plan.trigger.Sent;
import dev.segue.plan.trigger.Sequel;
import dev.segue.plan.trigger.TriggerAnswer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Encodes what triggers remember of a customer; nothing takes one byte. */
final class ActivationsCodec {
    private static final int HEX = 16;

    private ActivationsCodec() {}

    static void write(StateWriter out, Activations activations, long now) {
        out.unsigned(activations.isEmpty() ? 0 : 1);
        if (activations.isEmpty()) {
            return;
        }
        out.unsigned(activations.pending().size());
        activations.pending().forEach(pending -> write(out, pending, now));
        out.unsigned(activations.sent().size());
        for (Sent sent : activations.sent()) {
            out.text(sent.trigger());
            out.text(sent.channel());
            out.signed(now - sent.at());
            out.unsigned(sent.heldOut() ? 1 : 0);
        }
        out.unsigned(activations.sequels().size());
        for (Sequel sequel : activations.sequels()) {
            write(out, sequel.activation(), now);
            out.signed(now - sequel.sentAt());
            out.signed(sequel.endsAt() - sequel.sentAt());
            out.signed(sequel.expiresAt() - sequel.sentAt());
            out.text(sequel.arm().name());
            out.unsigned(sequel.seen().size());
            sequel.seen().stream().map(Measure::name).sorted().forEach(out::text);
        }
        out.unsigned(activations.arms().size());
        for (Map.Entry<String, Arm> arm : activations.arms().entrySet()) {
            out.text(arm.getKey());
            out.text(arm.getValue().name());
        }
    }

    private static void write(StateWriter out, Pending activation, long now) {
        out.text(activation.trigger());
        out.text(activation.version());
        out.text(activation.channel());
        out.text(activation.segment());
        writeId(out, activation.id());
        writeId(out, activation.changeId());
        out.signed(now - activation.startedAt());
        TriggerDecision.Kind decision = activation.decision();
        out.text(decision == null ? "" : decision.name());
        boolean lasts = activation.until() == TriggerAnswer.ANY_TIME;
        out.unsigned(lasts ? 0 : 1);
        out.signed(lasts ? 0 : activation.until() - now);
    }

    private static Pending readActivation(StateReader in, long now) {
        String trigger = in.text();
        String version = in.text();
        String channel = in.text();
        String segment = in.text();
        String id = readId(in);
        String changeId = readId(in);
        long startedAt = now - in.signed();
        String decision = in.text();
        boolean lasts = in.unsigned() == 0;
        long until = now + in.signed();
        return new Pending(
                trigger,
                version,
                channel,
                segment,
                id,
                changeId,
                startedAt,
                decision.isEmpty() ? null : one(TriggerDecision.Kind.class, decision),
                lasts ? TriggerAnswer.ANY_TIME : until);
    }

    static void read(StateReader in, Activations activations, long now) {
        if (in.unsigned() == 0) {
            return;
        }
        for (int left = in.count(2 * HEX); left > 0; left--) {
            activations.put(readActivation(in, now));
        }
        for (int left = in.count(4); left > 0; left--) {
            activations.add(new Sent(in.text(), in.text(), now - in.signed(), in.unsigned() == 1));
        }
        for (int left = in.count(2 * HEX); left > 0; left--) {
            Pending activation = readActivation(in, now);
            long sentAt = now - in.signed();
            long endsAt = sentAt + in.signed();
            long expiresAt = sentAt + in.signed();
            Arm arm = one(Arm.class, in.text());
            activations.put(new Sequel(activation, sentAt, endsAt, expiresAt, arm, measures(in)));
        }
        for (int left = in.count(2); left > 0; left--) {
            activations.setArm(in.text(), one(Arm.class, in.text()));
        }
    }

    private static <E extends Enum<E>> E one(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException unknown) {
            throw new CorruptState("'" + name + "' is unknown");
        }
    }

    private static void writeId(StateWriter out, String hex) {
        out.fixedLong(HexFormat.fromHexDigitsToLong(hex, 0, HEX));
        out.fixedLong(HexFormat.fromHexDigitsToLong(hex, HEX, hex.length()));
    }

    private static String readId(StateReader in) {
        HexFormat digits = HexFormat.of();
        return digits.toHexDigits(in.fixedLong()) + digits.toHexDigits(in.fixedLong());
    }

    private static Set<Measure> measures(StateReader in) {
        Set<Measure> measures = EnumSet.noneOf(Measure.class);
        for (int left = in.count(1); left > 0; left--) {
            measures.add(one(Measure.class, in.text()));
        }
        return measures;
    }
}
