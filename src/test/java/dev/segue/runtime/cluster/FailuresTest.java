// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.serde.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class FailuresTest {
    @Test
    void unreachableRegistryIsTransient() {
        Throwable away =
                new StreamsException("in process", new RegistryException.Unreachable("no answer from http://r"));
        assertThat(Failures.mayPass(away)).isTrue();
        assertThat(Failures.sentence(away)).isEqualTo("no answer from http://r");
    }

    @Test
    void refusalOfRegistryIsPermanent() {
        assertThat(Failures.mayPass(new StreamsException(new RegistryException.Refused("incompatible"))))
                .isFalse();
    }

    @Test
    void unreachableBrokerIsTransient() {
        assertThat(Failures.mayPass(new StreamsException(new TimeoutException("no leader"))))
                .isTrue();
    }

    @Test
    void namesUnreadableStateWithRemedy() {
        Throwable damaged =
                new StreamsException(new ProcessorStateException(new RocksDBException("checksum mismatch")));
        assertThat(Failures.mayPass(damaged)).isFalse();
        assertThat(Failures.whileRunning(damaged, Path.of("data/state")))
                .isEqualTo("the local state under processing.state_directory 'data/state' cannot be used (checksum"
                        + " mismatch). Delete that directory and start again: it is a copy and is restored from the"
                        + " cluster.");
    }

    @Test
    void fullDiskDoesNotAdviseDeletion() {
        Throwable full = new ProcessorStateException(new IOException("No space left on device"));
        assertThat(Failures.whileRunning(full, Path.of("data/state")))
                .endsWith("Free some space on that disk and start again.");
    }

    @Test
    void internalErrorStops() {
        Throwable mistake = new StreamsException("in process", new IllegalStateException("cannot be"));
        assertThat(Failures.mayPass(mistake)).isFalse();
        assertThat(Failures.sentence(mistake)).isEqualTo("IllegalStateException: cannot be");
    }

    @Test
    void explainsClockAheadOfBroker() {
        assertThat(Failures.sentence(new StreamsException(new InvalidTimestampException("out of range"))))
                .contains("clock is ahead of the broker's");
    }

    @Test
    void namesTopicOfMissingPermission() {
        assertThat(Failures.sentence(
                        new StreamsException(new TopicAuthorizationException("Not authorized: [changes]"))))
                .contains("changes");
    }
}
