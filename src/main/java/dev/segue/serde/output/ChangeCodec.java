// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.CauseKind;
import dev.segue.avro.ChangeKind;
import dev.segue.avro.SegmentChange;
import dev.segue.event.BadRecord;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;

/** Changes in Confluent's wire format. Safe for several threads. */
public final class ChangeCodec {
    /** The most bytes of a change, so that it fits into a record of a broker with default limits. */
    public static final int MOST_BYTES = 900_000;

    private final OutputFormat<SegmentChange> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public ChangeCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, SegmentChange.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(Change change) {
        return format.encode(record -> write(record, change));
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a change
     * @throws RegistryException if the registry is unavailable
     */
    public Change decode(byte[] bytes) throws BadRecord {
        SegmentChange record = format.decode(bytes);
        dev.segue.avro.Cause cause = record.getCause();
        return new Change(
                record.getChangeId(),
                record.getCustomerId(),
                record.getSegment(),
                Change.Kind.valueOf(record.getKind().name()),
                AvroValues.fromAvroOrNull(record.getValue()),
                record.getGroup(),
                record.getEffectiveAt(),
                record.getDetectedAt(),
                record.getEnteredAt(),
                record.getDefinitionVersion(),
                new Cause(Cause.Kind.valueOf(cause.getKind().name()), cause.getEventId(), cause.getEventType()),
                record.getEvidence().stream().map(ChangeCodec::fromAvro).toList(),
                AvroValues.fromAvro(record.getCarry()),
                record.getCorrection(),
                record.getBackfilled(),
                record.getMergedInto());
    }

    private static void write(RecordWriter record, Change change) throws IOException {
        record.text(change.changeId());
        record.text(change.customerId());
        record.text(change.segment());
        record.symbol(ChangeKind.valueOf(change.kind().name()));
        record.orNull(change.value(), RecordWriter::value);
        record.orNull(change.group(), RecordWriter::text);
        record.instant(change.effectiveAt());
        record.instant(change.detectedAt());
        record.orNull(change.enteredAt(), RecordWriter::instant);
        record.text(change.definitionVersion());
        record.symbol(CauseKind.valueOf(change.cause().kind().name()));
        record.orNull(change.cause().eventId(), RecordWriter::text);
        record.orNull(change.cause().eventType(), RecordWriter::text);
        record.list(change.evidence(), ChangeCodec::write);
        record.values(change.carry());
        record.flag(change.correction());
        record.flag(change.backfilled());
        record.orNull(change.mergedInto(), RecordWriter::text);
    }

    private static void write(RecordWriter record, Evidence part) throws IOException {
        record.text(part.expression());
        record.value(part.value());
        record.flag(part.atLeast());
        record.flag(part.approximate());
        record.orNull(part.historySince(), RecordWriter::instant);
    }

    private static Evidence fromAvro(dev.segue.avro.Evidence part) {
        return new Evidence(
                part.getExpression(),
                AvroValues.fromAvro(part.getValue()),
                part.getAtLeast(),
                part.getApproximate(),
                part.getHistorySince());
    }
}
