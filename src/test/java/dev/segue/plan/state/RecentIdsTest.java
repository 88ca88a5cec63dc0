// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

    @Test
    void keepsLatest256Ids() {
        RecentIds ids = new RecentIds();
        ids.add("x", 256);
        for (int other = 1; other < 256; other++) {
            ids.add("other-" + other, 256);
        }
        assertThat(ids.contains("x", 256)).isTrue();
        ids.add("one-more", 256);
        assertThat(ids.contains("x", 256)).isFalse();
        assertThat(ids.contains("other-1", 256)).isTrue();
        assertThat(ids.hashes()).hasSize(256);
    }

    @Test
    void windowCanShrinkAndGrow() {
        RecentIds ids = new RecentIds();
        ids.add("a", 16);
        ids.add("b", 16);
        ids.add("c", 16);
        assertThat(ids.contains("a", 2)).isFalse();
        assertThat(ids.contains("b", 2)).isTrue();
        ids.add("d", 2);
        assertThat(ids.hashes()).hasSize(2);
        ids.add("e", 3);
        assertThat(ids.contains("c", 3)).isTrue();
    }

    @Test
    void addsUnknownIdsOfOthersAsLatest() {
        RecentIds ids = new RecentIds();
        List.of("a", "b").forEach(id -> ids.add(id, 3));
        RecentIds others = new RecentIds();
        List.of("b", "c").forEach(id -> others.add(id, 3));
        assertThat(ids.addAll(others, 3)).isFalse();
        assertThat(ids.contains("c", 1)).isTrue();
        others.add("d", 3);
        assertThat(ids.addAll(others, 3)).isTrue();
        assertThat(ids.contains("a", 3)).isFalse();
        assertThat(ids.contains("b", 3)).isTrue();
    }
}
