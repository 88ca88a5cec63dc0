// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.definition.DefinitionReader;
import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome.Measure;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.Scenario;
import dev.segue.plan.identity.Alias;
import dev.segue.plan.population.Standings;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.DueTimes;
import dev.segue.plan.state.LinkedIds;
import dev.segue.plan.state.Membership;
import dev.segue.plan.trigger.Activations;
import dev.segue.plan.trigger.Pending;
import dev.segue.plan.trigger.Sent;
import dev.segue.plan.trigger.Sequel;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    private static final long SEED = 1;
    private static final String[] DEFINITIONS = {
        """
        segment: cart-abandoned
        when: cart.count() > 0 && activity.within('1h').count() == 0
        carry: {value: "cart.map(i, i.price * i.quantity).sum()", categories: "cart.map(i, i.category).distinct()"}
        update: carry
        """,
        """
        segment: curious
        when: product_viewed.within('14d').map(v, v.product_id).distinct().count() >= 2
        """,
        "segment: buyer\nwhen: order_completed.map(o, o.total).sum() > 3.0",
        "segment: viewer\nwhen: product_viewed.filter(v, v.category == 'shoes').within('1d').count() >= 3"
    };

    private static Scenario busyCustomer() {
        return Scenario.of(DEFINITIONS)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=p1", "category=shoes")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed", "product_id=p2", "category=shoes")
                .event("2025-11-01T10:02:00.123Z", "ann", "product_added", "product_id=p1", "price=19.95")
                .event("2025-11-01T10:03:00Z", "ann", "order_completed", "total=12.5001")
                .event("2025-11-01T10:04:00Z", "ann", "product_added", "product_id=p3", "price=1.5", "quantity=2.5")
                .event("2025-11-01T10:05:00Z", "ann", "product_removed", "product_id=p3", "quantity=1")
                .event("2025-11-01T09:00:00Z", "ann", "page_viewed");
    }

    @Test
    void readsWrittenStates() {
        byte[] stored = StateCodec.write(busyCustomer().state("ann"));
        CustomerState read = StateCodec.read("ann", stored);
        assertThat(StateCodec.write(read)).as("before anything was asked").isEqualTo(stored);
        AggregateStates states = read.aggregates();
        for (int index = 0; index < states.size(); index++) {
            byte[] own = states.stored(index, AggregateCodec::write);
            assertThat(AggregateCodec.write(states.state(index))).isEqualTo(own);
        }
        assertThat(stored.length).isLessThan(300);
    }

    @Test
    void keepsOtherIds() {
        CustomerState state = busyCustomer().state("ann");
        long now = state.clock().now();
        state.linkedIds().add("d1", now - 5);
        state.linkedIds().add("d1", now + 7);
        state.linkedIds().moved("bj\u00f6rn", now - 1);
        CustomerState read = StateCodec.read("ann", StateCodec.write(state));
        assertThat(read.linkedIds().all())
                .containsExactly(
                        new LinkedIds.Link("d1", now - 5, now + 7, LinkedIds.NOTHING_MOVED),
                        new LinkedIds.Link("bj\u00f6rn", now - 1, now - 1, now - 1));
        assertThat(StateCodec.segments(StateCodec.write(state))).isEqualTo(StateCodec.segments(StateCodec.write(read)));
    }

    @Test
    void keepsStandings() {
        CustomerState state = busyCustomer().state("ann");
        state.standings().set(0xffff_fffeL, -5, 3);
        state.standings().set(7, 300_000, 0);
        byte[] stored = StateCodec.write(state);
        for (Standings read : List.of(
                StateCodec.shared(stored).standings(),
                StateCodec.read("ann", stored).standings())) {
            assertThat(read.size()).isEqualTo(2);
            assertThat(read.bucket(0xffff_fffeL)).isEqualTo(-5);
            assertThat(read.place(0xffff_fffeL)).isEqualTo(3);
            assertThat(read.bucket(7)).isEqualTo(300_000);
            assertThat(read.place(7)).isZero();
        }
        assertThat(StateCodec.segments(stored)).isNotEmpty();
    }

    @Test
    void keepsAliases() {
        for (Alias alias : List.of(
                new Alias("ann", Long.MAX_VALUE, true),
                new Alias("bj\u00f6rn", -1, false),
                new Alias("cid", 5, true, List.of(new Alias.Owner("ann", 3), new Alias.Owner("bob", 5))))) {
            byte[] stored = AliasCodec.write(alias);
            assertThat(AliasCodec.read(stored)).isEqualTo(alias);
            assertThatThrownBy(() -> AliasCodec.read(Arrays.copyOf(stored, stored.length - 1)))
                    .isInstanceOf(CorruptState.class);
        }
    }

    @Test
    void readsSegmentsWithoutTheRest() {
        CustomerState state = busyCustomer().state("ann");
        byte[] stored = StateCodec.write(state);
        assertThat(StateCodec.segments(stored))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        state.memberships().stream().map(Membership::segment).toList());
        byte[] cut = Arrays.copyOf(stored, 30);
        assertThatThrownBy(() -> StateCodec.segments(cut)).isInstanceOf(CorruptState.class);
    }

    /** Including groups, traits with values, and names that occur twice in a state. */
    @Test
    void readsSegmentsOfWholeShop() throws Exception {
        Vocabulary vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        Plan plan = Plan.compile(
                new DefinitionReader(vocabulary).read(SegmentFiles.read(List.of(Path.of("segments")))), vocabulary);
        Map<String, CustomerState> customers = new TreeMap<>();
        ShopEvents shop = new ShopEvents(vocabulary, SEED, 100);
        for (int number = 0; number < 3000; number++) {
            Event event = shop.next();
            plan.apply(
                    customers.computeIfAbsent(event.customerId(), CustomerState::new),
                    event,
                    event.time(),
                    event.time());
        }
        List<Membership> all = new ArrayList<>();
        customers.values().forEach(state -> {
            all.addAll(state.memberships());
            assertThat(StateCodec.segments(StateCodec.write(state)))
                    .as("%s of seed %d", state.customerId(), SEED)
                    .containsExactlyElementsOf(state.memberships().stream()
                            .map(Membership::segment)
                            .toList());
        });
        assertThat(all).anyMatch(one -> one.group() != null).anyMatch(one -> one.value() != null);
    }

    @Test
    void continuesFromStoredState() {
        Scenario scenario = busyCustomer();
        scenario.changes();
        Plan plan = scenario.plan();
        CustomerState restored = StateCodec.read("ann", StateCodec.write(scenario.state("ann")));
        long later = Instant.parse("2025-12-01T00:00:00Z").toEpochMilli();
        assertThat(plan.advance(restored, later, later).changes())
                .isNotEmpty()
                .isEqualTo(plan.advance(scenario.state("ann"), later, later).changes());
    }

    @Test
    void headerContainsDeadlineAndPlan() {
        Scenario scenario = busyCustomer();
        byte[] stored = StateCodec.write(scenario.state("ann"));
        assertThat(StateCodec.deadline(stored))
                .isEqualTo(scenario.state("ann").deadline())
                .isLessThan(CustomerState.NEVER);
        assertThat(StateCodec.fingerprint(stored)).isEqualTo(scenario.plan().fingerprint());
    }

    @Test
    void storesWatchedTerms() {
        CustomerState state = busyCustomer().state("ann");
        CustomerState read = StateCodec.read("ann", StateCodec.write(state));
        assertThat(instants(read)).isNotEmpty().isEqualTo(instants(state));
        assertThat(read.watchDifferences()).isNotEmpty().isEqualTo(state.watchDifferences());
    }

    @Test
    void storesNoWatchedTermsForNewCustomer() {
        CustomerState read = StateCodec.read("ann", StateCodec.write(new CustomerState("ann")));
        assertThat(read.dueTimes()).isNull();
        assertThat(read.watchDifferences()).isNull();
    }

    private static Map<Integer, Long> instants(CustomerState state) {
        Map<Integer, Long> instants = new TreeMap<>();
        DueTimes dueTimes = Objects.requireNonNull(state.dueTimes());
        for (int index = 0; index < dueTimes.size(); index++) {
            instants.put(dueTimes.position(index), dueTimes.instant(index));
        }
        return instants;
    }

    @Test
    void encodesOnlyChangedParts() {
        Scenario scenario = busyCustomer();
        CustomerState read = StateCodec.read("ann", StateCodec.write(scenario.state("ann")));
        AggregateStates states = read.aggregates();
        List<byte[]> before = stored(states);
        Plan plan = scenario.plan();
        long now = Instant.parse("2025-11-01T10:06:00Z").toEpochMilli();
        plan.apply(
                read,
                Scenario.read("e99", "2025-11-01T10:06:00Z", "ann", "product_removed", "product_id=p1"),
                now,
                now);
        List<byte[]> after = stored(states);
        assertThat(after).as("the event touches no aggregate that is new").hasSameSizeAs(before);
        List<String> changed = new ArrayList<>();
        for (int index = 0; index < after.size(); index++) {
            assertThat(AggregateCodec.write(states.state(index))).isEqualTo(after.get(index));
            if (after.get(index) != before.get(index)) {
                changed.add(states.state(index).getClass().getSimpleName());
            }
        }
        assertThat(changed).contains("CartLog").hasSizeLessThan(after.size());
    }

    private static List<byte[]> stored(AggregateStates states) {
        List<byte[]> stored = new ArrayList<>();
        for (int index = 0; index < states.size(); index++) {
            stored.add(states.stored(index, AggregateCodec::write));
        }
        return stored;
    }

    @Test
    void detectsEveryTruncation() {
        byte[] stored = StateCodec.write(busyCustomer().state("ann"));
        for (int length = 0; length < stored.length; length++) {
            byte[] prefix = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> StateCodec.read("ann", prefix)).isInstanceOf(CorruptState.class);
        }
    }

    private static void readAll(byte[] stored) {
        AggregateStates states = StateCodec.read("ann", stored).aggregates();
        for (int index = 0; index < states.size(); index++) {
            assertThat(states.state(index)).isNotNull();
        }
    }

    @Test
    void flippedBitsNeverCauseOtherExceptions() {
        byte[] stored = StateCodec.write(busyCustomer().state("ann"));
        long seed = 20251101;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] flipped = stored.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                readAll(flipped);
            } catch (CorruptState expected) {
                assertThat(expected).as("seed %d round %d", seed, round).hasMessageStartingWith("stored state");
            } catch (UnknownStateVersion expected) {
                assertThat(flipped[0]).as("seed %d round %d", seed, round).isNotEqualTo(stored[0]);
            }
        }
    }

    @Test
    void keepsAskedProducts() {
        CustomerState state = busyCustomer().state("ann");
        state.askedProducts().setSeen(300);
        state.askedProducts().set(2, new int[] {-7, 5});
        state.askedProducts().set(9, new int[] {5});
        byte[] stored = StateCodec.write(state);
        for (AskedProducts read : List.of(
                StateCodec.shared(stored).asked(),
                StateCodec.read("ann", stored).askedProducts())) {
            assertThat(read.seen()).isEqualTo(300);
            assertThat(read.size()).isEqualTo(2);
            assertThat(read.definition(0)).isEqualTo(2);
            assertThat(read.products(0)).containsExactly(-7, 5);
            assertThat(read.all()).containsExactly(-7, 5);
        }
    }

    private static CustomerState withActivations() {
        CustomerState state = busyCustomer().state("ann");
        long now = state.clock().now();
        Pending first = new Pending(
                "a", "v1", "email", "cart", "0f".repeat(16), "f0".repeat(16), now - 7, null, CustomerState.NEVER);
        Pending second =
                new Pending("b", "v2", "push", "cart", "00".repeat(16), "ff".repeat(16), now, Kind.QUIET, now + 5);
        state.activations().put(first);
        state.activations().put(second);
        state.activations().add(new Sent("a", "email", now - 9, true));
        state.activations().add(new Sent("b", "push", now - 9, false));
        state.activations()
                .put(new Sequel(
                        first, now - 9, now + 1, now + 2, Arm.CONTROL, Set.of(Measure.GOAL, Measure.UNSUBSCRIBED)));
        state.activations().setArm("a", Arm.MIXED);
        return state;
    }

    @Test
    void keepsActivations() {
        Activations written = withActivations().activations();
        Activations read =
                StateCodec.read("ann", StateCodec.write(withActivations())).activations();
        assertThat(read.pending()).isEqualTo(written.pending()).hasSize(2);
        assertThat(read.sent()).isEqualTo(written.sent()).hasSize(2);
        assertThat(read.sequels()).isEqualTo(written.sequels()).hasSize(1);
        assertThat(read.arms()).isEqualTo(Map.of("a", Arm.MIXED));
    }

    @Test
    void damagedActivationsNeverCauseOtherExceptions() {
        byte[] stored = StateCodec.write(withActivations());
        for (int bit = 0; bit < stored.length * Byte.SIZE; bit++) {
            byte[] damaged = stored.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try {
                readAll(damaged);
            } catch (CorruptState | UnknownStateVersion expected) {
                // The caller stops, or rebuilds the customer.
            }
        }
    }

    @Test
    void namesOtherVersion() {
        byte[] stored = StateCodec.write(busyCustomer().state("ann"));
        for (byte version : new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, -1}) {
            stored[0] = version;
            assertThatThrownBy(() -> StateCodec.read("ann", stored))
                    .isInstanceOf(UnknownStateVersion.class)
                    .hasMessageContaining("in format " + version + " by another version")
                    .hasMessageContaining("this version reads format 12");
            assertThatThrownBy(() -> StateCodec.deadline(stored)).isInstanceOf(UnknownStateVersion.class);
        }
    }
}
