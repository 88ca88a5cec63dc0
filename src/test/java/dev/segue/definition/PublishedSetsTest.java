// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.CurrencySettings;
import dev.segue.event.OriginPrecedence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublishedSetsTest {
    private static final Instant NOON = Instant.parse("2025-11-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final SetOptions OPTIONS =
            new SetOptions(ZoneId.of("UTC"), 16, CurrencySettings.none(), OriginPrecedence.usual());

    private static DefinitionSet set(long revision, Instant at, String... ids) {
        List<DefinitionSource> sources = Stream.of(ids)
                .map(id -> new DefinitionSource(id.substring(0, 1), id.substring(2), "f.yaml", "", Map.of()))
                .toList();
        return new DefinitionSet(revision, at, "ann", null, OPTIONS, sources);
    }

    private static LiveSets at(List<DefinitionSet> sets, Instant now) {
        return new PublishedSets(sets).at(now).orElseThrow();
    }

    @Test
    void nothingIsLiveBeforeTheFirstSet() {
        assertThat(new PublishedSets(List.of()).at(NOON)).isEmpty();
    }

    @Test
    void aReplacedSetIsKeptForADayToTheMillisecond() {
        List<DefinitionSet> sets = List.of(set(2, NOON, "b@1"), set(1, NOON.minus(DAY), "a@1"));
        LiveSets last = at(sets, NOON.plus(DAY).minusMillis(1));
        assertThat(last.live().revision()).isEqualTo(2);
        assertThat(last.kept()).extracting(DefinitionSet::revision).containsExactly(1L);
        assertThat(last.step()).isZero();
        LiveSets over = at(sets, NOON.plus(DAY));
        assertThat(over.kept()).isEmpty();
        assertThat(over.step()).isEqualTo(1);
        assertThat(over.isAfter(last)).isTrue();
        assertThat(last.isAfter(over)).isFalse();
    }

    @Test
    void whatEndedBeforeTheLiveSetIsNoStep() {
        List<DefinitionSet> sets = List.of(
                set(1, NOON.minus(DAY.multipliedBy(9)), "a@1"),
                set(2, NOON.minus(DAY.multipliedBy(5)), "a@2"),
                set(3, NOON, "a@3"));
        assertThat(at(sets, NOON).step()).isZero();
        assertThat(at(sets, NOON).kept()).extracting(DefinitionSet::revision).containsExactly(2L);
        assertThat(at(sets, NOON.plus(DAY)).step()).isEqualTo(1);
    }

    @Test
    void onlySomeEarlierSetsAreKept() {
        List<DefinitionSet> sets = new ArrayList<>();
        for (int number = 1; number <= 30; number++) {
            sets.add(set(number, NOON.plusSeconds(number), "a@" + number));
        }
        assertThat(at(sets, NOON.plusSeconds(40)).kept())
                .hasSize(PublishedSets.MOST_KEPT)
                .first()
                .extracting(DefinitionSet::revision)
                .isEqualTo(29L);
    }

    @Test
    void revisionsMayBeginAgain() {
        PublishedSets sets = new PublishedSets(
                List.of(set(1, NOON.plusMillis(1), "a@3"), set(7, NOON, "a@2"), set(1, NOON.minus(DAY), "a@1")));
        LiveSets live = sets.at(NOON.plusSeconds(1)).orElseThrow();
        assertThat(live.live().sources()).extracting(DefinitionSource::version).containsExactly("3");
        assertThat(live.kept()).extracting(DefinitionSet::revision).containsExactly(7L, 1L);
        assertThat(sets.revision(1)).contains(live.live());
        LiveSets before = at(List.of(set(7, NOON, "a@2")), NOON);
        assertThat(live.isAfter(before)).isTrue();
        assertThat(before.isAfter(live)).isFalse();
    }

    @Test
    void tellsWhatDiffers() {
        DefinitionSet before = set(1, NOON, "a@1", "b@1", "c@1");
        DefinitionSet after = set(2, NOON, "a@1", "b@2", "d@1");
        assertThat(SetDifference.between(before, after).text()).isEqualTo("1 new (d), 1 changed (b), 1 removed (c)");
        assertThat(SetDifference.between(before, before.as(2, NOON, "bob", 1L)).isNone())
                .isTrue();
        assertThat(SetDifference.between(null, before).added()).containsExactly("a", "b", "c");
        DefinitionSet zone = new DefinitionSet(
                2,
                NOON,
                "ann",
                null,
                new SetOptions(ZoneId.of("Asia/Tokyo"), 16, CurrencySettings.none(), OriginPrecedence.usual()),
                before.sources());
        assertThat(SetDifference.between(before, zone).text()).isEqualTo("other settings");
    }
}
