// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.avro.SegmentChange;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.CustomerProfile.CartLine;
import dev.segue.event.CustomerProfile.Membership;
import dev.segue.event.CustomerProfile.Totals;
import dev.segue.serde.event.WireFormat;
import dev.segue.serde.output.OutputReader.CustomerMembership;
import dev.segue.serde.registry.MemorySchemaRegistry;
import dev.segue.serde.registry.RegistryException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class OutputCodecsTest {
    private static final Instant AT = Instant.parse("2025-11-01T11:00:00.007Z");

    private static final CustomerProfile PROFILE = new CustomerProfile(
            "ann",
            AT,
            memberships(),
            List.of(
                    new CartLine("p1", "XL", "s1", 2.5, new BigDecimal("12345678901234.5678"), AT),
                    new CartLine("p2", null, null, 1, null, AT)),
            Map.of("age", 41L, "tags", Map.of("vip", "yes")),
            new Totals(12, AT.minusSeconds(60), AT));

    private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
    private final OutputReader reader = new OutputReader(registry);
    private final ChangeCodec changes = new ChangeCodec(registry, "segment-changes");

    @Test
    void decodesChangesAsEncoded() throws BadRecord {
        for (Change change : List.of(SampleChanges.FULL, SampleChanges.ENTERED, SampleChanges.EXITED)) {
            Change back = changes.decode(changes.encode(change));
            assertThat(back).isEqualTo(change);
            assertThat(back.carry().keySet())
                    .containsExactlyElementsOf(change.carry().keySet());
        }
    }

    @Test
    void membershipsComeBackAsTheyWereWritten() throws BadRecord {
        MembershipEncoder encoder = new MembershipEncoder(registry, "segment-memberships");
        for (Membership inner : memberships()) {
            assertThat(reader.membership(encoder.encode("ann", inner))).isEqualTo(new CustomerMembership("ann", inner));
        }
    }

    @Test
    void profilesComeBackAsTheyWereWritten() throws BadRecord {
        ProfileEncoder encoder = new ProfileEncoder(registry, "customer-profiles");
        assertThat(reader.profile(encoder.encode(PROFILE))).isEqualTo(PROFILE);
    }

    /** Our field-by-field writer is compared with Avro's own writer for the generated classes. */
    @Test
    void encodesSameBytesAsAvro() throws Exception {
        for (Change sample : List.of(SampleChanges.FULL, SampleChanges.ENTERED, SampleChanges.EXITED)) {
            requireSame("segment-changes", SegmentChange.class, changes.encode(sample));
        }
        requireSame(
                "customer-profiles",
                dev.segue.avro.CustomerProfile.class,
                new ProfileEncoder(registry, "customer-profiles").encode(PROFILE));
        MembershipEncoder encoder = new MembershipEncoder(registry, "segment-memberships");
        for (Membership inner : memberships()) {
            requireSame("segment-memberships", dev.segue.avro.Membership.class, encoder.encode("ann", inner));
        }
        ControlCodec controls = new ControlCodec(registry, "segue-control");
        requireSame("segue-control", dev.segue.avro.Control.class, controls.encode(new Control.Tick(7)));
        requireSame("segue-control", dev.segue.avro.Control.class, controls.encode(new Control.Unknown()));
    }

    private <T extends SpecificRecordBase> void requireSame(String topic, Class<T> type, byte[] written)
            throws Exception {
        assertThat(new AvrosOwnWriter(registry).rewrite(topic, type, written)).isEqualTo(written);
    }

    @Test
    void moneyOfMoreDigitsThanTheSchemaAllowsIsRefused() {
        ProfileEncoder encoder = new ProfileEncoder(registry, "customer-profiles");
        assertThat(encoder.encode(withPrice("99999999999999.9999"))).isNotEmpty();
        assertThatThrownBy(() -> encoder.encode(withPrice("100000000000000"))).isInstanceOf(AvroTypeException.class);
        assertThatThrownBy(() -> encoder.encode(withPrice("0.00001"))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aRecordThatCannotBeWrittenLeavesNothingToTheNext() {
        ProfileEncoder encoder = new ProfileEncoder(registry, "customer-profiles");
        byte[] before = encoder.encode(withPrice("1.5"));
        assertThatThrownBy(() -> encoder.encode(withPrice("0.00001"))).isInstanceOf(ArithmeticException.class);
        assertThat(encoder.encode(withPrice("1.5"))).isEqualTo(before);
    }

    private static CustomerProfile withPrice(String price) {
        CartLine line = new CartLine("p1", null, null, 1, new BigDecimal(price), AT);
        return new CustomerProfile("ann", AT, List.of(), List.of(line), Map.of(), new Totals(1, AT, AT));
    }

    @Test
    void decodesControlsAsEncoded() throws BadRecord {
        ControlCodec controls = new ControlCodec(registry, "segue-control");
        assertThat(controls.decode(controls.encode(new Control.Tick(1_700_000_000_123L))))
                .isEqualTo(new Control.Tick(1_700_000_000_123L));
        assertThat(controls.decode(controls.encode(new Control.Unknown()))).isEqualTo(new Control.Unknown());
    }

    /** During an upgrade, instances of two versions run side by side. */
    @Test
    void ignoresLaterMessagesAndReadsLaterTicks() throws BadRecord {
        Schema later = new Schema.Parser()
                .parse("{\"type\":\"record\",\"namespace\":\"dev.segue.avro\",\"name\":\"Control\",\"fields\":["
                        + "{\"name\":\"tick\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}]},"
                        + "{\"name\":\"thresholds\",\"type\":[\"null\",{\"type\":\"map\",\"values\":\"double\"}]}]}");
        ControlCodec codec = new ControlCodec(registry, "segue-control");
        int id = registry.register("segue-control-value", later);
        assertThat(codec.decode(framed(id, 0, 2, 0))).isEqualTo(new Control.Unknown());
        assertThat(codec.decode(framed(id, 2, 14, 0))).isEqualTo(new Control.Tick(7));
    }

    @Test
    void registersSchemasUnderTopicWithoutJavaProperties() {
        changes.encode(SampleChanges.ENTERED);
        Schema schema = registry.latest("segment-changes-value").schema();
        assertThat(schema.getFullName()).isEqualTo("dev.segue.avro.SegmentChange");
        assertThat(schema.toString()).doesNotContain("avro.java.string");
        assertThat(schema.getField("change_id").doc()).isNotBlank();
    }

    @Test
    void refusesEveryPrefixOfChange() {
        byte[] whole = changes.encode(SampleChanges.FULL);
        for (int length = 0; length < whole.length; length++) {
            BadRecord bad = refused(Arrays.copyOf(whole, length));
            assertThat(bad.reason()).isIn(Reason.NOT_AVRO_FRAMED, Reason.TRUNCATED);
        }
    }

    @Test
    void refusesFlippedBitsOrReadsOtherChange() {
        byte[] whole = changes.encode(SampleChanges.FULL);
        Random random = new Random(11);
        int refused = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] flipped = whole.clone();
            flipped[5 + random.nextInt(whole.length - 5)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(changes.decode(flipped)).isNotNull();
            } catch (BadRecord bad) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }

    @Test
    void writesDeeperValuesAsJson() throws BadRecord {
        Object deep = List.of(Map.of("a", List.of(1L, AT, Map.of("b", true))));
        Membership trait = new Membership("trait", deep, null, AT, "v1");
        MembershipEncoder encoder = new MembershipEncoder(registry, "segment-memberships");
        CustomerMembership back = reader.membership(encoder.encode("ann", trait));
        assertThat(back.membership().value())
                .isEqualTo(List.of(Map.of("a", "[1,\"2025-11-01T11:00:00.007Z\",{\"b\":true}]")));
    }

    @Test
    void refusesARecordOfAnotherTopic() {
        MembershipEncoder memberships = new MembershipEncoder(registry, "segment-memberships");
        byte[] membership = memberships.encode("ann", memberships().get(0));
        assertThat(refused(membership)).hasMessage("the record is a dev.segue.avro.Membership, not a SegmentChange");
        assertThat(refused(framed(77)).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    }

    @Test
    void unreachableRegistryMakesNoRecordBad() {
        byte[] bytes = changes.encode(SampleChanges.ENTERED);
        registry.reachable = false;
        ChangeCodec fresh = new ChangeCodec(registry, "segment-changes");
        assertThatThrownBy(() -> fresh.decode(bytes)).isInstanceOf(RegistryException.Unreachable.class);
        assertThatThrownBy(() -> fresh.encode(SampleChanges.ENTERED)).isInstanceOf(RegistryException.Unreachable.class);
    }

    private static List<Membership> memberships() {
        return List.of(
                new Membership("loyal", null, null, AT, "v1"),
                new Membership("heavy-user", null, "usage-level", AT, "v2"),
                new Membership("preferred-hour", 17L, null, AT, "v3"));
    }

    private BadRecord refused(byte[] bytes) {
        return catchThrowableOfType(BadRecord.class, () -> changes.decode(bytes));
    }

    private static byte[] framed(int id, int... rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireFormat.writeHeader(id, bytes);
        for (int next : rest) {
            bytes.write(next);
        }
        return bytes.toByteArray();
    }
}
