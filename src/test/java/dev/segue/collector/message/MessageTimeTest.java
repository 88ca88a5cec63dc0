// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.replay.file.RefusedRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTimeTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00.500Z");

    @ParameterizedTest
    @CsvSource({
        // The sender's clock is right: the time is as it was.
        "2026-03-01T11:59:00.123Z, 2026-03-01T12:00:00.500Z, 2026-03-01T11:59:00.123Z",
        // An hour and a millisecond slow, and two years fast.
        "2026-03-01T10:59:00.122Z, 2026-03-01T10:59:59.999Z, 2026-03-01T11:59:00.623Z",
        "2028-03-01T11:59:00.123Z, 2028-03-01T12:00:00.000Z, 2026-03-01T11:59:00.623Z",
        // Never set.
        "1970-01-01T00:00:01.000Z, 1970-01-01T00:01:01.000Z, 2026-03-01T11:59:00.500Z",
        // With offsets.
        "2026-03-01T13:59:00+02:00, 2026-03-01T07:00:00.500-05:00, 2026-03-01T11:59:00Z",
        // Never after the receipt: sent before it happened.
        "2026-03-01T12:00:00.001Z, 2026-03-01T12:00:00.000Z, 2026-03-01T12:00:00.500Z",
        "2026-03-01T12:00:00.000Z, 2026-03-01T12:00:00.000Z, 2026-03-01T12:00:00.500Z",
        "2026-03-01T11:59:59.999Z, 2026-03-01T12:00:00.000Z, 2026-03-01T12:00:00.499Z",
        // Milliseconds since the epoch.
        "1772366340123, 1772366400500, 2026-03-01T11:59:00.123Z",
    })
    void correctsByClockOfSender(String timestamp, String sentAt, String expected) throws Exception {
        assertThat(MessageTime.of(timestamp, sentAt, RECEIVED)).isEqualTo(Instant.parse(expected));
    }

    @Test
    void withoutSentAtOnlyReceiptLimits() throws Exception {
        assertThat(of("2026-03-01T11:00:00Z", null)).isEqualTo(Instant.parse("2026-03-01T11:00:00Z"));
        assertThat(of("2026-03-01T13:00:00Z", null)).isEqualTo(RECEIVED);
        assertThat(of("2026-03-01T11:00:00Z", "soon")).isEqualTo(Instant.parse("2026-03-01T11:00:00Z"));
    }

    @Test
    void withoutTimestampItIsReceipt() throws Exception {
        assertThat(of(null, "2020-01-01T00:00:00Z")).isEqualTo(RECEIVED);
    }

    @Test
    void refusesTextThatIsNoTime() {
        assertThatThrownBy(() -> of("yesterday", null)).isInstanceOf(RefusedRow.class);
        assertThatThrownBy(() -> of("2026-02-30T00:00:00Z", null)).isInstanceOf(RefusedRow.class);
    }

    private static Instant of(@Nullable String timestamp, @Nullable String sentAt) throws RefusedRow {
        return MessageTime.of(timestamp, sentAt, RECEIVED);
    }
}
