// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochUnitTest {

    @ParameterizedTest
    @CsvSource({
        "946684800, seconds, 2000-01-01T00:00:00Z",
        "1780000000.25, seconds, 2026-05-28T20:26:40.250Z",
        "4102444799, seconds, 2099-12-31T23:59:59Z",
        "946684800000, milliseconds, 2000-01-01T00:00:00Z",
        "1780000000000000, microseconds, 2026-05-28T20:26:40Z",
        "1780000000000000001, nanoseconds, 2026-05-28T20:26:40Z"
    })
    void recognizesUnitOfNumber(BigDecimal number, String unit, String instant) {
        assertThat(EpochUnit.hint(number)).isEqualTo("; it looks like " + unit + ": " + instant);
    }

    @ParameterizedTest
    @CsvSource({"946684799", "4102444800", "0", "-1780000000", "1", "1e39", "1e400", "1780000000000000000000"})
    void recognizesNoUnitOtherwise(BigDecimal number) {
        assertThat(EpochUnit.hint(number)).isEmpty();
    }

    @Test
    void recognizesUnitOfNumericText() {
        assertThat(EpochUnit.hint(" 1780000000 ")).contains("seconds");
        assertThat(EpochUnit.hint("yesterday")).isEmpty();
        assertThat(EpochUnit.hint("1".repeat(100_000))).isEmpty();
    }
}
