// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.state.CorruptState;
import dev.segue.serde.state.UnknownStateVersion;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.RocksDBException;

/** Turns failures into one sentence each. */
public final class Failures {
    private Failures() {}

    /** True if a retry may succeed without intervention: the registry or the broker is unreachable. */
    public static boolean mayPass(Throwable failure) {
        return find(failure, RegistryException.Unreachable.class).isPresent()
                || find(failure, RetriableException.class).isPresent();
    }

    /** Describes a failure during the start, while connecting to {@code bootstrapServers}. */
    public static CannotStart atStart(Throwable failure, String bootstrapServers, long patienceSeconds) {
        if (find(failure, TimeoutException.class).isPresent()) {
            return new CannotStart(
                    "No Kafka broker answered at " + bootstrapServers + " within " + patienceSeconds
                            + " s. Start it, or set its address under 'bootstrap_servers'. A broker that requires TLS"
                            + " or a password causes the same error until 'kafka' sets security.protocol.",
                    failure);
        }
        if (find(failure, ConfigException.class).isPresent()) {
            return new CannotStart(
                    "Kafka rejects the settings for " + bootstrapServers + ": "
                            + root(failure).getMessage() + ".",
                    failure);
        }
        if (failure.getMessage() != null && failure.getMessage().startsWith("Failed to create new")) {
            return new CannotStart("The settings under 'kafka' cannot be used: " + sentence(failure) + ".", failure);
        }
        return new CannotStart(
                "Kafka at " + bootstrapServers + " rejects the connection: " + sentence(failure), failure);
    }

    /**
     * Describes a failure of a running processor.
     *
     * @param stateDirectory named if its content may be the cause
     */
    public static String whileRunning(Throwable failure, Path stateDirectory) {
        Optional<UnknownStateVersion> foreign = find(failure, UnknownStateVersion.class);
        if (foreign.isPresent()) {
            return foreign.get().getMessage() + ". Nothing was overwritten. Run the version that stored them, or 'segue"
                    + " reset', after which every retained event is counted again.";
        }
        boolean unreadable = find(failure, ProcessorStateException.class).isPresent()
                || find(failure, RocksDBException.class).isPresent()
                || find(failure, CorruptState.class).isPresent();
        if (!unreadable) {
            return sentence(failure);
        }
        String reason = String.valueOf(root(failure).getMessage());
        return "the local state under processing.state_directory '" + stateDirectory + "' cannot be used (" + reason
                + "). "
                + (reason.contains("No space left")
                        ? "Free some space on that disk and start again."
                        : "Delete that directory and start again: it is a copy and is restored from the cluster.");
    }

    /** Describes the failure for the end user. */
    public static String sentence(Throwable failure) {
        Optional<RegistryException> registry = find(failure, RegistryException.class);
        if (registry.isPresent()) {
            return registry.get().getMessage();
        }
        if (find(failure, InvalidTimestampException.class).isPresent()) {
            return "the broker rejects a record's timestamp: this machine's clock is ahead of the broker's."
                    + " Set the clock.";
        }
        if (find(failure, SslAuthenticationException.class).isPresent()) {
            return "no trusted TLS connection (" + root(failure).getMessage() + "). Check ssl.truststore.location under"
                    + " 'kafka', the hosts in 'bootstrap_servers' and, if the broker requires a certificate,"
                    + " ssl.keystore.location.";
        }
        if (find(failure, AuthenticationException.class).isPresent()) {
            return "the broker does not accept the credentials under 'kafka' ("
                    + root(failure).getMessage() + ").";
        }
        Optional<AuthorizationException> forbidden = find(failure, AuthorizationException.class);
        if (forbidden.isPresent()) {
            return "a right is missing: " + forbidden.get().getMessage() + ". " + Rights.LIST;
        }
        Throwable root = root(failure);
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        // Kafka's clients nest exceptions; the innermost message is the reason, unless it is empty.
        return root.getMessage() == null && failure instanceof KafkaException ? failure : root;
    }

    private static <T> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
