// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Settings;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The metrics in docs/operations.md are the actual ones. */
class OperationsDocTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(segue_[a-z_]+)` \\|");

    /** Created with the first change or failure of a definition. */
    private static final Set<String> LATER = Set.of("segue_changes_total", "segue_definition_failures_total");

    @Test
    void tableListsExactlyTheExistingMetrics() throws Exception {
        TreeSet<String> documented = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs", "operations.md")));
        while (rows.find()) {
            // Those of the collector and of delivery are checked beside them.
            if (!rows.group(1).startsWith("segue_collector_") && !rows.group(1).startsWith("segue_delivery_")) {
                documented.add(rows.group(1));
            }
        }
        TreeSet<String> there = new TreeSet<>(LATER);
        try (Monitoring monitoring = new Monitoring(Settings.defaults());
                Application application =
                        Application.load(Settings.defaults(), () -> Instant.EPOCH, monitoring.meters())) {
            NamingConvention naming = monitoring.meters().config().namingConvention();
            for (Meter meter : monitoring.meters().getMeters()) {
                Meter.Id id = meter.getId();
                String name = naming.name(id.getName(), id.getType(), id.getBaseUnit());
                if (name.startsWith("segue_")) {
                    there.add(id.getType() == Meter.Type.COUNTER ? name.replaceFirst("(_total)?$", "_total") : name);
                }
            }
            assertThat(application.segments()).isNotEmpty();
        }
        assertThat(documented).isEqualTo(there);
    }
}
