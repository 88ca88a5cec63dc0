// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Field;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.event.RecordType;
import dev.segue.event.Shown;
import dev.segue.serde.event.ValueReaders.RecordReader;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a shop's facts of products from Confluent's wire format. As with events, the writer's schema is looked up by its id,
 * must have the name of ours, and may lack fields or have others. Safe for several threads.
 */
public final class ProductFactsDecoder {
    /** The name of the schema of all records. */
    public static final String SCHEMA = "dev.segue.avro.ProductFacts";

    /** Bytes of a record's value, so that a hundred of them fit into one control message. */
    public static final int LONGEST = 8 * 1024;

    /** Beyond this many ids the oldest entries are dropped: a registry that invents schemas must not fill memory. */
    private static final int MOST_SCHEMAS = 1_000;

    /** What a shop may state; Segue derives the other fields. */
    private static final RecordType STATED = new RecordType(
            ProductFacts.TYPE.name(),
            ProductFacts.TYPE.fields().stream()
                    .filter(field -> !Set.of("sold_out_at", "restocked_at").contains(field.name()))
                    .toList());

    private final SchemaRegistry registry;
    private final Map<Integer, RecordReader> resolved = new ConcurrentHashMap<>();

    public ProductFactsDecoder(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Decodes one record.
     *
     * @param key the product's id in UTF-8
     * @param value null withdraws the product
     * @param at from when on it is known, in milliseconds since the epoch
     * @throws BadRecord if the record is not usable
     * @throws RegistryException if the registry is unavailable: the record may be good and must wait
     */
    public ProductFacts decode(byte @Nullable [] key, byte @Nullable [] value, long at) throws BadRecord {
        String productId = productId(key);
        if (value == null) {
            return ProductFacts.withdrawn(productId, at);
        }
        if (value.length > LONGEST) {
            throw new BadRecord(
                    Reason.TOO_LARGE, "the facts have " + value.length + " bytes; at most " + LONGEST + " are allowed");
        }
        RecordReader reader = reader(WireFormat.schemaId(value));
        AvroBytes in = new AvroBytes(value, WireFormat.HEADER);
        @Nullable Object[] stated = reader.read(in);
        if (in.remaining() > 0) {
            throw AvroBytes.malformed(in.remaining() + " bytes are left after the facts");
        }
        @Nullable Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        for (int slot = 0; slot < stated.length; slot++) {
            values[ProductFacts.TYPE.slot(STATED.fields().get(slot).name())] = stated[slot];
        }
        ProductFacts facts = new ProductFacts(productId, at, new Fields(ProductFacts.TYPE, values));
        requireNotNegative(facts);
        return facts;
    }

    /**
     * Checks the numbers of facts, wherever they come from.
     *
     * @throws BadRecord WRONG_TYPE if stock or price is below 0
     */
    public static void requireNotNegative(ProductFacts facts) throws BadRecord {
        if (facts.fields().get("stock") instanceof Long stock && stock < 0) {
            throw new BadRecord(Reason.WRONG_TYPE, "stock is " + stock + "; at least 0 is allowed");
        }
        if (facts.fields().get("price") instanceof BigDecimal price && price.signum() < 0) {
            throw new BadRecord(
                    Reason.WRONG_TYPE,
                    "price is " + price.stripTrailingZeros().toPlainString() + "; at least 0 is allowed");
        }
    }

    private static String productId(byte @Nullable [] key) throws BadRecord {
        if (key == null || key.length == 0) {
            throw new BadRecord(Reason.WRONG_TYPE, "the record has no key, which is the product's id");
        }
        if (key.length > EventLimits.ID) {
            throw new BadRecord(
                    Reason.TOO_LARGE,
                    "the product's id has " + key.length + " bytes; at most " + EventLimits.ID + " are allowed");
        }
        try {
            String id = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
            if (id.isBlank()) {
                throw new BadRecord(Reason.WRONG_TYPE, "the product's id is blank");
            }
            return id;
        } catch (CharacterCodingException notText) {
            throw new BadRecord(Reason.WRONG_TYPE, "the key is not UTF-8");
        }
    }

    private RecordReader reader(int schemaId) throws BadRecord {
        RecordReader known = resolved.get(schemaId);
        if (known != null) {
            return known;
        }
        RecordReader fresh = resolve(WriterSchema.of(schemaId, registry));
        if (resolved.size() >= MOST_SCHEMAS) {
            resolved.clear();
        }
        resolved.put(schemaId, fresh);
        return fresh;
    }

    /** Resolves the writer's schema into a reader, or into a rejection of all its records. */
    private static RecordReader resolve(Schema writer) {
        try {
            return readerOf(writer);
        } catch (BadRecord always) {
            return in -> {
                throw always;
            };
        } catch (StackOverflowError tooDeep) {
            return in -> {
                throw new BadRecord(
                        Reason.UNUSABLE_SCHEMA,
                        "schema " + Shown.value(writer.getFullName()) + " is nested too deeply");
            };
        }
    }

    private static RecordReader readerOf(Schema writer) throws BadRecord {
        if (writer.getType() != Schema.Type.RECORD || !writer.getFullName().equals(SCHEMA)) {
            throw new BadRecord(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "the record's schema is " + Shown.value(writer.getFullName()) + ", not " + SCHEMA);
        }
        List<String> names = STATED.fields().stream().map(Field::name).toList();
        if (writer.getFields().stream().map(Schema.Field::name).noneMatch(names::contains)) {
            throw new BadRecord(
                    Reason.INCOMPATIBLE_SCHEMA,
                    SCHEMA + " was written without any of " + names.stream().collect(Collectors.joining(", ")));
        }
        return ValueReaders.record(writer, STATED, "");
    }
}
