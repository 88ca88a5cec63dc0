// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.audience.Histogram;
import dev.segue.event.BadRecord;
import dev.segue.plan.population.Cuts;
import dev.segue.serde.registry.MemorySchemaRegistry;
import dev.segue.serde.state.CorruptState;
import dev.segue.serde.state.CutsCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counts and cuts of populations, as bytes. */
class PopulationRecordsTest {
    private final PopulationReportCodec reports =
            new PopulationReportCodec(new MemorySchemaRegistry(), "segue-population");
    private final ControlCodec control = new ControlCodec(new MemorySchemaRegistry(), "segue-control");

    private static Cuts cuts(long seed) {
        Random random = new Random(seed);
        Histogram histogram = new Histogram();
        for (int number = 0; number < 1 + random.nextInt(3_000); number++) {
            histogram.add(random.nextInt(40_000) - 20_000, 1 + random.nextInt(5));
        }
        return histogram.cuts(random.nextLong(), 1, random.nextLong(4_000_000_000_000L));
    }

    @Test
    void reportsComeBack() throws Exception {
        for (PopulationReport report : new PopulationReport[] {
            new PopulationReport(Long.MIN_VALUE, 3, 1_700_000_000_000L, true, false, Map.of()),
            new PopulationReport(
                    42, 0, 1, false, true, Map.of(-150_000, 1L, 0, 0L, 1023, 5_000_000_000L, Integer.MAX_VALUE, 2L))
        }) {
            assertThat(reports.decode(reports.encode(report))).isEqualTo(report);
        }
    }

    @Test
    void refusesWhatIsNoReport() {
        assertThatThrownBy(() -> reports.decode(new byte[0])).isInstanceOf(BadRecord.class);
        byte[] whole = reports.encode(new PopulationReport(42, 0, 1, true, true, Map.of(1, 2L, 3, 4L)));
        for (int length = 5; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> reports.decode(part))
                    .as("%d bytes", length)
                    .isInstanceOf(BadRecord.class);
        }
        byte[] negative = reports.encode(new PopulationReport(42, 0, 1, true, true, Map.of(1, -2L)));
        assertThatThrownBy(() -> reports.decode(negative))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("a number below 0");
    }

    @Test
    void cutsComeBackFromTheLogAndFromTheStore() throws Exception {
        for (long seed = 1; seed <= 50; seed++) {
            Cuts cuts = cuts(seed);
            assertThat(control.decode(control.encode(new Control.Moved(cuts)))).isEqualTo(new Control.Moved(cuts));
            assertThat(CutsCodec.read(CutsCodec.write(cuts))).isEqualTo(cuts);
        }
    }

    @Test
    void cutsWithTooFewCustomersComeBack() throws Exception {
        Cuts none = new Cuts(-5, 1_700_000_000_000L, 2, null);
        assertThat(control.decode(control.encode(new Control.Moved(none)))).isEqualTo(new Control.Moved(none));
        assertThat(CutsCodec.read(CutsCodec.write(none))).isEqualTo(none);
    }

    @Test
    void cutsAreSmall() {
        assertThat(control.encode(new Control.Moved(cuts(1)))).hasSizeLessThan(2_500);
    }

    @Test
    void refusesCutsThatDoNotAscendOrAreNotAll() {
        int[] lowest = new int[Cuts.HIGHEST + 1];
        lowest[500] = -1;
        byte[] down = control.encode(new Control.Moved(new Cuts(1, 1, 9, lowest)));
        assertThatThrownBy(() -> control.decode(down))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("do not ascend at 500");
        byte[] few = control.encode(new Control.Moved(new Cuts(1, 1, 9, new int[] {1, 2})));
        assertThatThrownBy(() -> control.decode(few))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("2 percentiles instead of 1001");
        byte[] stored = CutsCodec.write(cuts(1));
        assertThatThrownBy(() -> CutsCodec.read(Arrays.copyOf(stored, stored.length - 1)))
                .isInstanceOf(CorruptState.class);
    }
}
