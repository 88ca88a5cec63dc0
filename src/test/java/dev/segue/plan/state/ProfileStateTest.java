// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Origin;
import dev.segue.event.OriginPrecedence;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileStateTest {
    private final ProfileState profile = new ProfileState();

    @Test
    void laterStatementReplacesEarlier() {
        profile.state(Origin.STATED, "tier", "silver", 10);
        assertThat(profile.state(Origin.STATED, "tier", "gold", 20)).isTrue();
        assertThat(profile.value("tier", OriginPrecedence.usual())).isEqualTo("gold");
    }

    @Test
    void lateEarlierStatementChangesNothing() {
        profile.state(Origin.STATED, "tier", "gold", 20);
        assertThat(profile.state(Origin.STATED, "tier", "silver", 19)).isFalse();
        assertThat(profile.value("tier", OriginPrecedence.usual())).isEqualTo("gold");
    }

    @Test
    void laterArrivalWinsAtEqualTimes() {
        profile.state(Origin.STATED, "tier", "silver", 20);
        profile.state(Origin.STATED, "tier", "gold", 20);
        assertThat(profile.value("tier", OriginPrecedence.usual())).isEqualTo("gold");
    }

    @Test
    void emptyTextClears() {
        profile.state(Origin.STATED, "tier", "gold", 10);
        profile.state(Origin.STATED, "tier", "", 20);
        assertThat(profile.value("tier", OriginPrecedence.usual())).isNull();
        assertThat(profile.values(OriginPrecedence.usual())).isEmpty();
    }

    @Test
    void clearedFieldIsUnset() {
        profile.state(Origin.STATED, "age", 30L, 10);
        assertThat(profile.clear(Origin.STATED, "age", false, 20)).isTrue();
        assertThat(profile.value("age", OriginPrecedence.usual())).isNull();
    }

    @Test
    void lateEarlierStatementDoesNotRestoreClearedField() {
        profile.clear(Origin.STATED, "age", false, 20);
        assertThat(profile.state(Origin.STATED, "age", 30L, 19)).isFalse();
        assertThat(profile.value("age", OriginPrecedence.usual())).isNull();
    }

    @Test
    void statementAppliesAfterClearingInSameEvent() {
        profile.clear(Origin.STATED, "age", false, 20);
        profile.state(Origin.STATED, "age", 30L, 20);
        assertThat(profile.value("age", OriginPrecedence.usual())).isEqualTo(30L);
    }

    @Test
    void lateClearingKeepsLaterStatement() {
        profile.state(Origin.STATED, "age", 30L, 21);
        assertThat(profile.clear(Origin.STATED, "age", false, 20)).isFalse();
        assertThat(profile.value("age", OriginPrecedence.usual())).isEqualTo(30L);
    }

    @Test
    void mapsAreUpdatedKeyByKey() {
        profile.state(Origin.STATED, "tags", Map.of("vip", "yes"), 10);
        profile.state(Origin.STATED, "tags", Map.of("news", "no"), 20);
        assertThat(profile.value("tags", OriginPrecedence.usual())).isEqualTo(Map.of("vip", "yes", "news", "no"));
    }

    @Test
    void acceptsLateNewKeyButNotOlderValue() {
        profile.state(Origin.STATED, "tags", Map.of("vip", "yes"), 20);
        profile.state(Origin.STATED, "tags", Map.of("vip", "no", "news", "no"), 10);
        assertThat(profile.value("tags", OriginPrecedence.usual())).isEqualTo(Map.of("vip", "yes", "news", "no"));
    }

    @Test
    void emptyTextRemovesItsKeyOnly() {
        profile.state(Origin.STATED, "tags", Map.of("vip", "yes", "news", "no"), 10);
        profile.state(Origin.STATED, "tags", Map.of("vip", ""), 20);
        assertThat(profile.value("tags", OriginPrecedence.usual())).isEqualTo(Map.of("news", "no"));
    }

    @Test
    void clearedMapLosesAllKeys() {
        profile.state(Origin.STATED, "tags", Map.of("vip", "yes", "news", "no"), 10);
        assertThat(profile.clear(Origin.STATED, "tags", true, 20)).isTrue();
        assertThat(profile.value("tags", OriginPrecedence.usual())).isNull();
    }

    @Test
    void mapClearedAndStatedHasStatedKeysOnly() {
        profile.state(Origin.STATED, "tags", Map.of("vip", "yes", "news", "no"), 10);
        profile.clear(Origin.STATED, "tags", true, 20);
        profile.state(Origin.STATED, "tags", Map.of("vip", "again"), 20);
        assertThat(profile.value("tags", OriginPrecedence.usual())).isEqualTo(Map.of("vip", "again"));
    }

    @Test
    void lateClearingKeepsLaterKeys() {
        profile.state(Origin.STATED, "tags", Map.of("news", "no"), 20);
        profile.state(Origin.STATED, "tags", Map.of("vip", "yes"), 21);
        profile.clear(Origin.STATED, "tags", true, 20);
        assertThat(profile.value("tags", OriginPrecedence.usual())).isEqualTo(Map.of("vip", "yes"));
    }

    @Test
    void lateEarlierKeyDoesNotRestoreClearedMap() {
        profile.clear(Origin.STATED, "tags", true, 20);
        assertThat(profile.state(Origin.STATED, "tags", Map.of("vip", "yes"), 19))
                .isFalse();
        assertThat(profile.value("tags", OriginPrecedence.usual())).isNull();
    }

    @Test
    void clearingMapKeepsFieldsWithSamePrefix() {
        profile.state(Origin.STATED, "tags_seen", 3L, 10);
        profile.clear(Origin.STATED, "tags", true, 20);
        assertThat(profile.value("tags_seen", OriginPrecedence.usual())).isEqualTo(3L);
    }

    @Test
    void collectsEntriesOfMaps() {
        profile.state(Origin.STATED, "age", 30L, 10);
        profile.state(Origin.STATED, "tags", Map.of("vip", "yes"), 10);
        profile.clear(Origin.STATED, "tier", false, 10);
        assertThat(profile.values(OriginPrecedence.usual()))
                .isEqualTo(Map.of("age", 30L, "tags", Map.of("vip", "yes")));
    }

    private void fill(int fields) {
        for (int field = 0; field < fields; field++) {
            assertThat(profile.state(Origin.STATED, "field" + field, 1L, field)).isTrue();
        }
    }

    @Test
    void keepsFieldsUpToCap() {
        fill(ProfileState.CAP);
        assertThat(profile.hasRefused()).isFalse();
    }

    @Test
    void refusesNewFieldBeyondCap() {
        fill(ProfileState.CAP);
        assertThat(profile.state(Origin.STATED, "one more", 1L, 1_000)).isFalse();
        assertThat(profile.value("one more", OriginPrecedence.usual())).isNull();
        assertThat(profile.hasRefused()).isTrue();
    }

    @Test
    void reportsRefusalOnce() {
        fill(ProfileState.CAP);
        assertThat(profile.state(Origin.STATED, "one more", 1L, 1_000)).isFalse();
        assertThat(profile.hasRefused()).isTrue();
        assertThat(profile.hasRefused()).isFalse();
    }

    @Test
    void fullProfileStillChangesExistingFields() {
        fill(ProfileState.CAP);
        assertThat(profile.state(Origin.STATED, "field0", 2L, 1_000)).isTrue();
        assertThat(profile.hasRefused()).isFalse();
    }

    @Test
    void halvingDropsEarliestStatements() {
        fill(4);
        assertThat(profile.state(Origin.STATED, "field0", 2L, 1_000)).isTrue();
        assertThat(profile.halve()).isTrue();
        assertThat(profile.values(OriginPrecedence.usual())).isEqualTo(Map.of("field0", 2L, "field3", 1L));
    }

    @Test
    void emptyProfileCannotBeHalved() {
        assertThat(profile.halve()).isFalse();
    }

    @Test
    void hiddenValueComesBackWhenItsOriginsClearingIsErased() {
        profile.state(Origin.BOUGHT, "age", 30L, 10);
        profile.clear(Origin.OBSERVED, "age", false, 20);
        assertThat(profile.value("age", OriginPrecedence.usual())).isNull();
        assertThat(profile.erase(Origin.OBSERVED, 20)).isTrue();
        assertThat(profile.value("age", OriginPrecedence.usual())).isEqualTo(30L);
        assertThat(profile.erase(Origin.OBSERVED, 20)).isFalse();
    }

    @Test
    void partsOfSeveralOriginsAreCollected() {
        profile.state(Origin.BOUGHT, "tags", Map.of("vip", "no", "news", "yes"), 20);
        profile.state(Origin.STATED, "tags", Map.of("vip", "yes"), 10);
        assertThat(profile.value("tags", OriginPrecedence.usual())).isEqualTo(Map.of("vip", "yes", "news", "yes"));
        assertThat(profile.value("tags/vip", OriginPrecedence.usual())).isEqualTo("yes");
    }

    @Test
    void capIsOverAllOrigins() {
        fill(ProfileState.CAP);
        assertThat(profile.state(Origin.BOUGHT, "field0", 1L, 1_000)).isFalse();
        assertThat(profile.hasRefused()).isTrue();
    }

    @Test
    void longTextOfAPartIsRefusedAndTheFormerStays() {
        profile.state(Origin.STATED, "tags", Map.of("vip", "x".repeat(ProfileState.LONGEST)), 10);
        assertThat(profile.hasRefused()).isFalse();
        profile.state(Origin.STATED, "tags", Map.of("vip", "y".repeat(ProfileState.LONGEST + 1)), 20);
        assertThat(profile.hasRefused()).isTrue();
        assertThat(profile.value("tags/vip", OriginPrecedence.usual())).isEqualTo("x".repeat(ProfileState.LONGEST));
    }
}
