// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.replay.file.RefusedRow;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | 12",
                "12.5 | 12.5",
                "12,5 | 12.5",
                "12,50 € | 12.50",
                "€12.50 | 12.50",
                "$1,299.00 | 1299.00",
                "1.299,00 EUR | 1299.00",
                "CHF 1'299.50 | 1299.50",
                "1 299,50 zł | 1299.50",
                "1,234,567 | 1234567",
                "1.234.567 | 1234567",
                "-3,00 | -3.00",
                "-$3.00 | -3.00",
                "0.999 | 0.999",
                "0,999 | 0.999",
                "1234.567 | 1234.567",
                "12,- | 12",
                ".5 | 0.5",
                "1e3 | 1000",
                "R$ 10,00 | 10.00",
                "US$10 | 10",
            })
    void readsNumberThatOnlyOneReadingFits(String text, BigDecimal number) throws Exception {
        assertThat(PriceText.read(text, "price")).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.234", "1,234", "999,999", "$1.234"})
    void refusesWhatMayBeThousandTimesLarger(String text) {
        assertThatThrownBy(() -> PriceText.read(text, "price"))
                .isInstanceOf(RefusedRow.class)
                .hasMessageContaining("a thousand times larger or smaller");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a lot",
                "",
                ".",
                "1.2.3",
                "1,23,456",
                "--1",
                "-$-1",
                "12 13 14 15",
                "€",
                "NaN",
                "Infinity",
                "1..2",
                "12abcd",
                "0x10"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> PriceText.read(text, "price")).isInstanceOf(RefusedRow.class);
    }
}
