// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.PublishedDefinition;
import dev.segue.avro.PublishedSet;
import dev.segue.config.CurrencySettings;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.SetOptions;
import dev.segue.event.BadRecord;
import dev.segue.event.OriginPrecedence;
import dev.segue.serde.output.DefinitionRecord.Manifest;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records of the topic of definitions in Confluent's wire format. Safe for several threads. */
public final class DefinitionRecordCodec {
    private final OutputFormat<dev.segue.avro.DefinitionRecord> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public DefinitionRecordCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.DefinitionRecord.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(DefinitionRecord record) {
        DefinitionSource source = record instanceof DefinitionRecord.Text text ? text.source() : null;
        Manifest set = record instanceof Manifest manifest ? manifest : null;
        return format.encode(out -> {
            out.orNull(source, DefinitionRecordCodec::write);
            out.orNull(set, DefinitionRecordCodec::write);
        });
    }

    private static void write(RecordWriter out, DefinitionSource source) throws IOException {
        out.text(source.name());
        out.text(source.version());
        out.text(source.file());
        out.text(source.text());
        out.texts(source.params());
    }

    private static void write(RecordWriter out, Manifest set) throws IOException {
        CurrencySettings currency = set.options().currency();
        Map<String, String> rates = new LinkedHashMap<>();
        currency.rates().forEach((code, rate) -> rates.put(code, rate.toPlainString()));
        out.whole(set.revision());
        out.instant(set.at());
        out.text(set.by());
        out.orNull(set.restores(), RecordWriter::whole);
        out.text(set.options().zone().getId());
        out.whole(set.options().dedupWindow());
        out.orNull(currency.shop(), RecordWriter::text);
        out.texts(rates);
        out.list(set.options().origins().words(), RecordWriter::text);
        out.list(set.definitions(), RecordWriter::text);
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is no such record, or of a later version
     * @throws RegistryException if the registry is unavailable
     */
    public DefinitionRecord decode(byte[] bytes) throws BadRecord {
        dev.segue.avro.DefinitionRecord record = format.decode(bytes);
        PublishedDefinition definition = record.getDefinition();
        if (definition != null) {
            return new DefinitionRecord.Text(new DefinitionSource(
                    definition.getName(),
                    definition.getVersion(),
                    definition.getFile(),
                    definition.getText(),
                    definition.getParams()));
        }
        PublishedSet set = record.getSet();
        if (set == null) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the record has neither a definition nor a set");
        }
        return new Manifest(
                set.getRevision(),
                set.getPublishedAt(),
                set.getPublishedBy(),
                set.getRestores(),
                options(set),
                set.getDefinitions());
    }

    private static SetOptions options(PublishedSet set) throws BadRecord {
        try {
            Map<String, BigDecimal> rates = new LinkedHashMap<>();
            set.getRates().forEach((code, rate) -> rates.put(code, new BigDecimal(rate)));
            return new SetOptions(
                    ZoneId.of(set.getZone()),
                    Math.toIntExact(set.getDedupWindow()),
                    new CurrencySettings(set.getCurrency(), rates),
                    OriginPrecedence.of(set.getOrigins()));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException impossible) {
            throw new BadRecord(
                    BadRecord.Reason.MALFORMED,
                    "the settings of revision " + set.getRevision() + " are wrong: " + impossible.getMessage());
        }
    }
}
