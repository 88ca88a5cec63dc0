// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.BadRecord;
import dev.segue.event.ProductFacts;
import dev.segue.plan.population.Cuts;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Control messages in Confluent's wire format. Safe for several threads. */
public final class ControlCodec {
    private final OutputFormat<dev.segue.avro.Control> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public ControlCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.Control.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(Control control) {
        Instant tick = control instanceof Control.Tick time ? Instant.ofEpochMilli(time.at()) : null;
        Control.Activation activation = control instanceof Control.Activation part ? part : null;
        Cuts cuts = control instanceof Control.Moved moved ? moved.table() : null;
        List<ProductFacts> facts = control instanceof Control.Known known ? known.facts() : List.of();
        return format.encode(record -> {
            record.orNull(tick, RecordWriter::instant);
            record.orNull(activation, ControlCodec::write);
            record.orNull(cuts, ControlCodec::write);
            record.list(facts, KnownFactsRecord::write);
        });
    }

    private static void write(RecordWriter record, Control.Activation part) throws IOException {
        record.whole(part.revision());
        record.whole(part.published());
        record.whole(part.step());
        record.whole(part.since());
        record.list(part.kept(), RecordWriter::whole);
        record.whole(part.part());
        record.whole(part.parts());
        record.list(part.records(), RecordWriter::bytes);
    }

    private static void write(RecordWriter record, Cuts cuts) throws IOException {
        record.whole(cuts.population());
        record.whole(cuts.at());
        record.whole(cuts.customers());
        record.orNull(cuts.lowest(), (same, lowest) -> same.list(differences(lowest), RecordWriter::whole));
    }

    /** Most percentiles begin at or near the bucket of the one before. */
    private static List<Long> differences(int[] lowest) {
        List<Long> differences = new ArrayList<>(lowest.length);
        int before = 0;
        for (int bucket : lowest) {
            differences.add((long) (bucket - before));
            before = bucket;
        }
        return differences;
    }

    private static Control.Moved moved(dev.segue.avro.PopulationCuts record) throws BadRecord {
        List<Integer> differences = record.getLowest();
        int[] lowest = differences == null ? null : lowest(differences);
        return new Control.Moved(
                new Cuts(record.getPopulation(), record.getAt().toEpochMilli(), record.getCustomers(), lowest));
    }

    private static int[] lowest(List<Integer> differences) throws BadRecord {
        if (differences.size() != Cuts.HIGHEST + 1) {
            throw new BadRecord(
                    BadRecord.Reason.MALFORMED,
                    "the cuts have " + differences.size() + " percentiles instead of " + (Cuts.HIGHEST + 1));
        }
        int[] lowest = new int[differences.size()];
        int before = 0;
        for (int index = 0; index < lowest.length; index++) {
            lowest[index] = before + differences.get(index);
            if (index > 0 && lowest[index] < before) {
                throw new BadRecord(
                        BadRecord.Reason.MALFORMED, "the cuts do not ascend at " + index + " tenths of a percent");
            }
            before = lowest[index];
        }
        return lowest;
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a control message
     * @throws RegistryException if the registry is unavailable
     */
    public Control decode(byte[] bytes) throws BadRecord {
        dev.segue.avro.Control record = format.decode(bytes);
        Instant tick = record.getTick();
        if (tick != null) {
            return new Control.Tick(tick.toEpochMilli());
        }
        dev.segue.avro.PopulationCuts cuts = record.getCuts();
        if (cuts != null) {
            return moved(cuts);
        }
        if (!record.getFacts().isEmpty()) {
            return new Control.Known(
                    record.getFacts().stream().map(KnownFactsRecord::read).toList());
        }
        dev.segue.avro.Activation part = record.getActivation();
        return part == null ? new Control.Unknown() : activation(part);
    }

    private static Control.Activation activation(dev.segue.avro.Activation part) throws BadRecord {
        long parts = part.getParts();
        if (part.getPart() < 1 || part.getPart() > parts || parts > LiveSetsCodec.MOST_PARTS) {
            throw new BadRecord(
                    BadRecord.Reason.MALFORMED, "the activation is part " + part.getPart() + " of " + parts);
        }
        List<byte[]> records =
                part.getRecords().stream().map(TransferCodec::bytes).toList();
        return new Control.Activation(
                part.getRevision(),
                part.getPublished(),
                (int) part.getStep(),
                part.getSince().toEpochMilli(),
                part.getKeptPublished(),
                (int) part.getPart(),
                (int) parts,
                records);
    }
}
