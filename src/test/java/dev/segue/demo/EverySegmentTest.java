// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.demo.shop.ShopSettings;
import dev.segue.demo.shop.SimulatedShop;
import dev.segue.demo.shop.Storeroom;
import dev.segue.event.Change;
import dev.segue.event.ProductFacts;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.product.ProductTable;
import dev.segue.replay.EventReader;
import dev.segue.replay.ProductFile;
import dev.segue.replay.Replay;
import dev.segue.replay.Until;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a minute of the demo, every shipped definition and every choice of every group gets a member. */
class EverySegmentTest {
    /** The rest of the minute is for the start and the shop's past. */
    private static final Duration SHOWN = Duration.ofSeconds(50).multipliedBy(DemoSettings.USUAL_SPEED);

    private static Vocabulary vocabulary;
    private static List<Definition> definitions;

    @BeforeAll
    static void readTheShippedSegments() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        definitions = new DefinitionReader(vocabulary).read(SegmentFiles.read(List.of(Path.of("segments"))));
    }

    @ParameterizedTest
    @CsvSource({"1, 2026-03-02", "7, 2026-06-15", "2026, 2025-09-26"})
    void everySegmentHasMembersWithinMinuteOfDemo(long seed, String day) {
        Map<String, Seen> seen = seen(seed, Instant.parse(day + "T10:00:00Z"));
        Set<String> empty = new TreeSet<>(names());
        seen.forEach((segment, counts) -> {
            if (counts.shown() > 0) {
                empty.remove(segment);
            }
        });
        // Christmas is far away.
        assertThat(empty).as("seed %d: %s", seed, seen).containsExactly("holiday-shopper");
    }

    @Test
    void hasHolidayShoppersBeforeChristmas() {
        assertThat(seen(3, Instant.parse("2025-12-10T10:00:00Z"))
                        .get("holiday-shopper")
                        .shown())
                .isPositive();
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        definitions.forEach(definition -> names.addAll(definition.segments()));
        return names;
    }

    private static Map<String, Seen> seen(long seed, Instant opens) {
        SimulatedShop shop = new SimulatedShop(vocabulary, ShopSettings.usual(seed, opens));
        Instant end = opens.plus(SHOWN);
        Map<String, Seen> seen = new TreeMap<>();
        try (EventReader reader = new ShopReader(shop, end)) {
            Until until = new Until.At(end.toEpochMilli());
            Linking linking = new Linking(IdentitySettings.defaults(), LimitSettings.defaults());
            for (Change change : new Replay(Plan.compile(definitions, vocabulary), linking, products(seed, opens, end))
                    .run(reader, until)
                    .changes()) {
                seen.merge(change.segment(), Seen.of(change, opens), Seen::plus);
            }
        }
        return seen;
    }

    private static ProductTable products(long seed, Instant opens, Instant end) {
        Storeroom storeroom = new Storeroom(ShopSettings.usual(seed, opens));
        List<ProductFacts> facts = new ArrayList<>();
        while (storeroom.nextTime() <= end.toEpochMilli()) {
            facts.add(storeroom.next());
        }
        return ProductFile.table(facts);
    }

    /**
     * What happens to a segment.
     *
     * @param before number of members when the shop opened
     * @param entered number of entries afterwards
     * @param left number of exits afterwards
     */
    private record Seen(int before, int entered, int left) {
        static Seen of(Change change, Instant opens) {
            boolean shown = !change.effectiveAt().isBefore(opens);
            return switch (change.kind()) {
                case ENTERED -> new Seen(shown ? 0 : 1, shown ? 1 : 0, 0);
                case EXITED -> new Seen(shown ? 0 : -1, 0, shown ? 1 : 0);
                case UPDATED -> new Seen(0, 0, 0);
            };
        }

        Seen plus(Seen other) {
            return new Seen(before + other.before, entered + other.entered, left + other.left);
        }

        int shown() {
            return before + entered;
        }
    }
}
