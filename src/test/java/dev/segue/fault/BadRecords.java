// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.config.LimitSettings;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.topology.Admission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Creates invalid records from valid ones, each with the reason that its dead letter must state. */
final class BadRecords {
    /** Contained in every text that the test puts into a bad record; must not appear in any log. */
    static final String PERSONAL = "zaphod-beeblebrox";

    private static final int MEBIBYTE = 1 << 20;

    private final EventDecoder decoder;
    private final DirectorySchemaRegistry registry;
    private final FaultStage stage;
    private final Admission admission;
    private final Random random;
    private final List<Sent> records = new ArrayList<>();
    private long timestamp;
    private int number;

    BadRecords(FaultStage stage, long seed) throws Exception {
        this.stage = stage;
        this.registry = new DirectorySchemaRegistry(stage.settings().registryDirectory());
        this.decoder = new EventDecoder(stage.schemas(), registry);
        this.admission = new Admission(decoder, LimitSettings.defaults());
        this.random = new Random(seed);
    }

    /** @param good records, some of which are damaged; the latest one determines the time of arrival of all */
    List<Sent> of(List<Sent> good) throws Exception {
        timestamp = good.get(good.size() - 1).timestamp();
        prefixes(good.get(0));
        prefixes(good.stream()
                .max((a, b) -> Integer.compare(bytes(a).length, bytes(b).length))
                .orElseThrow());
        for (int i = 0; i < 400; i++) {
            flip(good.get(random.nextInt(good.size())));
        }
        notFramed();
        sizes();
        keys(good.get(0));
        times();
        amounts();
        forged();
        Collections.shuffle(records, random);
        return records;
    }

    private static byte[] bytes(Sent record) {
        byte[] value = record.value();
        if (value == null) {
            throw new IllegalArgumentException("a good record has a value");
        }
        return value;
    }

    private void prefixes(Sent good) {
        byte[] whole = bytes(good);
        for (int length = 0; length < whole.length; length++) {
            Reason reason = length < 5 ? Reason.NOT_AVRO_FRAMED : Reason.TRUNCATED;
            records.add(new Sent(good.key(), Arrays.copyOf(whole, length), good.timestamp(), reason.label()));
        }
    }

    /** Some flips yield another valid event; only the decoder can determine that. */
    private void flip(Sent good) {
        byte[] value = bytes(good).clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
        }
        records.add(new Sent(good.key(), value, good.timestamp(), refusal(good.key(), value, good.timestamp())));
    }

    private @Nullable String refusal(byte @Nullable [] key, byte[] value, long received) {
        try {
            admission.admit(key, value, received);
            return null;
        } catch (BadRecord bad) {
            return bad.reason().label();
        }
    }

    private void bad(byte @Nullable [] value, Reason reason) {
        byte[] key = ("customer-" + random.nextInt(40)).getBytes(StandardCharsets.UTF_8);
        records.add(new Sent(key, value, timestamp, reason.label()));
    }

    private void notFramed() {
        bad(null, Reason.NOT_AVRO_FRAMED);
        bad(new byte[0], Reason.NOT_AVRO_FRAMED);
        bad(
                ("{\"type\":\"page_viewed\",\"event_id\":\"" + PERSONAL + "\"}").getBytes(StandardCharsets.UTF_8),
                Reason.NOT_AVRO_FRAMED);
        byte[] wrongMagic = view(view -> {});
        wrongMagic[0] = 1;
        bad(wrongMagic, Reason.NOT_AVRO_FRAMED);
        byte[] foreign = view(view -> {});
        foreign[1] ^= 0x55;
        bad(foreign, Reason.UNKNOWN_SCHEMA);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            noise[0] |= 1;
            bad(noise, Reason.NOT_AVRO_FRAMED);
        }
    }

    private void sizes() {
        for (int size : new int[] {MEBIBYTE, 5 * MEBIBYTE}) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            noise[0] = 0;
            bad(noise, Reason.TOO_LARGE);
        }
        bad(view(view -> view.put("event_id", PERSONAL.repeat(60_000))), Reason.TOO_LARGE);
        bad(view(view -> view.put("event_id", PERSONAL.repeat(100))), Reason.TOO_LARGE);
        bad(order(10_000), Reason.TOO_LARGE);
        bad(deep(100), Reason.TOO_LARGE);
    }

    private void keys(Sent good) {
        for (byte[] key : new byte[][] {null, {}, {' ', '\t'}, {(byte) 0xff, 'x'}, new byte[65_536], ids(257)}) {
            records.add(new Sent(key, good.value(), timestamp, Reason.MISSING_CUSTOMER.label()));
        }
        records.add(new Sent(good.key(), good.value(), 0, Reason.IMPOSSIBLE_TIME.label()));
    }

    private static byte[] ids(int length) {
        return "x".repeat(length).getBytes(StandardCharsets.UTF_8);
    }

    private void times() {
        long year9999 = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();
        long ahead = timestamp + LimitSettings.defaults().ahead().toMillis();
        long earliest = LimitSettings.defaults().earliest().toEpochMilli();
        for (long time :
                new long[] {0, -1, Long.MIN_VALUE, earliest - 1, year9999, year9999 - 1, Long.MAX_VALUE, ahead + 1}) {
            bad(view(view -> view.put("occurred_at", time)), Reason.IMPOSSIBLE_TIME);
        }
        event(view(view -> view.put("occurred_at", earliest)));
        event(view(view -> view.put("occurred_at", ahead)));
    }

    private void amounts() {
        for (double quantity : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            bad(view(view -> view.put("quantity", quantity)), Reason.WRONG_TYPE);
        }
        bad(view(view -> view.put("price", amount("1000000000000000000"))), Reason.WRONG_TYPE);
        bad(view(view -> view.put("price", amount("9".repeat(40)))), Reason.WRONG_TYPE);
        event(view(view -> view.put("price", amount("999999999999999999"))));
        event(view(view -> view.put("price", amount("-999999999999999999"))));
        event(view(view -> view.put("price", amount("0"))));
        event(view(view -> view.put("quantity", -1e308)));
        event(order(300));
    }

    private static ByteBuffer amount(String unscaled) {
        return ByteBuffer.wrap(new BigInteger(unscaled).toByteArray());
    }

    /** On the allowed side of the limit. */
    private void event(byte[] value) {
        byte[] key = ("customer-" + random.nextInt(40)).getBytes(StandardCharsets.UTF_8);
        records.add(new Sent(key, value, timestamp, null));
    }

    /** Forged lengths, for which nothing may be allocated before they are compared with the available bytes. */
    private void forged() throws IOException {
        byte[] header = Arrays.copyOf(view(view -> {}), 5);
        for (long length : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, 1L << 33}) {
            bad(withLong(header, length), Reason.TRUNCATED);
        }
        bad(withLong(header, -1), Reason.MALFORMED);
        bad(withLong(header, Long.MIN_VALUE), Reason.MALFORMED);
        byte[] one = order(1);
        // The last block of a list claims to have no end: one byte of length becomes ten.
        byte[] empty = order(0);
        byte[] claims = withLong(Arrays.copyOf(empty, empty.length - 1), Long.MAX_VALUE);
        bad(claims, Reason.TOO_LARGE);
        bad(Arrays.copyOf(one, one.length + 1), Reason.MALFORMED);
    }

    private static byte[] withLong(byte[] before, long value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        out.writeLong(value);
        out.flush();
        return bytes.toByteArray();
    }

    private byte[] view(Consumer<GenericRecord> change) {
        return encode(stage.schemas().schema("product_viewed"), change);
    }

    private byte[] order(int lines) {
        Schema schema = stage.schemas().schema("order_completed");
        Schema list = schema.getField("products").schema().getTypes().get(1);
        GenericData.Array<GenericRecord> products = new GenericData.Array<>(lines, list);
        for (int i = 0; i < lines; i++) {
            products.add(new GenericData.Record(list.getElementType()));
        }
        return encode(schema, order -> order.put("products", products));
    }

    /** Nested records, in a field that only the writer has. */
    private byte[] deep(int depth) {
        Schema ours = stage.schemas().schema("product_viewed");
        Schema shell = Schema.createRecord("Shell", null, "foreign", false);
        Schema inner = Schema.createUnion(Schema.create(Schema.Type.NULL), shell);
        shell.setFields(List.of(new Schema.Field("inner", inner, null, Schema.Field.NULL_DEFAULT_VALUE)));
        List<Schema.Field> fields = new ArrayList<>();
        ours.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("shell", inner, null, Schema.Field.NULL_DEFAULT_VALUE));
        Schema writer = Schema.createRecord(ours.getName(), null, ours.getNamespace(), false, fields);
        GenericRecord outer = new GenericData.Record(shell);
        for (int i = 1; i < depth; i++) {
            GenericRecord around = new GenericData.Record(shell);
            around.put("inner", outer);
            outer = around;
        }
        GenericRecord deepest = outer;
        return encode(writer, view -> view.put("shell", deepest));
    }

    private byte[] encode(Schema schema, Consumer<GenericRecord> change) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("event_id", "border-" + ++number);
        record.put("occurred_at", timestamp);
        change.accept(record);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        int id = registry.register(schema.getFullName(), schema);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        try {
            BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
            // Without conversions: decimals are bytes, times are numbers, and nothing is validated.
            new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(record, out);
            out.flush();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }
}
