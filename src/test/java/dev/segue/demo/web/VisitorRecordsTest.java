// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Change.Kind;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisitorRecordsTest {
    private final VisitorRecords<Change> changes = new VisitorRecords<>(Change::customerId);

    @Test
    void returnsChangesOfNamedCustomersAfterNumber() {
        changes.add(List.of(change("ann", "a"), change("ben", "b"), change("eve", "c"), change("ann", "d")));
        assertThat(segments(0, "ann", "ben")).containsExactly("a", "b", "d");
        assertThat(segments(2, "ann", "ben")).containsExactly("d");
        assertThat(segments(4, "ann", "ben")).isEmpty();
        changes.add(List.of(change("ben", "e")));
        assertThat(segments(4, "ann", "ben")).containsExactly("e");
    }

    @Test
    void keepsChangesOfShownCustomerWhateverOthersDo() {
        changes.add(List.of(change("ann", "a"), change("ben", "b")));
        assertThat(segments(0, "ann")).containsExactly("a");
        changes.add(manyOf("eve", VisitorRecords.MOST_OF_ALL));
        assertThat(segments(0, "ann")).containsExactly("a");
        assertThat(segments(0, "ben")).isEmpty();
    }

    @Test
    void limitsChangesOfCustomer() {
        assertThat(segments(0, "ann")).isEmpty();
        changes.add(manyOf("ann", VisitorRecords.MOST_OF_A_VISITOR + 1));
        assertThat(segments(0, "ann")).hasSize(VisitorRecords.MOST_OF_A_VISITOR).doesNotContain("s0");
    }

    @Test
    void forgetsCustomerWhoWasNotShownForLongest() {
        changes.add(List.of(change("ann", "a"), change("ben", "b")));
        assertThat(segments(0, "ann", "ben")).hasSize(2);
        changes.add(manyOf("eve", VisitorRecords.MOST_OF_ALL));
        IntStream.range(0, VisitorRecords.MOST_VISITORS - 1)
                .forEach(number ->
                        assertThat(segments(0, "ben", "other" + number)).containsExactly("b"));
        assertThat(segments(0, "ann")).isEmpty();
    }

    private List<String> segments(long after, String... customers) {
        return changes.since(after, List.of(customers)).stream()
                .map(numbered -> numbered.value().segment())
                .toList();
    }

    private static List<Change> manyOf(String customer, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> change(customer, "s" + number))
                .toList();
    }

    private static Change change(String customer, String segment) {
        return Change.of(customer, segment, Kind.ENTERED, Instant.EPOCH).build();
    }
}
