// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.runtime.HttpListener;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A service outside, on a port of this machine: answers as it is told, and notes what arrives. */
public final class Receiver implements AutoCloseable {
    private final HttpListener listener;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile Function<Got, Reply> script;

    /**
     * A request.
     *
     * @param headers by their names in lower case
     */
    public record Got(String path, Map<String, String> headers, String body) {
        public String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    /**
     * How to answer.
     *
     * @param delay before the answer
     */
    public record Reply(int status, Duration delay, Map<String, String> headers) {
        public static Reply of(int status) {
            return new Reply(status, Duration.ZERO, Map.of());
        }

        public Reply after(Duration value) {
            return new Reply(status, value, headers);
        }

        public Reply with(String name, String value) {
            return new Reply(status, delay, Map.of(name, value));
        }
    }

    /** Answers 200 to everything. */
    public Receiver() {
        this(0, request -> Reply.of(200));
    }

    public Receiver(int port, Function<Got, Reply> script) {
        this.script = script;
        listener = new HttpListener(
                "receiver", new HttpListener.Limits(64, 1000, 48 * 1024, Duration.ofMinutes(1)), new Answers());
        listener.open(new HttpListener.Place("127.0.0.1", port, "host", "port"));
    }

    public URI url() {
        return URI.create(listener.address() + "/hooks");
    }

    public void answer(Function<Got, Reply> value) {
        script = value;
    }

    public void answer(int status) {
        answer(request -> Reply.of(status));
    }

    /** Everything that arrived, in order. */
    public List<Got> got() {
        return got;
    }

    public List<String> ids() {
        return got.stream().map(Got::id).toList();
    }

    @Override
    public void close() {
        listener.close();
    }

    private final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            Map<String, String> headers = new TreeMap<>();
            request.getHeaders().forEach(field -> headers.put(field.getLowerCaseName(), field.getValue()));
            Got one = new Got(
                    Request.getPathInContext(request),
                    headers,
                    Content.Source.asString(request, StandardCharsets.UTF_8));
            got.add(one);
            Reply reply = script.apply(one);
            try {
                Thread.sleep(reply.delay().toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            response.setStatus(reply.status());
            reply.headers().forEach(response.getHeaders()::put);
            response.write(true, null, callback);
            return true;
        }
    }
}
