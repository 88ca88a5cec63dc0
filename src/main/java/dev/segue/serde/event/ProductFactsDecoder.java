// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String VARIANTS = "variants";

    private static final RecordType VARIANT = new RecordType(
            "variant",
            stated(field -> ProductFacts.OF_VARIANTS.contains(field.name())).toList());

    /** What a shop may state; Segue derives the other fields. */
    private static final RecordType STATED = new RecordType(
            ProductFacts.TYPE.name(),
            Stream.concat(
                            stated(field ->
                                    !Set.of("sold_out_at", "restocked_at").contains(field.name())),
                            Stream.of(new Field(
                                    VARIANTS,
                                    new FieldType.Mapping(new FieldType.Nested(VARIANT)),
                                    "What is known of variants.")))
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
        Fields fields = new Fields(STATED, stated);
        return new ProductFacts(productId, at, known(fields, ""), variants(fields));
    }

    private static Map<String, Fields> variants(Fields stated) throws BadRecord {
        Map<?, ?> written = stated.get(VARIANTS) instanceof Map<?, ?> map ? map : Map.of();
        if (written.size() > ProductFacts.MOST_VARIANTS) {
            throw new BadRecord(
                    Reason.TOO_LARGE,
                    "the product has " + written.size() + " variants; at most " + ProductFacts.MOST_VARIANTS
                            + " are allowed");
        }
        Map<String, Fields> variants = new HashMap<>();
        for (Map.Entry<?, ?> entry : written.entrySet()) {
            String name = (String) entry.getKey();
            if (name.isBlank()) {
                throw new BadRecord(Reason.WRONG_TYPE, "a variant's name is blank");
            }
            if (name.length() > EventLimits.ID) {
                throw new BadRecord(
                        Reason.TOO_LARGE,
                        "a variant's name has " + name.length() + " characters; at most " + EventLimits.ID
                                + " are allowed");
            }
            variants.put(name, known((Fields) entry.getValue(), " of variant " + Shown.value(name)));
        }
        return variants;
    }

    /**
     * Converts what a shop stated of a product or a variant, and checks its numbers.
     *
     * @param whose of what, for the message; empty for the product
     */
    private static Fields known(Fields stated, String whose) throws BadRecord {
        @Nullable Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = stated.get(ProductFacts.TYPE.fields().get(slot).name());
        }
        if (stated.get("stock") instanceof Long stock && stock < 0) {
            throw new BadRecord(Reason.WRONG_TYPE, "stock" + whose + " is " + stock + "; at least 0 is allowed");
        }
        if (stated.get("price") instanceof BigDecimal price && price.signum() < 0) {
            throw new BadRecord(
                    Reason.WRONG_TYPE,
                    "price" + whose + " is " + price.stripTrailingZeros().toPlainString() + "; at least 0 is allowed");
        }
        return new Fields(ProductFacts.TYPE, values);
    }

    private static Stream<Field> stated(Predicate<Field> which) {
        return ProductFacts.TYPE.fields().stream().filter(which);
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
        Schema.Field variants = writer.getField(VARIANTS);
        if (variants != null && !isOfVariants(variants.schema())) {
            throw new BadRecord(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "field 'variants' must be a map from a variant's name to a record with at least one of "
                            + String.join(", ", ProductFacts.OF_VARIANTS));
        }
        return ValueReaders.record(writer, STATED, "");
    }

    /** Returns whether all branches of a schema, except null, are maps of records that have one of our fields. */
    private static boolean isOfVariants(Schema written) {
        return branches(written)
                .allMatch(map -> map.getType() == Schema.Type.MAP
                        && branches(map.getValueType())
                                .allMatch(variant -> variant.getType() == Schema.Type.RECORD
                                        && ProductFacts.OF_VARIANTS.stream()
                                                .anyMatch(name -> variant.getField(name) != null)));
    }

    private static Stream<Schema> branches(Schema written) {
        return (written.isUnion() ? written.getTypes() : List.of(written))
                .stream().filter(branch -> branch.getType() != Schema.Type.NULL);
    }
}
