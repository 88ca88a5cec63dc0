// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileStateTest {
    private final ProfileState profile = new ProfileState();

    @Test
    void laterStatementReplacesEarlier() {
        profile.state("tier", "silver", 10);
        assertThat(profile.state("tier", "gold", 20)).isTrue();
        assertThat(profile.value("tier")).isEqualTo("gold");
    }

    @Test
    void lateEarlierStatementChangesNothing() {
        profile.state("tier", "gold", 20);
        assertThat(profile.state("tier", "silver", 19)).isFalse();
        assertThat(profile.value("tier")).isEqualTo("gold");
    }

    @Test
    void laterArrivalWinsAtEqualTimes() {
        profile.state("tier", "silver", 20);
        profile.state("tier", "gold", 20);
        assertThat(profile.value("tier")).isEqualTo("gold");
    }

    @Test
    void emptyTextClears() {
        profile.state("tier", "gold", 10);
        profile.state("tier", "", 20);
        assertThat(profile.value("tier")).isNull();
        assertThat(profile.values()).isEmpty();
    }

    @Test
    void clearedFieldIsUnset() {
        profile.state("age", 30L, 10);
        assertThat(profile.clear("age", false, 20)).isTrue();
        assertThat(profile.value("age")).isNull();
    }

    @Test
    void lateEarlierStatementDoesNotRestoreClearedField() {
        profile.clear("age", false, 20);
        assertThat(profile.state("age", 30L, 19)).isFalse();
        assertThat(profile.value("age")).isNull();
    }

    @Test
    void statementAppliesAfterClearingInSameEvent() {
        profile.clear("age", false, 20);
        profile.state("age", 30L, 20);
        assertThat(profile.value("age")).isEqualTo(30L);
    }

    @Test
    void lateClearingKeepsLaterStatement() {
        profile.state("age", 30L, 21);
        assertThat(profile.clear("age", false, 20)).isFalse();
        assertThat(profile.value("age")).isEqualTo(30L);
    }

    @Test
    void mapsAreUpdatedKeyByKey() {
        profile.state("tags", Map.of("vip", "yes"), 10);
        profile.state("tags", Map.of("news", "no"), 20);
        assertThat(profile.value("tags")).isEqualTo(Map.of("vip", "yes", "news", "no"));
    }

    @Test
    void acceptsLateNewKeyButNotOlderValue() {
        profile.state("tags", Map.of("vip", "yes"), 20);
        profile.state("tags", Map.of("vip", "no", "news", "no"), 10);
        assertThat(profile.value("tags")).isEqualTo(Map.of("vip", "yes", "news", "no"));
    }

    @Test
    void emptyTextRemovesItsKeyOnly() {
        profile.state("tags", Map.of("vip", "yes", "news", "no"), 10);
        profile.state("tags", Map.of("vip", ""), 20);
        assertThat(profile.value("tags")).isEqualTo(Map.of("news", "no"));
    }

    @Test
    void clearedMapLosesAllKeys() {
        profile.state("tags", Map.of("vip", "yes", "news", "no"), 10);
        assertThat(profile.clear("tags", true, 20)).isTrue();
        assertThat(profile.value("tags")).isNull();
    }

    @Test
    void mapClearedAndStatedHasStatedKeysOnly() {
        profile.state("tags", Map.of("vip", "yes", "news", "no"), 10);
        profile.clear("tags", true, 20);
        profile.state("tags", Map.of("vip", "again"), 20);
        assertThat(profile.value("tags")).isEqualTo(Map.of("vip", "again"));
    }

    @Test
    void lateClearingKeepsLaterKeys() {
        profile.state("tags", Map.of("news", "no"), 20);
        profile.state("tags", Map.of("vip", "yes"), 21);
        profile.clear("tags", true, 20);
        assertThat(profile.value("tags")).isEqualTo(Map.of("vip", "yes"));
    }

    @Test
    void lateEarlierKeyDoesNotRestoreClearedMap() {
        profile.clear("tags", true, 20);
        assertThat(profile.state("tags", Map.of("vip", "yes"), 19)).isFalse();
        assertThat(profile.value("tags")).isNull();
    }

    @Test
    void clearingMapKeepsFieldsWithSamePrefix() {
        profile.state("tags_seen", 3L, 10);
        profile.clear("tags", true, 20);
        assertThat(profile.value("tags_seen")).isEqualTo(3L);
    }

    @Test
    void collectsEntriesOfMaps() {
        profile.state("age", 30L, 10);
        profile.state("tags", Map.of("vip", "yes"), 10);
        profile.clear("tier", false, 10);
        assertThat(profile.values()).isEqualTo(Map.of("age", 30L, "tags", Map.of("vip", "yes")));
    }

    private void fill(int fields) {
        for (int field = 0; field < fields; field++) {
            assertThat(profile.state("field" + field, 1L, field)).isTrue();
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
        assertThat(profile.state("one more", 1L, 1_000)).isFalse();
        assertThat(profile.value("one more")).isNull();
        assertThat(profile.hasRefused()).isTrue();
    }

    @Test
    void reportsRefusalOnce() {
        fill(ProfileState.CAP);
        assertThat(profile.state("one more", 1L, 1_000)).isFalse();
        assertThat(profile.hasRefused()).isTrue();
        assertThat(profile.hasRefused()).isFalse();
    }

    @Test
    void fullProfileStillChangesExistingFields() {
        fill(ProfileState.CAP);
        assertThat(profile.state("field0", 2L, 1_000)).isTrue();
        assertThat(profile.hasRefused()).isFalse();
    }

    @Test
    void halvingDropsEarliestStatements() {
        fill(4);
        assertThat(profile.state("field0", 2L, 1_000)).isTrue();
        assertThat(profile.halve()).isTrue();
        assertThat(profile.values()).isEqualTo(Map.of("field0", 2L, "field3", 1L));
    }

    @Test
    void emptyProfileCannotBeHalved() {
        assertThat(profile.halve()).isFalse();
    }
}
