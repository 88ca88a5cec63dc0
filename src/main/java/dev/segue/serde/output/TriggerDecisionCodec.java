// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.Arm;
import dev.segue.avro.Decision;
import dev.segue.event.BadRecord;
import dev.segue.event.TriggerDecision;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decisions of triggers in Confluent's wire format. Safe for several threads. */
public final class TriggerDecisionCodec {
    private final OutputFormat<dev.segue.avro.TriggerDecision> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public TriggerDecisionCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.TriggerDecision.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(TriggerDecision decision) {
        return format.encode(record -> write(record, decision));
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a decision
     * @throws RegistryException if the registry is unavailable
     */
    public TriggerDecision decode(byte[] bytes) throws BadRecord {
        dev.segue.avro.TriggerDecision record = format.decode(bytes);
        Arm arm = record.getArm();
        return new TriggerDecision(
                record.getDecisionId(),
                record.getActivationId(),
                record.getCustomerId(),
                record.getTrigger(),
                record.getTriggerVersion(),
                record.getChannel(),
                record.getSegment(),
                record.getChangeId(),
                TriggerDecision.Kind.valueOf(record.getDecision().name()),
                record.getFinal$(),
                record.getDecidedAt(),
                record.getDetectedAt(),
                record.getStartedAt(),
                record.getUntil(),
                record.getExpiresAt(),
                record.getReason(),
                arm == null ? null : TriggerDecision.Arm.valueOf(arm.name()),
                goal(record),
                AvroValues.fromAvro(record.getPayload()));
    }

    private static TriggerDecision.@Nullable Goal goal(dev.segue.avro.TriggerDecision record) {
        String event = record.getGoalEventId();
        return event == null ? null : new TriggerDecision.Goal(event, record.getGoalValue());
    }

    private static void write(RecordWriter record, TriggerDecision decision) throws IOException {
        record.text(decision.decisionId());
        record.text(decision.activationId());
        record.text(decision.customerId());
        record.text(decision.trigger());
        record.text(decision.triggerVersion());
        record.text(decision.channel());
        record.text(decision.segment());
        record.text(decision.changeId());
        record.symbol(Decision.valueOf(decision.kind().name()));
        record.flag(decision.isFinal());
        record.instant(decision.decidedAt());
        record.instant(decision.detectedAt());
        record.instant(decision.startedAt());
        record.orNull(decision.until(), RecordWriter::instant);
        record.orNull(decision.expiresAt(), RecordWriter::instant);
        record.text(decision.reason());
        record.orNull(decision.arm(), (out, arm) -> out.symbol(Arm.valueOf(arm.name())));
        record.orNull(decision.goal(), (out, goal) -> out.text(goal.eventId()));
        record.orNull(decision.goal() == null ? null : decision.goal().value(), RecordWriter::number);
        record.values(decision.payload());
    }
}
