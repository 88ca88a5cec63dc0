// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventInstantTest {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Event event = SampleEvents.bare(SampleEvents.type("page_viewed"));

    @ParameterizedTest
    @ValueSource(longs = {1, 1_700_000_000_000L, 253370764799999L})
    void acceptsPossibleTimes(long millis) throws BadRecord {
        assertThat(EventInstant.of(millis)).isEqualTo(Instant.ofEpochMilli(millis));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 253370764800000L, Long.MAX_VALUE})
    void refusesImpossibleTimes(long millis) {
        BadRecord bad = catchThrowableOfType(BadRecord.class, () -> EventInstant.of(millis));
        assertThat(bad.reason()).isEqualTo(Reason.IMPOSSIBLE_TIME);
        assertThat(bad).hasMessageContaining("occurred_at is " + millis);
    }

    @Test
    void acceptsEventExactlyAtTolerance() {
        long record = event.time() - TOLERANCE.toMillis();
        assertThatCode(() -> EventInstant.requireNotAhead(event, record, TOLERANCE))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesEventOneMillisecondBeyondTolerance() {
        long record = event.time() - TOLERANCE.toMillis() - 1;
        BadRecord bad =
                catchThrowableOfType(BadRecord.class, () -> EventInstant.requireNotAhead(event, record, TOLERANCE));
        assertThat(bad.reason()).isEqualTo(Reason.IMPOSSIBLE_TIME);
        assertThat(bad)
                .hasMessage("occurred_at 2025-11-01T10:00:00Z is more than PT5M after the record's timestamp"
                        + " 2025-11-01T09:54:59.999Z");
    }

    @ParameterizedTest
    @CsvSource({"-1", "-9223372036854775808"})
    void refusesRecordWithoutTimestamp(long record) {
        BadRecord bad =
                catchThrowableOfType(BadRecord.class, () -> EventInstant.requireNotAhead(event, record, TOLERANCE));
        assertThat(bad.reason()).isEqualTo(Reason.IMPOSSIBLE_TIME);
    }
}
