package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.serde.RegistryException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void aRegistryThatIsAwayMayPass() {
        Throwable away =
                new StreamsException("in process", new RegistryException.Unreachable("no answer from http://r"));
        assertThat(Failures.mayPass(away)).isTrue();
        assertThat(Failures.sentence(away)).isEqualTo("no answer from http://r");
    }

    @Test
    void aRegistryThatRefusesWillRefuseAgain() {
        assertThat(Failures.mayPass(new StreamsException(new RegistryException.Refused("incompatible"))))
                .isFalse();
    }

    @Test
    void aBrokerThatIsAwayMayPass() {
        assertThat(Failures.mayPass(new StreamsException(new TimeoutException("no leader"))))
                .isTrue();
    }

    @Test
    void aMistakeOfOursStops() {
        Throwable mistake = new StreamsException("in process", new IllegalStateException("cannot be"));
        assertThat(Failures.mayPass(mistake)).isFalse();
        assertThat(Failures.sentence(mistake)).isEqualTo("IllegalStateException: cannot be");
    }

    @Test
    void aClockAheadOfTheBrokersIsCalledThat() {
        assertThat(Failures.sentence(new StreamsException(new InvalidTimestampException("out of range"))))
                .contains("clock is ahead of the broker's");
    }

    @Test
    void aMissingPermissionNamesItsTopic() {
        assertThat(Failures.sentence(
                        new StreamsException(new TopicAuthorizationException("Not authorized: [changes]"))))
                .contains("changes");
    }
}
