// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.value.Bucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnTest {
    private final Column column = new Column();

    private void append(Object... values) {
        for (Object value : values) {
            column.append(value, 1);
        }
    }

    private static List<Object> values(Column column) {
        List<Object> values = new ArrayList<>();
        int size = column.runs() == 0 ? 0 : column.end(column.runs() - 1);
        for (int index = 0; index < size; index++) {
            values.add(column.value(index));
        }
        return values;
    }

    @Test
    void equalNeighboursAreOneRun() {
        append("a", "a", "b", null, null, "a");
        assertThat(column).hasToString("[a x 2, b x 1, none x 2, a x 1]");
    }

    @Test
    void equalValuesHaveOneCode() {
        append("a", "b", "a");
        assertThat(column.code(2)).isEqualTo(column.code(0));
        assertThat(column.codes()).isEqualTo(2);
    }

    @Test
    void lateValueSplitsRun() {
        append("a", "a", "a");
        column.insert(1, "b");
        assertThat(column).hasToString("[a x 1, b x 1, a x 2]");
    }

    @Test
    void lateValueJoinsRunBeforeIt() {
        append("a", "b");
        column.insert(1, "a");
        assertThat(column).hasToString("[a x 2, b x 1]");
    }

    @Test
    void runsThatMeetAfterRemovalAreOne() {
        append("a", "b", "a");
        column.remove(1, 2);
        assertThat(column).hasToString("[a x 2]");
    }

    @Test
    void isLikeListOfValues() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            Column tried = new Column();
            List<Object> expected = new ArrayList<>();
            for (int step = 0; step < 100; step++) {
                if (!expected.isEmpty() && random.nextInt(4) == 0) {
                    int from = random.nextInt(expected.size());
                    int to = Math.min(expected.size(), from + random.nextInt(3));
                    tried.remove(from, to);
                    expected.subList(from, to).clear();
                } else {
                    int index = random.nextBoolean() ? expected.size() : random.nextInt(expected.size() + 1);
                    Object value = random.nextInt(5) == 0 ? null : "v" + random.nextInt(3);
                    tried.insert(index, value);
                    expected.add(index, value);
                }
                assertThat(values(tried)).isEqualTo(expected);
            }
        }
    }

    @Test
    void forgetsValuesThatNoElementHas() {
        for (int value = 0; value < 1_000; value++) {
            column.append("v" + value, 1);
            if (value > 0) {
                column.remove(0, 1);
            }
        }
        assertThat(column.codes()).isLessThan(40);
        assertThat(values(column)).containsExactly("v999");
    }

    @Test
    void countsStayRightAfterLateValueAndAfterForgetting() {
        for (int value = 0; value < 200; value++) {
            column.append(value % 3 == 0 ? "often" : "v" + value, 1);
        }
        assertThat(column.tally(0, 200).count()).isEqualTo(67);
        column.remove(0, 150);
        column.insert(0, "often");
        for (int value = 0; value < 100; value++) {
            column.append("w" + value, 1);
        }
        assertThat(column.tally(0, 151).leader()).isEqualTo("often");
        assertThat(column.tally(0, 151).count())
                .isEqualTo((int) values(column).stream().filter("often"::equals).count());
    }

    @Test
    void mergesNeighboursAndLeavesOutElementsWithoutValue() {
        append(1L, null, 3L, null, null, 7L);
        Column merged = column.merged(new int[] {0, 0, 0, 1, 1, 2});
        assertThat(values(merged)).isEqualTo(Arrays.asList(Bucket.of(1L).with(Bucket.of(3L)), null, 7L));
    }

    @Test
    void refusesUnknownCode() {
        assertThatThrownBy(() -> column.appendRun(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
