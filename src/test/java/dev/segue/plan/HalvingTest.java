// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.demo.ShopEvents;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Limit;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.state.StateCodec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Data dropped from an oversized customer is dropped everywhere: a customer that stays in memory, with all caches,
 * gives the same results as one that is read from the store after each event.
 */
class HalvingTest {
    private static final int EVENTS = 20_000;
    private static final int SHOPPERS = 100;
    private static final int ONE_IN = 10;

    @Test
    void droppedDataIsGoneFromAllCaches() throws Exception {
        long seed = Long.getLong("segue.seed", 20251125);
        Vocabulary vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        Plan plan = Plan.compile(
                new DefinitionReader(vocabulary).read(SegmentFiles.read(List.of(Path.of("segments")))), vocabulary);
        ShopEvents shop = new ShopEvents(vocabulary, seed, SHOPPERS);
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, CustomerState> kept = new HashMap<>();
        Map<String, byte[]> stored = new HashMap<>();
        Set<String> forms = new TreeSet<>();
        Set<Limit> told = EnumSet.noneOf(Limit.class);
        int changed = 0;
        for (int number = 0; number < EVENTS; number++) {
            Event event = shop.next();
            CustomerState one = kept.computeIfAbsent(event.customerId(), CustomerState::new);
            byte[] bytes = stored.get(event.customerId());
            CustomerState other =
                    bytes == null ? new CustomerState(event.customerId()) : StateCodec.read(one.customerId(), bytes);
            Effects first = plan.apply(one, event, event.time(), event.time());
            Effects second = plan.apply(other, event, event.time(), event.time());
            if (random.nextInt(ONE_IN) == 0 && one.aggregates().size() > 0) {
                int index = random.nextInt(one.aggregates().size());
                int aggregate = one.aggregates().id(index);
                forms.add(one.aggregates().state(index).getClass().getSimpleName());
                Effects halved = plan.halve(one, aggregate, Cause.of(event), event.time(), first);
                Effects again = plan.halve(other, aggregate, Cause.of(event), event.time(), second);
                assertThat(halved == null).isEqualTo(again == null);
                changed += halved == null
                        ? 0
                        : halved.changes().size() - first.changes().size();
                first = halved == null ? first : halved;
                second = again == null ? second : again;
            }
            told.addAll(first.limits());
            assertThat(texts(first.changes()))
                    .as("seed %d, event %d of %s", seed, number, event.customerId())
                    .isEqualTo(texts(second.changes()));
            assertThat(withoutDeadline(one)).isEqualTo(withoutDeadline(other));
            stored.put(event.customerId(), StateCodec.write(other));
        }
        System.out.println("halving, seed " + seed + ": " + forms + ", " + changed + " changes by it");
        assertThat(forms).containsExactly("CartLog", "Keyed", "Ledger", "ProfileState", "Series", "Total");
        assertThat(told).contains(Limit.STATE_BYTES);
        assertThat(changed).isPositive();
    }

    /**
     * A customer read from the store may be evaluated once too often, and so be due sooner; one in memory may still be asked
     * about products of elements that are gone.
     */
    private static byte[] withoutDeadline(CustomerState state) {
        CustomerState copy = StateCodec.read(state.customerId(), StateCodec.write(state));
        copy.askedProducts().clear();
        byte[] written = StateCodec.write(copy);
        Arrays.fill(written, 1 + Long.BYTES, 1 + 2 * Long.BYTES, (byte) 0);
        return written;
    }

    private static List<String> texts(List<Change> changes) {
        return changes.stream().map(Change::toString).toList();
    }
}
