// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.avro.SegmentChange;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.CustomerProfile.CartLine;
import dev.segue.event.CustomerProfile.Membership;
import dev.segue.event.CustomerProfile.Totals;
import dev.segue.event.Evidence;
import dev.segue.event.TriggerDecision;
import dev.segue.serde.registry.MemorySchemaRegistry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random outputs have the same bytes as from Avro's own writer, and are decoded unchanged. {@code -Dsegue.seed=S} for
 * others.
 */
class RandomOutputsTest {
    private static final int CASES = 2_000;
    /** Nesting of values, as deep as the schema allows. */
    private static final int DEPTH = 2;

    private final long seed = Long.getLong("segue.seed", 20251126);
    private final Random random = new Random(seed);
    private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
    private final AvrosOwnWriter avro = new AvrosOwnWriter(registry);

    @BeforeEach
    void printSeed() {
        System.out.printf("random outputs of seed %d%n", seed);
    }

    @Test
    void changesMatchAvro() throws Exception {
        ChangeCodec codec = new ChangeCodec(registry, "segment-changes");
        for (int number = 0; number < CASES; number++) {
            Change change = change();
            byte[] written = codec.encode(change);
            assertThat(codec.decode(written)).isEqualTo(change);
            assertThat(avro.rewrite("segment-changes", SegmentChange.class, written))
                    .as("%s", change)
                    .isEqualTo(written);
        }
    }

    @Test
    void profilesMatchAvro() throws Exception {
        ProfileEncoder encoder = new ProfileEncoder(registry, "customer-profiles");
        for (int number = 0; number < CASES; number++) {
            CustomerProfile profile = profile();
            byte[] written = encoder.encode(profile);
            assertThat(new OutputReader(registry).profile(written)).isEqualTo(profile);
            assertThat(avro.rewrite("customer-profiles", dev.segue.avro.CustomerProfile.class, written))
                    .as("%s", profile)
                    .isEqualTo(written);
        }
    }

    @Test
    void decisionsMatchAvro() throws Exception {
        TriggerDecisionCodec codec = new TriggerDecisionCodec(registry, "activations");
        for (int number = 0; number < CASES; number++) {
            TriggerDecision decision = decision();
            byte[] written = codec.encode(decision);
            assertThat(codec.decode(written)).isEqualTo(decision);
            assertThat(avro.rewrite("activations", dev.segue.avro.TriggerDecision.class, written))
                    .as("%s", decision)
                    .isEqualTo(written);
        }
    }

    private TriggerDecision decision() {
        return new TriggerDecision(
                text(),
                text(),
                text(),
                text(),
                text(),
                text(),
                text(),
                text(),
                one(TriggerDecision.Kind.values()),
                random.nextBoolean(),
                instant(),
                instant(),
                instant(),
                orNull(this::instant),
                orNull(this::instant),
                text(),
                orNull(() -> one(TriggerDecision.Arm.values())),
                orNull(() -> new TriggerDecision.Goal(text(), orNull(random::nextGaussian))),
                values(0));
    }

    private Change change() {
        return new Change(
                text(),
                text(),
                text(),
                one(Change.Kind.values()),
                orNull(() -> value(0)),
                orNull(this::text),
                instant(),
                instant(),
                orNull(this::instant),
                text(),
                new Cause(one(Cause.Kind.values()), orNull(this::text), orNull(this::text)),
                list(() -> new Evidence(text(), value(0), random.nextBoolean(), random.nextBoolean())),
                values(0),
                random.nextBoolean(),
                random.nextBoolean(),
                orNull(this::text));
    }

    private CustomerProfile profile() {
        return new CustomerProfile(
                text(),
                instant(),
                list(() -> new Membership(text(), orNull(() -> value(0)), orNull(this::text), instant(), text())),
                list(() -> new CartLine(
                        text(),
                        orNull(this::text),
                        orNull(this::text),
                        random.nextGaussian(),
                        orNull(() -> money(18)),
                        instant())),
                values(0),
                new Totals(random.nextLong(), instant(), instant()));
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth < DEPTH ? 7 : 5)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextLong() >> random.nextInt(Long.SIZE);
            case 2 -> random.nextBoolean() ? (double) random.nextInt() : Double.longBitsToDouble(random.nextLong());
            case 3 -> text();
            case 4 -> instant();
            case 5 -> list(() -> value(depth + 1));
            default -> values(depth + 1);
        };
    }

    private Map<String, Object> values(int depth) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            values.put(text(), value(depth));
        }
        return values;
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(element.get());
        }
        return list;
    }

    private <T> @Nullable T orNull(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> T one(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private Instant instant() {
        return Instant.ofEpochMilli(random.nextLong() >> random.nextInt(20, Long.SIZE));
    }

    /** An amount with four decimals and at most this many digits. */
    private BigDecimal money(int digits) {
        BigInteger units = new BigInteger(random.nextInt(1, digits * 3), random);
        return new BigDecimal(random.nextBoolean() ? units : units.negate(), 4);
    }

    /** A text with characters of one to four bytes, sometimes long. */
    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(20) == 0 ? random.nextInt(5_000) : random.nextInt(12);
        while (length-- > 0) {
            text.appendCodePoint(
                    switch (random.nextInt(8)) {
                        case 0 -> random.nextInt(0x80, 0x800);
                        case 1 -> random.nextInt(0x800, 0xd800);
                        case 2 -> random.nextInt(0x10000, 0x110000);
                        default -> random.nextInt(0x80);
                    });
        }
        return text.toString();
    }
}
