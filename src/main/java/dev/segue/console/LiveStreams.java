// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Responses that go on while a page is open. What happens meanwhile is sent together, a few times a second. */
final class LiveStreams implements AutoCloseable {
    /** How often {@link #flush} is to be called. */
    static final Duration PAUSE = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    private static final int MOST = 200;
    /** Flushes without anything to say, after which a comment shows whether the page is still there. */
    private static final int QUIET = 40;

    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    /** One response. */
    private static final class Stream {
        private final Response response;
        private final Callback callback;
        private final LiveSource source;
        private boolean isWriting;
        private int quiet;

        Stream(Response response, Callback callback, LiveSource source) {
            this.response = response;
            this.callback = callback;
            this.source = source;
        }
    }

    /** Returns whether no further page can be served. */
    boolean areTooMany() {
        return open.size() >= MOST;
    }

    /** Begins a response; the callback is called when the page has been left. */
    void add(Response response, Callback callback, LiveSource source) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        Stream stream = new Stream(response, callback, source);
        open.add(stream);
        write(stream, ": open\n\n");
    }

    /** Sends what has happened. A page that does not take what was sent before waits, and its source drops what is too much. */
    void flush() {
        for (Stream stream : open) {
            try {
                synchronized (stream) {
                    if (stream.isWriting) {
                        continue;
                    }
                    String text = stream.source.poll();
                    stream.quiet = text.isEmpty() ? stream.quiet + 1 : 0;
                    if (!text.isEmpty() || stream.quiet >= QUIET) {
                        stream.quiet = 0;
                        write(stream, text.isEmpty() ? ": still here\n\n" : text);
                    }
                }
            } catch (RuntimeException bug) {
                LOG.error("a live list ended", bug);
                end(stream, bug);
            }
        }
    }

    private void write(Stream stream, String text) {
        stream.isWriting = true;
        stream.response.write(
                false,
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                Callback.from(
                        () -> {
                            synchronized (stream) {
                                stream.isWriting = false;
                            }
                        },
                        gone -> end(stream, gone)));
    }

    private void end(Stream stream, Throwable why) {
        if (open.remove(stream)) {
            stream.source.close();
            stream.callback.failed(why);
        }
    }

    @Override
    public void close() {
        open.forEach(stream -> {
            if (open.remove(stream)) {
                stream.source.close();
                stream.callback.succeeded();
            }
        });
    }
}
