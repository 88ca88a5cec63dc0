// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutGroupsTest {
    private static final CutGroups.Groups GROUPS = new CutGroups.Groups(List.of(), 0);

    private final CutGroups groups = new CutGroups();
    private final List<Timed> elements = new ArrayList<>();
    private final Object look = new Object();
    private int cuts;

    private void of(String name, List<Timed> stream, boolean narrowed, Object asking) {
        assertThat(groups.of(name, stream, narrowed, asking, () -> {
                    cuts++;
                    return GROUPS;
                }))
                .isSameAs(GROUPS);
    }

    @Test
    void splitsOncePerEvaluation() {
        of("by product", elements, true, look);
        of("by product", elements, true, look);
        assertThat(cuts).isEqualTo(1);
    }

    @Test
    void splitsNarrowedStreamAgainInNextEvaluation() {
        of("by product", elements, true, look);
        of("by product", elements, true, new Object());
        assertThat(cuts).isEqualTo(2);
    }

    @Test
    void keepsUnnarrowedStreamInNextEvaluation() {
        of("by product", elements, false, look);
        of("by product", elements, false, new Object());
        assertThat(cuts).isEqualTo(1);
    }

    @Test
    void splitsChangedElementsAgain() {
        of("by product", elements, false, look);
        of("by product", new ArrayList<>(), false, look);
        assertThat(cuts).isEqualTo(2);
    }

    @Test
    void splitsSeparatelyByKey() {
        of("by product", elements, false, look);
        of("by category", elements, false, look);
        assertThat(cuts).isEqualTo(2);
    }
}
