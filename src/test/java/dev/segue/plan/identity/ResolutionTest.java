// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every id at a place of its own, and messages that arrive in any order but that of two places among themselves: in the
 * end, everybody is one customer, and no event is lost or counted twice.
 */
class ResolutionTest {
    private static final long SEED = Long.getLong("segue.seed", 20_261_130);
    private static final int STORIES = Integer.getInteger("segue.cases", 20_000) / 10;
    private static final Linking LINKING = new Linking(IdentitySettings.defaults(), LimitSettings.defaults());

    private final Random random = new Random(SEED);
    private final Map<String, CustomerState> customers = new TreeMap<>();
    private final Map<String, Alias> aliases = new HashMap<>();
    private final Map<String, Deque<Transfer>> ways = new TreeMap<>();
    private final Resolution resolution = new Resolution(new Place(), LINKING);
    private Plan plan;
    private String here = "";
    private long circles;
    private int number;

    @Test
    void everybodyIsOneInTheEnd() throws Exception {
        System.out.println("resolution: seed " + SEED);
        plan = Plan.compile(
                new DefinitionReader(SmallShop.VOCABULARY)
                        .read(List.of(new DefinitionText("t.yaml", "segment: viewer\nwhen: page_viewed.count() >= 3"))),
                SmallShop.VOCABULARY);
        for (int story = 0; story < STORIES; story++) {
            customers.clear();
            aliases.clear();
            ways.clear();
            story("story " + story + " of seed " + SEED);
        }
        assertThat(circles).as("some stories have contradicting survivors").isPositive();
    }

    /** All links of one person, in random order and direction, among events and messages. */
    private void story(String name) {
        List<String> ids =
                new ArrayList<>(List.of("ann", "bob", "cid", "d1", "d2").subList(0, 2 + random.nextInt(4)));
        int known = (int) ids.stream().filter(id -> !id.startsWith("d")).count();
        List<Event> events = new ArrayList<>();
        for (int other = 1; other < ids.size(); other++) {
            // A device has no devices.
            String linked = ids.get(random.nextInt(Math.min(other, known)));
            String id = ids.get(other);
            events.add(id.startsWith("d") ? identified(linked, id) : merged(linked, id));
            if (!id.startsWith("d") && random.nextBoolean()) {
                events.add(merged(id, linked));
            }
        }
        Map<String, Integer> viewed = new TreeMap<>();
        for (int view = random.nextInt(8); view > 0; view--) {
            String id = ids.get(random.nextInt(ids.size()));
            viewed.merge(id, 1, Integer::sum);
            events.add(event("page_viewed", id, Map.of()));
        }
        Collections.shuffle(events, random);
        for (Event event : events) {
            here = event.customerId();
            resolution.event(here, event);
            for (int delivered = random.nextInt(4); delivered > 0; delivered--) {
                deliver();
            }
        }
        for (int left = 10_000; !ways.isEmpty(); left--) {
            assertThat(left).as("messages go round for ever in " + name).isPositive();
            deliver();
        }
        assertThat(customers).as(name).hasSize(1);
        CustomerState person = customers.values().iterator().next();
        assertThat(person.history().events()).as(name).isEqualTo(events.size());
        assertThat(person.membership("viewer") != null)
                .as(name)
                .isEqualTo(viewed.values().stream().mapToInt(Integer::intValue).sum() >= 3);
        for (String id : ids) {
            String goesOn = id;
            for (int hops = 0; aliases.containsKey(goesOn); hops++) {
                assertThat(hops).as(name).isLessThan(Resolution.MOST_HOPS);
                goesOn = aliases.get(goesOn).into();
            }
            boolean isKnown = goesOn.equals(person.customerId());
            assertThat(isKnown).as("%s goes on as %s in %s", id, goesOn, name).isTrue();
        }
        TreeSet<String> others = new TreeSet<>(ids);
        others.remove(person.customerId());
        assertThat(person.linkedIds().all())
                .as(name)
                .extracting(link -> link.id())
                .containsAll(others);
    }

    private void deliver() {
        if (ways.isEmpty()) {
            return;
        }
        List<String> keys = List.copyOf(ways.keySet());
        String way = keys.get(random.nextInt(keys.size()));
        Transfer next = ways.get(way).remove();
        if (ways.get(way).isEmpty()) {
            ways.remove(way);
        }
        here = next.to();
        resolution.handle(next);
    }

    private Event identified(String customer, String device) {
        return event("customer_identified", customer, Map.of("anonymous_id", device));
    }

    private Event merged(String customer, String other) {
        List<String> survivors = List.of("", customer, other);
        return event(
                "customers_merged", customer, Map.of("other_id", other, "survivor", survivors.get(random.nextInt(3))));
    }

    private Event event(String type, String customer, Map<String, String> values) {
        EventType known = SmallShop.VOCABULARY.get(type);
        Object[] slots = new Object[known.record().fields().size()];
        slots[known.record().slot("event_id")] = "e" + ++number;
        slots[known.record().slot("occurred_at")] = Instant.ofEpochMilli(1_000_000 + random.nextInt(1_000));
        values.forEach((name, value) -> slots[known.record().slot(name)] = value);
        return new Event(known, customer, new Fields(known.record(), slots));
    }

    /** What is known at the place that handles something. */
    private final class Place implements Residence {
        @Override
        public @Nullable Alias alias(String id) {
            assertThat(id).isEqualTo(here);
            return aliases.get(id);
        }

        @Override
        public void setAlias(String id, @Nullable Alias alias) {
            assertThat(id).isEqualTo(here);
            if (alias == null) {
                aliases.remove(id);
            } else {
                aliases.put(id, alias);
            }
        }

        @Override
        public @Nullable CustomerState customer(String id) {
            assertThat(id).isEqualTo(here);
            return customers.get(id);
        }

        @Override
        public void linked(CustomerState customer) {
            customers.put(customer.customerId(), customer);
            var unused = plan.linked(customer, Long.MIN_VALUE, 0);
        }

        @Override
        public void apply(String id, String key, Event event) {
            CustomerState state = customers.computeIfAbsent(id, CustomerState::new);
            Linking.Result linked = LINKING.link(state, event, key);
            var unused = plan.apply(state, event.of(id), Long.MIN_VALUE, 0);
            if (linked.claim() != null) {
                send(linked.claim());
            }
        }

        @Override
        public @Nullable CustomerState leave(String id, String into) {
            CustomerState state = customers.remove(id);
            if (state != null) {
                var unused = plan.leave(state, into, Long.MIN_VALUE, 0);
            }
            return state;
        }

        @Override
        public void unite(String id, CustomerState other) {
            var unused = plan.unite(customers.computeIfAbsent(id, CustomerState::new), other, Long.MIN_VALUE, 0);
        }

        @Override
        public void erase(String id, long at) {
            throw new IllegalStateException("nobody is erased");
        }

        @Override
        public boolean isErased(String id, long at) {
            return false;
        }

        @Override
        public void refused(InputProblem problem) {
            throw new IllegalStateException(problem.toString());
        }

        @Override
        public void send(Transfer transfer) {
            ways.computeIfAbsent(here + ">" + transfer.to(), way -> new ArrayDeque<>())
                    .add(transfer);
        }

        @Override
        public void circle() {
            circles++;
        }
    }
}
