// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 41: an edit concerns every customer and a long past, and must not delay live traffic. Prints how long it does. */
@Tag("faults")
class FillLatencyIT {
    private static final int EVENTS = Integer.getInteger("segue.fill.events", 600_000);
    private static final int CUSTOMERS = Integer.getInteger("segue.fill.customers", 200_000);
    private static final int FILLED = Integer.getInteger("segue.fill.filled", EVENTS / 10);
    private static final int LIVE = 1_000;

    @TempDir
    Path directory;

    @Test
    void liveEventsWhileOneDefinitionIsFilled() throws Exception {
        List<EditsRun.Edit> edits = new EditsRun(directory, EVENTS, FILLED, LIVE).fill();
        edits.forEach(System.out::println);
        assertThat(edits)
                .singleElement()
                .satisfies(edit -> assertThat(edit.pastCpuNanos())
                        .as("a thread of its own has read the past")
                        .isPositive());
    }

    @Test
    void liveEventsWhileAThresholdChanges() throws Exception {
        List<EditsRun.Edit> edits = new EditsRun(directory, 2 * CUSTOMERS, CUSTOMERS, LIVE).thresholds();
        edits.forEach(System.out::println);
        assertThat(edits)
                .hasSize(2)
                .allSatisfy(edit ->
                        assertThat(edit.pastCpuNanos()).as("nothing was filled").isZero());
    }
}
