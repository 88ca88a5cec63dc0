// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeJsonTest {
    private final ChangeJson json = new ChangeJson();

    @Test
    void writesDocumentedForm() {
        assertThat(json.write(SampleChanges.ENTERED))
                .isEqualTo(
                        "{\"change_id\":\"6f1c\",\"customer_id\":\"ann\",\"segment\":\"cart-abandoned\",\"kind\":\"ENTERED\","
                                + "\"effective_at\":\"2025-11-01T11:00:00.000Z\",\"detected_at\":\"2025-11-01T11:00:00.250Z\","
                                + "\"definition_version\":\"0123456789ab\",\"cause\":{\"kind\":\"DEADLINE\"},"
                                + "\"evidence\":[{\"expression\":\"cart.count()\",\"value\":2},"
                                + "{\"expression\":\"activity.within('1h').count()\",\"value\":0}],"
                                + "\"carry\":{\"items\":[\"p1\",\"p7\"],\"value\":89.9}}");
        assertThat(json.write(SampleChanges.EXITED))
                .isEqualTo(
                        "{\"change_id\":\"6f1d\",\"customer_id\":\"ann\",\"segment\":\"cart-abandoned\",\"kind\":\"EXITED\","
                                + "\"effective_at\":\"2025-11-01T11:00:00.000Z\",\"detected_at\":\"2025-11-01T11:00:00.000Z\","
                                + "\"entered_at\":\"2025-11-01T10:59:59.999Z\",\"definition_version\":\"0123456789ab\","
                                + "\"cause\":{\"kind\":\"EVENT\",\"event_id\":\"e9\",\"event_type\":\"product_removed\"},"
                                + "\"correction\":true}");
    }

    @Test
    void readsWrittenChanges() throws BadRecord {
        assertThat(json.read(json.write(SampleChanges.ENTERED))).isEqualTo(SampleChanges.ENTERED);
        assertThat(json.read(json.write(SampleChanges.EXITED))).isEqualTo(SampleChanges.EXITED);
    }

    /** Only instants within values come back as text, so writing again gives the same line. */
    @Test
    void writesReadChangesAgain() throws BadRecord {
        String line = json.write(SampleChanges.FULL);
        Change back = json.read(line);
        assertThat(json.write(back)).isEqualTo(line);
        assertThat(back.evidence().get(4).value()).isEqualTo("2025-11-01T11:00:00.000Z");
        assertThat(back.evidence().get(1))
                .isEqualTo(SampleChanges.FULL.evidence().get(1));
        assertThat(back.value()).isEqualTo(SampleChanges.FULL.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | not a JSON object",
                "[] | the line is not a JSON object",
                "{} | 'change_id' of the change is missing or not text",
                "{\"change_id\":\"a\",\"customer_id\":\"b\",\"segment\":\"c\",\"kind\":\"LEFT\"} | kind is 'LEFT'",
                "{\"change_id\":\"a\",\"customer_id\":\"b\",\"segment\":\"c\",\"kind\":\"EXITED\",\"effective_at\":\"noon\"} | effective_at is 'noon'; it must be a time"
            })
    void explainsInvalidLine(String line, String message) {
        BadRecord bad = catchThrowableOfType(BadRecord.class, () -> json.read(line));
        assertThat(bad).hasMessageStartingWith(message);
    }
}
