// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeJsonTest {
    @Test
    void writesTheFormOfTheLanguagesDescription() {
        assertThat(ChangeJson.write(SampleChanges.ENTERED))
                .isEqualTo(
                        "{\"change_id\":\"6f1c\",\"customer_id\":\"ann\",\"segment\":\"cart-abandoned\",\"kind\":\"ENTERED\","
                                + "\"effective_at\":\"2025-11-01T11:00:00.000Z\",\"detected_at\":\"2025-11-01T11:00:00.250Z\","
                                + "\"definition_version\":\"0123456789ab\",\"cause\":{\"kind\":\"DEADLINE\"},"
                                + "\"evidence\":[{\"expression\":\"cart.count()\",\"value\":2},"
                                + "{\"expression\":\"activity.within('1h').count()\",\"value\":0}],"
                                + "\"carry\":{\"items\":[\"p1\",\"p7\"],\"value\":89.9}}");
        assertThat(ChangeJson.write(SampleChanges.EXITED))
                .isEqualTo(
                        "{\"change_id\":\"6f1d\",\"customer_id\":\"ann\",\"segment\":\"cart-abandoned\",\"kind\":\"EXITED\","
                                + "\"effective_at\":\"2025-11-01T11:00:00.000Z\",\"detected_at\":\"2025-11-01T11:00:00.000Z\","
                                + "\"entered_at\":\"2025-11-01T10:59:59.999Z\",\"definition_version\":\"0123456789ab\","
                                + "\"cause\":{\"kind\":\"EVENT\",\"event_id\":\"e9\",\"event_type\":\"product_removed\"},"
                                + "\"correction\":true}");
    }

    @Test
    void writesEveryKindOfValue() {
        assertThat(ChangeJson.write(SampleChanges.FULL))
                .isEqualTo(
                        "{\"change_id\":\"6f1e\",\"customer_id\":\"björn\",\"segment\":\"preferred-hour\",\"kind\":\"UPDATED\","
                                + "\"value\":{\"value\":17,\"share\":0.25},\"group\":\"habits\","
                                + "\"effective_at\":\"2025-11-01T11:00:00.000Z\",\"detected_at\":\"2025-11-01T11:00:00.000Z\","
                                + "\"entered_at\":\"2025-11-01T11:00:00.000Z\",\"definition_version\":\"ffffffffffff\","
                                + "\"cause\":{\"kind\":\"DEFINITION\"},"
                                + "\"evidence\":[{\"expression\":\"a\",\"value\":true,\"at_least\":true},"
                                + "{\"expression\":\"b\",\"value\":-9223372036854775808,\"approximate\":true},"
                                + "{\"expression\":\"c\",\"value\":-0.5,\"at_least\":true,\"approximate\":true},"
                                + "{\"expression\":\"d\",\"value\":\"\"},{\"expression\":\"e\",\"value\":\"2025-11-01T11:00:00.000Z\"},"
                                + "{\"expression\":\"f\",\"value\":[[],[1,\"x\",false]]},{\"expression\":\"g\",\"value\":{}}],"
                                + "\"carry\":{\"z\":{\"y\":[\"2025-11-01T11:00:00.000Z\",2.0],\"a\":\"b\"},\"b\":1,\"a\":true},\"correction\":true,"
                                + "\"backfilled\":true,\"merged_into\":\"eve\"}");
    }
}
