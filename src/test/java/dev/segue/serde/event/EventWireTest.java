// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.serde.registry.MemorySchemaRegistry;
import dev.segue.serde.registry.RegistryException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventWireTest {
    private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
    private final EventEncoder encoder = new EventEncoder(SampleEvents.SCHEMAS, registry);
    private final EventDecoder decoder = new EventDecoder(SampleEvents.SCHEMAS, registry);

    static Stream<EventType> types() {
        return SampleEvents.SCHEMAS.vocabulary().types().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void decodesEveryTypeAsEncoded(EventType type) throws BadRecord {
        for (Event event : List.of(SampleEvents.full(type), SampleEvents.bare(type))) {
            Event back = decoder.decode("ann", encoder.encode(event));
            assertThat(back.fields()).isEqualTo(event.fields());
            assertThat(back.eventId()).isEqualTo(event.eventId());
            assertThat(back.time()).isEqualTo(event.time());
            assertThat(back.type()).isSameAs(type);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void refusesEveryPrefix(EventType type) {
        byte[] whole = encoder.encode(SampleEvents.full(type));
        for (int length = 0; length < whole.length; length++) {
            BadRecord bad = refused(Arrays.copyOf(whole, length));
            assertThat(bad.reason()).isEqualTo(length < 5 ? Reason.NOT_AVRO_FRAMED : Reason.TRUNCATED);
        }
    }

    /**
     * A flip may yield another valid event; otherwise the record is refused with a reason, never with another
     * exception.
     */
    @Test
    void refusesFlippedBitsOrReadsOtherEvent() {
        long seed = 20251101;
        Random random = new Random(seed);
        byte[] whole = encoder.encode(SampleEvents.full(SampleEvents.type("order_completed")));
        Set<Reason> seen = EnumSet.noneOf(Reason.class);
        for (int run = 0; run < 50_000; run++) {
            byte[] flipped = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                flipped[5 + random.nextInt(whole.length - 5)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(decoder.decode("ann", flipped).eventId())
                        .as("seed %d run %d", seed, run)
                        .isNotBlank();
            } catch (BadRecord bad) {
                seen.add(bad.reason());
            }
        }
        assertThat(seen).contains(Reason.TRUNCATED, Reason.MALFORMED, Reason.TOO_LARGE, Reason.IMPOSSIBLE_TIME);
    }

    @Test
    void refusesRandomBytes() {
        Random random = new Random(7);
        encoder.encode(SampleEvents.bare(SampleEvents.type("page_viewed")));
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = new byte[5 + random.nextInt(60)];
            random.nextBytes(bytes);
            ByteBuffer.wrap(bytes).put((byte) 0).putInt(1);
            try {
                assertThat(decoder.decode("ann", bytes)).isNotNull();
            } catch (BadRecord bad) {
                assertThat(bad.reason()).isNotEqualTo(Reason.UNKNOWN_SCHEMA);
            }
        }
    }

    @Test
    void allocatesNothingForForgedLength() {
        byte[] bytes = encoder.encode(SampleEvents.bare(SampleEvents.type("page_viewed")));
        // The first field is event_id, a string: its length becomes two gigabytes.
        byte[] forged = concat(
                Arrays.copyOf(bytes, 5), new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'x'});
        assertThat(refused(forged))
                .hasMessage("the record ends too early: 2147483647 bytes are needed at byte 10 of 11");
        byte[] negative = concat(Arrays.copyOf(bytes, 5), new byte[] {0x01});
        assertThat(refused(negative).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void explainsRecordWithoutFraming() {
        assertThat(refused(null)).hasMessage("the record has no value");
        assertThat(refused("page_viewed".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("the record begins with byte 112; Confluent's wire format begins with 0");
        assertThat(refused(new byte[] {0, 0, 0, 0, 99}).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
        byte[] good = encoder.encode(SampleEvents.bare(SampleEvents.type("page_viewed")));
        assertThat(refused(concat(good, new byte[] {0}))).hasMessageContaining("1 bytes are left after the event");
        assertThat(refused(new byte[EventLimits.RECORD + 1]).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void recognizesJson() {
        for (String json : List.of("{}", "[]", "{\"type\":\"page_viewed\"}", " \t\r\n[{}]", "\uFEFF{}")) {
            BadRecord bad = refused(json.getBytes(StandardCharsets.UTF_8));
            assertThat(bad.reason()).isEqualTo(Reason.NOT_AVRO_FRAMED);
            assertThat(bad).hasMessage("the record looks like JSON: see docs/connect.md");
        }
        for (String other : List.of("", " ", "\uFEFF", "x{}", "\"{\"")) {
            assertThat(refused(other.getBytes(StandardCharsets.UTF_8))).hasMessageContaining("wire format begins with");
        }
    }

    @Test
    void refusesRecordWithoutCustomer() {
        byte[] good = encoder.encode(SampleEvents.bare(SampleEvents.type("page_viewed")));
        for (String customer : Arrays.asList(null, "", " \t", "x".repeat(EventLimits.ID + 1))) {
            BadRecord bad = catchThrowableOfType(BadRecord.class, () -> decoder.decode(customer, good));
            assertThat(bad.reason()).isEqualTo(Reason.MISSING_CUSTOMER);
        }
    }

    @Test
    void unreachableRegistryMakesNoRecordBad() throws BadRecord {
        byte[] page = encoder.encode(SampleEvents.bare(SampleEvents.type("page_viewed")));
        byte[] order = encoder.encode(SampleEvents.bare(SampleEvents.type("order_completed")));
        decoder.decode("ann", page);
        registry.reachable = false;
        assertThatThrownBy(() -> decoder.decode("ann", order)).isInstanceOf(RegistryException.Unreachable.class);
        assertThat(decoder.decode("ann", page).type().name()).isEqualTo("page_viewed");
        registry.reachable = true;
        assertThat(decoder.decode("ann", order).type().name()).isEqualTo("order_completed");
    }

    @Test
    void looksUpEachSchemaOnce() throws BadRecord {
        Event event = SampleEvents.bare(SampleEvents.type("page_viewed"));
        for (int i = 0; i < 10; i++) {
            decoder.decode("ann", encoder.encode(event));
        }
        assertThat(registry.asked).isEqualTo(2);
        assertThat(registry.latest("dev.segue.events.PageViewed").id()).isEqualTo(1);
    }

    private BadRecord refused(byte[] bytes) {
        return catchThrowableOfType(BadRecord.class, () -> decoder.decode("ann", bytes));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
