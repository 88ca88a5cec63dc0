// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final RecordType DEVICE = new RecordType(
            "device",
            List.of(new Field("os", FieldType.Scalar.STRING, ""), new Field("screens", FieldType.Scalar.INTEGER, "")));

    @Test
    void readsDecimalAsDouble() {
        assertThat(Values.readable(new BigDecimal("40.0900"))).isEqualTo(40.09);
    }

    @Test
    void readsOtherValuesUnchanged() {
        assertThat(Values.readable(7L)).isEqualTo(7L);
        assertThat(Values.readable("7")).isEqualTo("7");
    }

    @Test
    void readsEachValueOfList() {
        assertThat(Values.allReadable(List.of(new BigDecimal("1.5"), "x"))).containsExactly(1.5, "x");
    }

    @Test
    void storesRecordAsMapOfSetFields() {
        assertThat(Values.plain(new Fields(DEVICE, new Object[] {"ios", null}))).isEqualTo(Map.of("os", "ios"));
    }

    @Test
    void storesRecordsInsideLists() {
        Fields device = new Fields(DEVICE, new Object[] {null, 2L});
        assertThat(Values.plain(List.of(device, device)))
                .isEqualTo(List.of(Map.of("screens", 2L), Map.of("screens", 2L)));
    }

    @Test
    void comparesInNaturalOrder() {
        assertThat(Values.compare("a", "b")).isNegative();
        assertThat(Values.compare(2L, 2L)).isZero();
        assertThat(Values.compare(10.0, 9.0)).isPositive();
    }

    @Test
    void treatsBothZerosAsOneValue() {
        assertThat(Values.unsigned(-0.0)).isEqualTo(Values.unsigned(0.0));
    }

    @Test
    void keepsSignOfOtherNumbers() {
        assertThat(Values.unsigned(-1.5)).isEqualTo(-1.5);
        assertThat(Values.unsigned(-1L)).isEqualTo(-1L);
    }
}
