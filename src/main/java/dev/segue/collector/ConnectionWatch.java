// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections on which no request is completed for a while, however many bytes arrive: an idle timeout alone would
 * let a client that sends one byte at a time stay for ever.
 */
final class ConnectionWatch implements Connection.Listener {
    private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final long patience;

    /**
     * @param nanos a clock in nanoseconds
     * @param patience from opening, or from the last response, to the next request with its headers
     */
    ConnectionWatch(LongSupplier nanos, Duration patience) {
        this.nanos = nanos;
        this.patience = patience.toNanos();
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.put(connection, nanos.getAsLong());
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    /** A request with all its headers is there; it has time limits of its own. */
    void busy(Connection connection) {
        waiting.remove(connection);
    }

    /** The response is complete. */
    void free(Connection connection) {
        if (connection.getEndPoint().isOpen()) {
            waiting.put(connection, nanos.getAsLong());
        }
    }

    /** Closes what has waited too long. */
    void sweep() {
        long now = nanos.getAsLong();
        waiting.forEach((connection, since) -> {
            if (now - since > patience && waiting.remove(connection, since)) {
                connection.close();
            }
        });
    }
}
