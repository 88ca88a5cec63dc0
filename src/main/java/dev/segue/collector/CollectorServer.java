// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.config.CollectorSettings;
import dev.segue.runtime.cluster.CannotStart;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The collector's HTTP port, with limits for connections, headers and times. */
final class CollectorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorServer.class);
    private static final int THREADS = 8;

    /** The request line and all headers, with room for a pixel's query, in bytes. */
    private static final int LONGEST_HEAD = 48 * 1024;

    private static final long SWEEP_MILLIS = 1000;

    private final Server server;
    private final ServerConnector connector;

    private CollectorServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
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
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("segue-collector");
        threads.setDaemon(true);
        Server server = new Server(threads, new ScheduledExecutorScheduler("segue-collector-timer", true), null);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(patience.toMillis());
        ConnectionWatch watch = new ConnectionWatch(nanos, patience);
        connector.addBean(watch);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.connections(), connector));
        server.setErrorHandler(new ShortErrors());
        server.setHandler(handler.apply(watch));
        server.setStopTimeout(0);
        start(server, settings);
        sweep(connector, watch);
        return new CollectorServer(server, connector);
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setRequestHeaderSize(LONGEST_HEAD);
        return configuration;
    }

    private static void sweep(ServerConnector connector, ConnectionWatch watch) {
        if (connector.isRunning()) {
            var unused = connector
                    .getScheduler()
                    .schedule(
                            () -> {
                                watch.sweep();
                                sweep(connector, watch);
                            },
                            SWEEP_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private static void start(Server server, CollectorSettings settings) {
        try {
            server.start();
        } catch (Exception failure) {
            stop(server);
            String where = settings.host() + ":" + settings.port();
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            if (cause instanceof UnresolvedAddressException || failure instanceof UnresolvedAddressException) {
                throw new CannotStart(
                        "The address '" + settings.host() + "' of 'collector.host' does not exist.", failure);
            }
            boolean taken = failure instanceof IOException || cause instanceof BindException;
            throw new CannotStart(
                    "Cannot listen on " + where + " (" + cause.getMessage() + ")."
                            + (taken ? " Set another port under 'collector.port'; 0 takes a free one." : ""),
                    failure);
        }
    }

    /** The address of the open port. */
    URI address() {
        String host = connector.getHost();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + connector.getLocalPort());
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.warn("the collector's port did not close: {}", failure.getMessage());
        }
    }

    /** For requests that are not HTTP: Jetty's own error page would repeat them. */
    private static final class ShortErrors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String text = response.getStatus() + " " + HttpStatus.getMessage(response.getStatus()) + "\n";
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }
    }
}
