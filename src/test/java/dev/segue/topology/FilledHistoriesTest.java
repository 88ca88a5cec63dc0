// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories in which definitions change, against the same ones in which the last definitions were always there. */
class FilledHistoriesTest {
    private static final String QUIET = TopologyScenario.QUIET;
    private static final String LOYAL = """
            segment: loyal
            when: purchase.count() >= 2
            carry:
              orders: purchase.count()
            """;
    private static final Instant TEN = Instant.parse("2025-11-01T10:00:00Z");

    @TempDir
    Path directory;

    private TopologyScenario scenario;
    private ScenarioEvents events;
    private boolean links;
    private boolean mayLink;

    @BeforeEach
    void open() throws Exception {
        scenario = new TopologyScenario(directory);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void event(String customer, Instant at, String type, String... values) throws Exception {
        events.send(scenario, customer, at, type, values);
    }

    /** Lets fills and drains finish. */
    private void settle(Instant at) throws Exception {
        for (int round = 0; round < 30; round++) {
            scenario.timeIs(at);
        }
    }

    /**
     * Random histories with random edits, restarts, and ticks at which little is done: in the end, everybody is where the
     * same history without edits puts them, and goes on in the same way.
     */
    @Test
    void afterAFillEverythingIsAsIfTheDefinitionsHadAlwaysBeenThere() throws Exception {
        compare(1, 12, false);
    }

    /**
     * As above, and people have several ids, which become one at some time. A link waits for a fill, and a condition has
     * held under the united ids since then only, so there is none that must hold for some time.
     */
    @Test
    void thePastOfAllIdsIsOne() throws Exception {
        compare(21, 32, true);
    }

    private void compare(long first, long last, boolean isLinking) throws Exception {
        links = isLinking;
        int backfilled = 0;
        for (long seed = first; seed <= last; seed++) {
            Outcome edited = outcome(seed, true);
            Outcome unedited = outcome(seed, false);
            assertThat(edited.members()).as("seed " + seed).isEqualTo(unedited.members());
            for (String customer : unedited.later().keySet()) {
                assertThat(edited.later().get(customer))
                        .as("seed %d, %s", seed, customer)
                        .isEqualTo(unedited.later().get(customer));
            }
            backfilled += edited.backfilled();
        }
        assertThat(backfilled).isGreaterThan(80);
    }

    /**
     * @param members the memberships at the end, each with its beginning unless an earlier version told it, and value
     * @param later what was told each customer afterwards
     * @param backfilled number of changes that the past gave
     */
    private record Outcome(Map<String, String> members, Map<String, List<String>> later, int backfilled) {}

    private static final String[] VARIANTS = {
        LOYAL,
        "segment: buyer\nwhen: purchase.filter(p, p.total > 50.0).count() >= 1\nuntil: purchase.within('3h').count() == 0",
        "segment: browsing\nwhen: product_viewed.within('2h').count() >= 3\nfor: 20m\ncarry:\n  seen: product_viewed.last(3)"
                + ".map(v, v.product_id)\nupdate: carry",
        "trait: favourite\nvalue: product_viewed.within('6h').map(v, v.product_id).most().value",
        "group: tier\nfirst:\n  gold: purchase.map(p, p.total).sum() > 100.0\n  silver: purchase.count() > 0",
        "segment: keen\nwhen: in_segment('browsing') && purchase.count() == 0\ncooldown: 30m",
        "segment: returning\nwhen: activity.within('4h').count() >= 2 && activity.within('1h').count() <= 1"
    };

    private Outcome outcome(long seed, boolean edits) throws Exception {
        Random random = new Random(seed);
        Random edit = new Random(~seed);
        List<String> wanted = wanted(edit);
        close();
        events = new ScenarioEvents();
        scenario = new TopologyScenario(directory.resolve("law" + seed + edits));
        Map<String, Change> members = new HashMap<>();
        int told = 0;
        Instant now = TEN;
        scenario.clockIs(now);
        scenario.define(edits ? QUIET : ScenarioEvents.set(wanted.toArray(String[]::new)));
        int finalEdit = 70;
        for (int number = 0; number < 90; number++) {
            mayLink = links && number < 50;
            now = now.plusMillis(random.nextInt(5) == 0 ? random.nextInt(9_000_000) : random.nextInt(700_000));
            if (random.nextInt(3) == 0) {
                scenario.timeIs(now);
            }
            randomEvent(random, now);
            if (edits && (number == finalEdit || (number < finalEdit && edit.nextInt(8) == 0))) {
                scenario.clockIs(now);
                scenario.define(
                        ScenarioEvents.set((number == finalEdit ? wanted : wanted(edit)).toArray(String[]::new)));
                scenario.timeIs(now);
            }
            told += gather(members);
            if (edits && edit.nextInt(12) == 0) {
                scenario.restart();
            }
        }
        settle(now.plusSeconds(1));
        told += gather(members);
        Map<String, String> places = new TreeMap<>();
        members.forEach((key, change) -> places.put(key, change.value() + " " + change.group()));
        mayLink = false;
        Map<String, List<String>> later = new TreeMap<>();
        for (int number = 0; number < 30; number++) {
            now = now.plusMillis(1_001 + random.nextInt(3_000_000));
            scenario.timeIs(now.minusMillis(1));
            randomEvent(random, now);
            later(later);
        }
        scenario.timeIs(now.plus(Duration.ofDays(1)));
        scenario.pause();
        later(later);
        return new Outcome(places, later, told);
    }

    /** Some of the variants, and what they ask about. */
    private List<String> wanted(Random random) {
        String browsing = links ? VARIANTS[2].replace("for: 20m\n", "") : VARIANTS[2];
        List<String> wanted = new ArrayList<>(List.of(QUIET, browsing));
        for (int index = 0; index < VARIANTS.length; index++) {
            if (index != 2 && random.nextBoolean()) {
                wanted.add(VARIANTS[index].replace(">= 2", ">= " + (1 + random.nextInt(3))));
            }
        }
        return wanted;
    }

    private void randomEvent(Random random, Instant at) throws Exception {
        String customer = (links && random.nextBoolean() ? "d" : "c") + random.nextInt(4);
        if (random.nextInt(12) == 0 && mayLink) {
            link(random, at);
        } else if (random.nextInt(3) == 0) {
            events.order(scenario, customer, at, (10 + random.nextInt(60)) + ".00");
        } else {
            event(customer, at, "product_viewed", "product_id", "p" + random.nextInt(3));
        }
    }

    /** Devices of one customer each, and two customers who turn out to be the same. */
    private void link(Random random, Instant at) throws Exception {
        String number = String.valueOf(random.nextInt(4));
        if (random.nextInt(4) > 0) {
            event("c" + number, at, "customer_identified", "anonymous_id", "d" + number);
        } else {
            event("c0", at, "customers_merged", "other_id", "c1", "survivor", "c0");
        }
    }

    /** Returns the number of changes that the past gave. */
    private int gather(Map<String, Change> members) throws Exception {
        int backfilled = 0;
        for (Change change : scenario.readChanges()) {
            String key = change.customerId() + " " + change.segment();
            if (change.kind() == Change.Kind.EXITED) {
                members.remove(key);
            } else {
                members.put(key, change);
            }
            backfilled += change.backfilled() ? 1 : 0;
        }
        return backfilled;
    }

    /** Versions differ where a definition has another text, and beginnings where an earlier version told them. */
    private void later(Map<String, List<String>> later) throws Exception {
        for (Change change : scenario.readChanges()) {
            later.computeIfAbsent(change.customerId(), absent -> new ArrayList<>())
                    .add(change.segment() + " " + change.kind() + " " + change.effectiveAt() + " " + change.cause()
                            + " " + change.value() + " " + change.evidence() + " " + change.carry());
        }
    }
}
