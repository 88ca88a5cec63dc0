// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.config.HttpSettings;
import dev.segue.runtime.cluster.CannotStart;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves GET on a few fixed paths. Any other request gets a short 4xx response without internal details. One request
 * per connection; no connection lives longer than {@link #LONGEST_CONNECTION}, however slowly its client reads or
 * writes; request bodies are never read.
 */
final class HttpPort implements AutoCloseable {
    static final Duration LONGEST_CONNECTION = Duration.ofSeconds(10);
    static final int MOST_CONNECTIONS = 64;

    /** Limit for the request line and all headers together, in bytes. */
    static final int LONGEST_HEAD = 8 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);
    private static final int THREADS = 6;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpListener listener;

    /**
     * A response.
     *
     * @param status HTTP status
     * @param type value of {@code Content-Type}
     */
    record Answer(int status, String type, String body) {}

    private HttpPort(HttpListener listener) {
        this.listener = listener;
    }

    /**
     * Opens the port.
     *
     * @param routes the response for each path
     * @throws CannotStart if the port cannot be opened
     */
    static HttpPort open(HttpSettings settings, Map<String, Supplier<Answer>> routes) {
        return open(settings, routes, LONGEST_CONNECTION);
    }

    static HttpPort open(HttpSettings settings, Map<String, Supplier<Answer>> routes, Duration longestConnection) {
        HttpListener listener = new HttpListener(
                "segue-http",
                new HttpListener.Limits(THREADS, MOST_CONNECTIONS, LONGEST_HEAD, longestConnection),
                new Routes(Map.copyOf(routes)));
        listener.protocol().setPersistentConnectionsEnabled(false);
        // A body is not read, not even to keep the connection.
        listener.protocol().setMaxUnconsumedRequestContentReads(0);
        listener.watch(closerAfter(listener.scheduler(), longestConnection));
        listener.open(new HttpListener.Place(settings.host(), settings.port(), "'http.host'", "under 'http.port'"));
        return new HttpPort(listener);
    }

    /** An idle timeout alone would let a client that sends one byte at a time stay for ever. */
    private static Connection.Listener closerAfter(Scheduler scheduler, Duration longest) {
        return new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                var unused = scheduler.schedule(connection::close, longest.toMillis(), TimeUnit.MILLISECONDS);
            }
        };
    }

    /** The address of the open port. */
    URI address() {
        return listener.address();
    }

    @Override
    public void close() {
        listener.close();
    }

    private static void write(Response response, Callback callback, Answer answer) {
        ByteBuffer body = ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8));
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, body, callback);
    }

    private static Answer refusal(int status) {
        String reason = HttpStatus.getMessage(status);
        return new Answer(status, TEXT, status + " " + reason + "\n");
    }

    /** Responds to the known paths. */
    private static final class Routes extends Handler.Abstract.NonBlocking {
        private final Map<String, Supplier<Answer>> routes;

        Routes(Map<String, Supplier<Answer>> routes) {
            this.routes = routes;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Supplier<Answer> route = routes.get(Request.getPathInContext(request));
            if (route == null) {
                write(response, callback, refusal(HttpStatus.NOT_FOUND_404));
            } else if (!request.getMethod().equals("GET")) {
                response.getHeaders().put(HttpHeader.ALLOW, "GET");
                write(response, callback, refusal(HttpStatus.METHOD_NOT_ALLOWED_405));
            } else if (hasBody(request)) {
                write(response, callback, refusal(HttpStatus.PAYLOAD_TOO_LARGE_413));
            } else {
                write(response, callback, answer(route));
            }
            return true;
        }

        private static Answer answer(Supplier<Answer> route) {
            try {
                return route.get();
            } catch (RuntimeException failure) {
                LOG.error("health or metrics could not be computed", failure);
                return refusal(HttpStatus.INTERNAL_SERVER_ERROR_500);
            }
        }
    }

    private static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }
}
