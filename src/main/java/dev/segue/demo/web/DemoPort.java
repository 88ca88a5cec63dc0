// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.HttpListener;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.SchemaCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo's HTTP port, on 127.0.0.1. It answers only requests that name this machine as their host, and changes nothing
 * for a web page of another origin: any page that is open in a browser here could otherwise use it.
 */
public final class DemoPort implements AutoCloseable {
    /** In bytes; larger bodies are rejected with 413. */
    static final int LONGEST_BODY = 1 << 20;

    static final String LOOPBACK = "127.0.0.1";
    private static final Logger LOG = LoggerFactory.getLogger(DemoPort.class);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int MOST_CONNECTIONS = 64;
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final int THREADS = 8;

    private final HttpListener listener;

    private DemoPort(HttpListener listener) {
        this.listener = listener;
    }

    /**
     * Serves the schemas of a directory.
     *
     * @param port 0 for a free one
     * @throws CannotStart if the port is in use
     */
    public static DemoPort forRegistry(int port, DirectorySchemaRegistry registry) {
        return open(port, List.of(new RegistryPages(new SchemaCatalog(registry))));
    }

    /**
     * Serves the schemas of a directory and the shop page.
     *
     * @param port 0 for a free one
     * @param tracker null until the collector runs; the page is not available before
     * @param changes those that the page shows
     * @param decisions those of triggers, likewise
     * @throws CannotStart if the port is in use
     */
    public static DemoPort forDemo(
            int port,
            DirectorySchemaRegistry registry,
            Supplier<@Nullable ShopTracking> tracker,
            VisitorRecords<Change> changes,
            VisitorRecords<TriggerDecision> decisions) {
        return open(
                port,
                List.of(new RegistryPages(new SchemaCatalog(registry)), new ShopPages(tracker, changes, decisions)));
    }

    /**
     * Opens the port.
     *
     * @param port 0 for a free one
     * @throws CannotStart if the port is in use
     */
    static DemoPort open(int port, List<DemoPages> pages) {
        HttpListener listener = new HttpListener(
                "demo-http",
                new HttpListener.Limits(THREADS, MOST_CONNECTIONS, LONGEST_HEAD, IDLE),
                new Pages(List.copyOf(pages)));
        // Subjects may contain any character, slashes too. Paths are split before they are decoded, and never name
        // files.
        listener.protocol().setUriCompliance(UriCompliance.UNSAFE);
        listener.open(new HttpListener.Place(LOOPBACK, port, "the demo", "with --http-port"));
        return new DemoPort(listener);
    }

    /** Its address, without a slash at the end. */
    public URI address() {
        return listener.address();
    }

    @Override
    public void close() {
        listener.close();
    }

    /** Passes a request to the pages, in turn. */
    private static final class Pages extends Handler.Abstract {
        private final List<DemoPages> pages;

        Pages(List<DemoPages> pages) {
            this.pages = pages;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            DemoReply reply = reply(request);
            response.setStatus(reply.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().remaining());
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.getHeaders().put("X-Content-Type-Options", "nosniff");
            reply.headers().forEach(response.getHeaders()::put);
            response.write(true, reply.body().duplicate(), callback);
            return true;
        }

        private DemoReply reply(Request request) throws IOException {
            if (!isForThisMachine(request)) {
                return refusal(HttpStatus.MISDIRECTED_REQUEST_421);
            }
            boolean reads =
                    request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            if (!reads && !isOfThisOrigin(request)) {
                return refusal(HttpStatus.FORBIDDEN_403);
            }
            try (InputStream in = Content.Source.asInputStream(request)) {
                byte[] body = in.readNBytes(LONGEST_BODY + 1);
                if (body.length > LONGEST_BODY) {
                    return refusal(HttpStatus.PAYLOAD_TOO_LARGE_413);
                }
                return reply(new DemoRequest(request.getMethod(), path(request), query(request), body));
            } catch (IllegalArgumentException malformed) {
                return refusal(HttpStatus.BAD_REQUEST_400);
            }
        }

        private DemoReply reply(DemoRequest request) {
            try {
                return pages.stream()
                        .map(page -> page.reply(request))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseGet(() -> refusal(HttpStatus.NOT_FOUND_404));
            } catch (RuntimeException failure) {
                LOG.error("the demo could not answer a request", failure);
                return refusal(HttpStatus.INTERNAL_SERVER_ERROR_500);
            }
        }

        /** Otherwise a foreign name that is made to resolve to 127.0.0.1 would give a web page access. */
        private static boolean isForThisMachine(Request request) {
            String host = Request.getServerName(request);
            return host.equals(LOOPBACK) || host.equals("localhost");
        }

        private static boolean isOfThisOrigin(Request request) {
            String origin = request.getHeaders().get(HttpHeader.ORIGIN);
            return origin == null
                    || origin.equals("http://" + request.getHeaders().get(HttpHeader.HOST));
        }

        private static List<String> path(Request request) {
            return Stream.of(request.getHttpURI().getPath().split("/"))
                    .filter(segment -> !segment.isEmpty())
                    // A plus sign is itself in a path.
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        }

        private static Map<String, String> query(Request request) {
            Map<String, String> query = new HashMap<>();
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), field.getValue());
            }
            return query;
        }
    }

    /** In the form of the registry's errors. */
    static DemoReply refusal(int status) {
        return RegistryPages.error(status, status, "HTTP " + status + " " + HttpStatus.getMessage(status));
    }
}
