// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.config.CollectorSettings;
import dev.segue.runtime.HttpListener;
import dev.segue.runtime.cluster.CannotStart;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;

/** The collector's HTTP port, with limits for connections, headers and times. */
final class CollectorServer implements AutoCloseable {
    private static final int THREADS = 8;

    /** The request line and all headers, with room for a pixel's query, in bytes. */
    private static final int LONGEST_HEAD = 48 * 1024;

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final HttpListener listener;

    private CollectorServer(HttpListener listener) {
        this.listener = listener;
    }

    /**
     * Opens the port.
     *
     * @param patience how long a connection may be open without a request
     * @param handler makes the handler
     * @param nanos a clock in nanoseconds
     * @throws CannotStart if the port cannot be opened
     */
    static CollectorServer open(
            CollectorSettings settings,
            Duration patience,
            Function<ConnectionWatch, Handler> handler,
            LongSupplier nanos) {
        ConnectionWatch watch = new ConnectionWatch(nanos, patience);
        HttpListener listener = new HttpListener(
                "segue-collector",
                new HttpListener.Limits(THREADS, settings.connections(), LONGEST_HEAD, patience),
                handler.apply(watch));
        listener.watch(watch);
        listener.open(
                new HttpListener.Place(settings.host(), settings.port(), "'collector.host'", "under 'collector.port'"));
        listener.repeat(SWEEP, watch::sweep);
        return new CollectorServer(listener);
    }

    /** The address of the open port. */
    URI address() {
        return listener.address();
    }

    @Override
    public void close() {
        listener.close();
    }
}
