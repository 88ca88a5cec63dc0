// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.runtime.cluster.CannotStart;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
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
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP port. It is set up before it is opened. */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    private final String name;
    private final Server server;
    private final ServerConnector connector;
    private final HttpConfiguration protocol = new HttpConfiguration();

    /**
     * What clients may use.
     *
     * @param threads at least 4
     * @param connections the most at a time
     * @param head the request line and all headers together, in bytes
     * @param idle how long a connection may be silent
     */
    public record Limits(int threads, int connections, int head, Duration idle) {}

    /**
     * Where to listen.
     *
     * @param port 0 for a free one
     * @param hostSetting names the setting of the host in messages, such as {@code 'http.host'}
     * @param portSetting says how to choose another port, such as {@code under 'http.port'}
     */
    public record Place(String host, int port, String hostSetting, String portSetting) {}

    /** @param name of the threads, and in the log */
    public HttpListener(String name, Limits limits, Handler handler) {
        this.name = name;
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads(), 1);
        threads.setName(name);
        threads.setDaemon(true);
        server = new Server(threads, new ScheduledExecutorScheduler(name + "-timer", true), null);
        protocol.setSendServerVersion(false);
        protocol.setSendDateHeader(false);
        protocol.setRequestHeaderSize(limits.head());
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(protocol));
        connector.setIdleTimeout(limits.idle().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        server.setErrorHandler(new ShortErrors());
        server.setHandler(handler);
        server.setStopTimeout(0);
    }

    /** How requests are read and responses written; to be changed before the port is opened. */
    public HttpConfiguration protocol() {
        return protocol;
    }

    /** Reports connections; to be called before the port is opened. */
    public void watch(Connection.Listener connections) {
        connector.addBean(connections);
    }

    /** Runs tasks while the port is open. */
    public Scheduler scheduler() {
        return connector.getScheduler();
    }

    /**
     * Opens the port.
     *
     * @throws CannotStart if that is not possible
     */
    public void open(Place place) {
        connector.setHost(place.host());
        connector.setPort(place.port());
        try {
            server.start();
        } catch (Exception failure) {
            close();
            throw new CannotStart(refusal(place, failure), failure);
        }
    }

    /**
     * Tries whether a port could be opened, so that nothing is started in vain.
     *
     * @throws CannotStart if not
     */
    public static void requireFree(Place place) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(place.host(), place.port()));
        } catch (IOException taken) {
            throw new CannotStart(refusal(place, taken), taken);
        }
    }

    private static String refusal(Place place, Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (failure instanceof UnresolvedAddressException || cause instanceof UnresolvedAddressException) {
            return "The address '" + place.host() + "' of " + place.hostSetting() + " does not exist.";
        }
        boolean taken = failure instanceof IOException || cause instanceof BindException;
        return "Cannot listen on " + place.host() + ":" + place.port() + " (" + cause.getMessage() + ")."
                + (taken ? " Set another port " + place.portSetting() + "; 0 takes a free one." : "");
    }

    /** Runs a task again and again while the port is open. */
    public void repeat(Duration pause, Runnable task) {
        if (connector.isRunning()) {
            var unused = scheduler()
                    .schedule(
                            () -> {
                                task.run();
                                repeat(pause, task);
                            },
                            pause.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** The address of the open port, without a slash at the end. */
    public URI address() {
        String host = connector.getHost();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.warn("the port of {} did not close: {}", name, failure.getMessage());
        }
    }

    /** For requests that are not HTTP: Jetty's own error page would repeat them. */
    private static final class ShortErrors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String text = response.getStatus() + " " + HttpStatus.getMessage(response.getStatus()) + "\n";
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.getHeaders().put("X-Content-Type-Options", "nosniff");
            response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }
    }
}
