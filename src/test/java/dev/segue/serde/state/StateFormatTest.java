// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.Scenario;
import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.output.ChangeJson;
import dev.segue.serde.output.TriggerDecisionJson;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * States stored by an earlier build, and the changes that they must yield. A failure means that an upgrade would lose
 * or misread customers of running processors: see docs/decisions/014. {@code -Dsegue.golden.write=true} rewrites both
 * files, which is right only for a new format in its own directory.
 */
class StateFormatTest {
    private static final Path STORED = Path.of("src", "test", "resources", "dev", "segue", "serde", "state-12");

    /** Every kind of aggregate, a membership with a carry, a group, a trait, a waiting customer, a population, products that are asked
     * about, and triggers.
     */
    private static final String[] DEFINITIONS = {
        """
        segment: cart-abandoned
        when: cart.count() > 0 && activity.within('1h').count() == 0
        carry: {value: "cart.map(i, i.price * i.quantity).sum()"}
        """,
        "segment: curious\nwhen: product_viewed.within('14d').map(v, v.product_id).distinct().count() >= 2",
        "segment: buyer\nwhen: purchase.map(o, o.total).sum() > 3.0",
        "segment: spender\nwhen: order_completed.map(o, o.total).sum() > 100.0",
        "segment: keen\nwhen: product_viewed.within('30d').groupBy(v, v.product_id).exists(g, g.count() >= 2)",
        "segment: gold\nwhen: profile.favourite == 'gold' && product_viewed.count() > 0",
        "segment: patient\nwhen: checkout_started.within('2d').count() > 0\nfor: 1h\ncooldown: 3d",
        "group: level\nfirst: {high: activity.count() > 5, low: activity.count() > 0}",
        "trait: last-seen\nvalue: product_viewed.latest().product_id",
        "segment: most-seen\nwhen: product_viewed.count().percentile() >= 50.0\npopulation: {minimum: 1}",
        "segment: in-stock\nwhen: product_viewed.exists(v, product(v.product_id).stock > 0)",
        "channel: email\nconsent: profile.consent.email == true",
        "trigger: hello\non: curious\nchannel: email\nholdout: 5\ngoal: {event: order_completed, within: 5d}",
        "trigger: thanks\non: buyer\nchannel: email\nexpires: 2d"
    };

    private static Scenario story() {
        return Scenario.of(DEFINITIONS)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=p1", "category=shoes")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed", "product_id=p2", "price=0.0001")
                .event("2025-11-01T10:02:00.123Z", "ann", "product_added", "product_id=p1", "price=19.95", "quantity=1")
                .event(
                        "2025-11-01T10:02:01Z",
                        "ann",
                        "product_added",
                        "sku=s2",
                        "variant=XL",
                        "price=5",
                        "quantity=0.25")
                .event("2025-11-01T10:02:02Z", "ann", "product_removed", "product_id=p3")
                .event("2025-11-01T10:02:03Z", "ann", "product_removed", "sku=s2", "variant=XL", "quantity=0.05")
                .event("2025-11-01T10:03:00Z", "ann", "profile_updated", "favourite=gold", "age=41", "tags=vip:yes")
                .event("2025-11-01T10:03:01Z", "ann", "profile_updated", "cleared=age,tags", "birthday=")
                .event("2025-11-01T10:03:02Z", "ann", "profile_updated", "origin=bought", "age=40", "attributes=a:2.5")
                .event("2025-11-01T10:03:03Z", "ann", "profile_updated", "attributes=b:true", "consent=email:true")
                .event("2025-11-01T10:03:04Z", "ann", "customer_erased", "origin=partner")
                .event("2025-11-01T09:00:00Z", "ann", "page_viewed")
                .event(
                        "2025-11-01T10:00:00Z",
                        "bob",
                        "order_completed",
                        "order_id=o1",
                        "total=99.99",
                        "products=p1*2@9.90")
                .event("2025-11-01T10:05:00Z", "bob", "order_completed", "order_id=o2", "total=12.5001", "coupon=X")
                .event("2025-11-01T10:06:00Z", "bob", "order_refunded", "order_id=o1", "total=-99.99")
                .event("2025-11-01T10:07:00Z", "bob", "checkout_started", "value=7")
                .event("2025-11-01T10:06:30Z", "bob", "order_completed", "order_id=o2", "total=13", "products=p1*0.5@3")
                .event("2025-11-01T10:08:00Z", "bob", "order_refunded", "order_id=o2", "products=p1*0.25@2,p2*1@1")
                .event("2025-11-01T10:09:00Z", "bob", "order_cancelled", "order_id=o3")
                .event("2025-11-01T11:00:00Z", "cem \u0130\u0131", "product_viewed", "product_id=p\u00fc")
                .event("2025-11-01T11:01:00Z", "cem \u0130\u0131", "product_viewed", "product_id=p\u00fc")
                .timeIs("2025-11-01T11:10:00Z");
    }

    @Test
    void storedStatesYieldStoredChanges() throws Exception {
        Plan plan = story().plan();
        if (Boolean.getBoolean("segue.golden.write")) {
            write(plan);
        }
        List<String> answers = new ArrayList<>();
        TreeSet<String> kinds = new TreeSet<>();
        int counted = 0;
        TreeSet<String> told = new TreeSet<>();
        for (String line : Files.readAllLines(STORED.resolve("states.txt"))) {
            String customer = line.substring(0, line.lastIndexOf('\t'));
            byte[] stored = HexFormat.of().parseHex(line.substring(line.lastIndexOf('\t') + 1));
            assertThat(stored[0]).isEqualTo((byte) 12);
            CustomerState state = StateCodec.read(customer, stored);
            assertThat(HexFormat.of().formatHex(StateCodec.write(state)))
                    .as("bytes of " + customer)
                    .isEqualTo(HexFormat.of().formatHex(stored));
            requireSameBytesWhenEncodedAgain(state);
            assertThat(StateCodec.fingerprint(stored))
                    .as("the plan of the same definitions")
                    .isEqualTo(plan.fingerprint());
            kinds.addAll(kinds(state.aggregates()));
            counted += state.standings().size();
            state.activations().pending().forEach(pending -> told.add(pending.trigger() + " " + pending.decision()));
            state.activations()
                    .sequels()
                    .forEach(sequel -> told.add(sequel.activation().trigger() + " "
                            + sequel.activation().decision()));
            state.activations().arms().forEach((trigger, arm) -> told.add(trigger + " " + arm));
            answers.addAll(goOn(plan, state));
        }
        assertThat(kinds)
                .as("kinds of aggregates that lie in the file")
                .containsExactly("CartLog", "Keyed", "Ledger", "ProfileState", "Series", "Total");
        assertThat(told)
                .as("what triggers remember")
                .containsExactly("hello SEND", "hello TREATMENT", "thanks NO_CONSENT");
        assertThat(counted).as("customers in the population").isEqualTo(2);
        assertThat(answers).hasSizeGreaterThan(10).isEqualTo(Files.readAllLines(STORED.resolve("answers.txt")));
    }

    @Test
    void storedFactsAreReadAsTheyWereWritten() throws Exception {
        if (Boolean.getBoolean("segue.golden.write")) {
            Files.writeString(STORED.resolve("facts.txt"), HexFormat.of().formatHex(FactsCodec.write(facts())) + "\n");
        }
        byte[] stored = HexFormat.of()
                .parseHex(Files.readString(STORED.resolve("facts.txt")).strip());
        assertThat(FactsCodec.read(stored)).isEqualTo(facts());
        assertThat(FactsCodec.write(facts())).isEqualTo(stored);
    }

    /** A product with a variant that was sold out and is back, and one with a price alone. */
    private static ProductFacts facts() {
        long ten = Instant.parse("2025-11-01T10:00:00Z").toEpochMilli();
        ProductFacts before = new ProductFacts("p\u00fc", ten, fields("stock", 7L), Map.of("XL", fields("stock", 0L)));
        return new ProductFacts(
                        "p\u00fc",
                        ten + 1000,
                        fields("stock", 0L, "name", "Boot", "launched_at", Instant.ofEpochMilli(ten - 1)),
                        Map.of("XL", fields("stock", 2L), "M", fields("price", new BigDecimal("19.9500"))))
                .after(before.after(null));
    }

    private static Fields fields(Object... namesAndValues) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        for (int index = 0; index < namesAndValues.length; index += 2) {
            values[ProductFacts.TYPE.slot((String) namesAndValues[index])] = namesAndValues[index + 1];
        }
        return new Fields(ProductFacts.TYPE, values);
    }

    /** The bytes of a decoded state are kept as stored, so only encoding it anew shows today's writer. */
    private static void requireSameBytesWhenEncodedAgain(CustomerState read) {
        AggregateStates states = read.aggregates();
        for (int index = 0; index < states.size(); index++) {
            byte[] stored = states.stored(index, AggregateCodec::write);
            assertThat(AggregateCodec.write(states.state(index))).isEqualTo(stored);
        }
        assertThat(StoredMembershipsCodec.write(read.memberships()))
                .isEqualTo(read.storedMemberships(StoredMembershipsCodec::write));
    }

    /** Two more events and time read the stored data. */
    private static List<String> goOn(Plan plan, CustomerState state) {
        String id = state.customerId();
        List<Effects> effects = new ArrayList<>();
        long now = Instant.parse("2025-11-02T00:00:00Z").toEpochMilli();
        effects.add(plan.advance(state, now, now));
        effects.add(plan.apply(
                state,
                Scenario.read("later-1", "2025-11-02T01:00:00Z", id, "product_viewed", "product_id=p2"),
                now,
                now));
        // Ann's event is a duplicate, so it is not counted again.
        effects.add(plan.apply(
                state, Scenario.read("e1", "2025-11-02T01:30:00Z", id, "product_viewed", "product_id=p9"), now, now));
        effects.add(plan.apply(
                state,
                Scenario.read("later-2", "2025-11-02T02:00:00Z", id, "order_cancelled", "order_id=o2"),
                now,
                now));
        long end = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
        effects.add(plan.advance(state, end, now));
        return effects.stream()
                .flatMap(each -> Stream.concat(
                        each.changes().stream().map(ChangeJson::write),
                        each.decisions().stream().map(TriggerDecisionJson::write)))
                .toList();
    }

    private static Set<String> kinds(AggregateStates states) {
        TreeSet<String> kinds = new TreeSet<>();
        for (int index = 0; index < states.size(); index++) {
            AggregateState state = states.state(index);
            kinds.add(state.getClass().getSimpleName());
        }
        return kinds;
    }

    private static void write(Plan plan) throws Exception {
        Files.createDirectories(STORED);
        Scenario story = story();
        List<String> customers = List.of("ann", "bob", "cem \u0130\u0131");
        Files.writeString(
                STORED.resolve("states.txt"),
                customers.stream()
                        .map(id -> id + "\t" + HexFormat.of().formatHex(StateCodec.write(story.state(id))) + "\n")
                        .collect(Collectors.joining()));
        List<String> answers = new ArrayList<>();
        for (String id : customers) {
            answers.addAll(goOn(plan, StateCodec.read(id, StateCodec.write(story.state(id)))));
        }
        Files.write(STORED.resolve("answers.txt"), answers);
    }
}
