// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker (and its controller) inside this JVM, on 127.0.0.1 only, with every replication factor 1. Its
 * settings suit a small footprint and records with old timestamps: nothing is deleted by age.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

    private final KafkaRaftServer server;
    private final int port;
    private final DataDirectory directory;
    private final DirectoryLock lock;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, int port, DataDirectory directory, DirectoryLock lock) {
        this.server = server;
        this.port = port;
        this.directory = directory;
        this.lock = lock;
    }

    /** Starts on a free port, with a temporary directory that {@link #close} deletes. */
    public static EmbeddedBroker start() throws BrokerNotStarted {
        return start(0, null);
    }

    /** As {@link #start(int, Path, Map)}, without further settings. */
    public static EmbeddedBroker start(int port, @Nullable Path dataDirectory) throws BrokerNotStarted {
        return start(port, dataDirectory, Map.of());
    }

    /**
     * Starts a broker and returns when it accepts requests.
     *
     * @param port of 127.0.0.1; 0 chooses a free one
     * @param dataDirectory where topics are kept, also after {@link #close}; null for a temporary one that is deleted
     * @param furtherSettings of the broker, as Kafka spells them; they take precedence. The listener for clients is
     *     called BROKER
     * @throws BrokerNotStarted if the port is taken or the directory cannot be used
     */
    public static EmbeddedBroker start(int port, @Nullable Path dataDirectory, Map<String, String> furtherSettings)
            throws BrokerNotStarted {
        DataDirectory directory = DataDirectory.open(dataDirectory);
        DirectoryLock lock = DirectoryLock.acquire(directory.path());
        try {
            for (int attempt = 1; ; attempt++) {
                int chosen = port == 0 ? Ports.free() : Ports.require(port);
                try {
                    return new EmbeddedBroker(
                            launch(chosen, directory.path(), furtherSettings), chosen, directory, lock);
                } catch (Exception failure) {
                    // Between choosing a port and binding it, another process may have taken it.
                    boolean taken = hasCause(failure, BindException.class);
                    if (!taken || port != 0 || attempt == ATTEMPTS) {
                        throw notStarted(failure, taken, chosen, directory.path());
                    }
                }
            }
        } catch (BrokerNotStarted failure) {
            lock.close();
            directory.close();
            throw failure;
        }
    }

    /** The address for Kafka's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    /** The directory of the topics. */
    public Path dataDirectory() {
        return directory.path();
    }

    /** Stops the broker; deletes the directory if it is temporary. A second call has no effect. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                server.shutdown();
                server.awaitShutdown();
            } finally {
                lock.close();
                directory.close();
            }
        }
    }

    private static KafkaRaftServer launch(int port, Path directory, Map<String, String> furtherSettings)
            throws Exception {
        format(directory);
        Map<String, String> settings = BrokerSettings.of(port, Ports.free(), directory);
        settings.putAll(furtherSettings);
        KafkaConfig config = new KafkaConfig(settings, false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException failure) {
            try {
                server.shutdown();
            } catch (RuntimeException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
        return server;
    }

    private static void format(Path directory) throws Exception {
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(CLUSTER_ID)
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setPrintStream(quiet)
                    .run();
        }
    }

    private static BrokerNotStarted notStarted(Exception failure, boolean taken, int port, Path directory) {
        if (failure instanceof BrokerNotStarted known) {
            return known;
        }
        if (taken) {
            return Ports.taken(port, failure);
        }
        return new BrokerNotStarted("the broker did not start in " + directory + ": " + failure.getMessage(), failure);
    }

    private static boolean hasCause(@Nullable Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
