// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.collector.message.Batch;
import dev.segue.collector.message.BatchReader;
import dev.segue.collector.message.MalformedBody;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of trackers. Never blocks while a body arrives, or while Kafka stores what was in it. */
final class CollectorHandler extends Handler.Abstract {
    /** Within this time, the whole body must have arrived. */
    static final Duration LONGEST_BODY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CollectorHandler.class);
    private static final String STRICT = "X-Strict-Mode";
    private static final String KEY = "writeKey";

    private final Senders senders;
    private final Intake intake;
    private final CollectorMeters meters;
    private final ConnectionWatch connections;
    private final @Nullable URI publicUrl;
    private final Duration longestBody;
    private final BodyRoom room;

    CollectorHandler(
            Senders senders,
            Intake intake,
            CollectorMeters meters,
            ConnectionWatch connections,
            @Nullable URI publicUrl,
            Duration longestBody,
            BodyRoom room) {
        this.senders = senders;
        this.intake = intake;
        this.meters = meters;
        this.connections = connections;
        this.publicUrl = publicUrl;
        this.longestBody = longestBody;
        this.room = room;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Connection connection = request.getConnectionMetaData().getConnection();
        connections.busy(connection);
        Request.addCompletionListener(request, failure -> connections.free(connection));
        Exchange exchange = new Exchange(request, response, callback);
        try {
            exchange.answer();
        } catch (RefusedRequest refusal) {
            exchange.write(Reply.of(refusal));
        } catch (RuntimeException bug) {
            exchange.fail(bug);
        }
        return true;
    }

    /** One request and its response. */
    private final class Exchange {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final @Nullable String webOrigin;
        private volatile boolean bodyIsRead;

        Exchange(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.webOrigin = request.getHeaders().get(HttpHeader.ORIGIN);
        }

        void answer() throws RefusedRequest {
            if (webOrigin != null && senders.anyAllows(webOrigin)) {
                Cors.allow(response.getHeaders(), webOrigin);
            }
            Endpoint endpoint = Endpoint.of(Request.getPathInContext(request));
            String method = request.getMethod();
            if (endpoint == null) {
                write(Reply.error(HttpStatus.NOT_FOUND_404, "there is nothing at this path"));
            } else if (HttpMethod.OPTIONS.is(method)) {
                preflight();
            } else if (!method.equals(endpoint.kind().method())
                    && !(HttpMethod.HEAD.is(method)
                            && HttpMethod.GET.is(endpoint.kind().method()))) {
                response.getHeaders().put(HttpHeader.ALLOW, endpoint.kind().method() + ", OPTIONS");
                write(Reply.error(
                        HttpStatus.METHOD_NOT_ALLOWED_405,
                        "use " + endpoint.kind().method()));
            } else {
                answer(endpoint);
            }
        }

        private void preflight() {
            if (webOrigin != null && senders.anyAllows(webOrigin)) {
                Cors.allowRequest(
                        response.getHeaders(), request.getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS));
            }
            write(Reply.empty(HttpStatus.NO_CONTENT_204));
        }

        private void answer(Endpoint endpoint) throws RefusedRequest {
            Fields query = query();
            switch (endpoint.kind()) {
                case SEGMENT_SETTINGS ->
                    write(SdkSettings.segment(sender(endpoint.key(), null).key(), address()));
                case RUDDER_SETTINGS ->
                    write(SdkSettings.rudder(sender(query.getValue(KEY), null).key()));
                case PIXEL -> pixel(endpoint, query, PixelQuery.data(query));
                case PIXEL_MEMBERS -> pixel(endpoint, query, PixelQuery.members(query));
                case MESSAGE, BATCH -> readBody(endpoint, query);
            }
        }

        private Fields query() throws RefusedRequest {
            try {
                return Request.extractQueryParameters(request);
            } catch (RuntimeException malformed) {
                throw RefusedRequest.malformed("the query cannot be read");
            }
        }

        private Sender sender(@Nullable String query, @Nullable String body) throws RefusedRequest {
            return allowed(senders.of(authorization(), query, body));
        }

        private @Nullable String authorization() {
            return request.getHeaders().get(HttpHeader.AUTHORIZATION);
        }

        private Sender allowed(Sender sender) throws RefusedRequest {
            if (webOrigin != null && !Senders.allows(sender, webOrigin)) {
                throw RefusedRequest.foreignOrigin(webOrigin);
            }
            return sender;
        }

        private String address() {
            if (publicUrl != null) {
                String url = publicUrl.toString();
                return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            }
            String host = request.getHeaders().get(HttpHeader.HOST);
            String scheme = "https".equals(request.getHeaders().get(HttpHeader.X_FORWARDED_PROTO)) ? "https" : "http";
            return scheme + "://" + (host == null ? Request.getServerName(request) : host);
        }

        private void pixel(Endpoint endpoint, Fields query, String json) throws RefusedRequest {
            Batch batch = batch(endpoint, json);
            Sender sender = sender(query.getValue(KEY), batch.writeKey());
            finish(intake.take(sender, batch, endpoint.type(), false).thenApply(stored -> Reply.pixel()));
        }

        private void readBody(Endpoint endpoint, Fields query) throws RefusedRequest {
            if (request.getLength() > RequestText.LONGEST) {
                throw RequestText.tooLong();
            }
            Sender named = senders.before(authorization(), query.getValue(KEY));
            Sender sender = named == null ? null : allowed(named);
            takeRoom();
            Scheduler.Task late = bodyMustArrive();
            BodyReader.read(request, RequestText.LONGEST, body -> {
                boolean unused = late.cancel();
                bodyIsRead = body.isWhole();
                RefusedRequest refusal = refusal(body);
                finish(refusal == null ? take(endpoint, sender, body.kept()) : refused(refusal));
            });
        }

        private Scheduler.Task bodyMustArrive() {
            return request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> request.fail(new TimeoutException("the body")),
                            longestBody.toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        /** Until the request has its answer. */
        private void takeRoom() throws RefusedRequest {
            long bytes = request.getLength() < 0 ? RequestText.LONGEST : request.getLength();
            if (!room.take(bytes)) {
                throw RefusedRequest.unavailable("bodies");
            }
            Request.addCompletionListener(request, failure -> room.giveBack(bytes));
        }

        private static @Nullable RefusedRequest refusal(BodyReader body) {
            if (body.isTooLong()) {
                return RequestText.tooLong();
            }
            if (body.failure() instanceof TimeoutException) {
                return RefusedRequest.tooSlow();
            }
            return body.isWhole() ? null : RefusedRequest.malformed("the body could not be read to its end");
        }

        /** @param named the sender; null if only the body can name it */
        private CompletableFuture<Reply> take(Endpoint endpoint, @Nullable Sender named, byte[] body) {
            try {
                Batch batch = batch(endpoint, RequestText.of(body));
                Sender sender = named == null ? sender(null, batch.writeKey()) : named;
                boolean strict = "1".equals(request.getHeaders().get(STRICT));
                return intake.take(sender, batch, endpoint.type(), strict);
            } catch (RefusedRequest refusal) {
                return refused(refusal);
            } catch (Throwable bug) {
                // Nobody above would answer: the request was handled long ago.
                return CompletableFuture.failedFuture(bug);
            }
        }

        private static CompletableFuture<Reply> refused(RefusedRequest refusal) {
            return CompletableFuture.failedFuture(refusal);
        }

        private static Batch batch(Endpoint endpoint, String text) throws RefusedRequest {
            try {
                return endpoint.kind() == Endpoint.Kind.BATCH ? BatchReader.batch(text) : BatchReader.single(text);
            } catch (MalformedBody bad) {
                String message = String.valueOf(bad.getMessage());
                throw bad.isTooLarge() ? RefusedRequest.tooLarge(message) : RefusedRequest.malformed(message);
            }
        }

        private void finish(CompletableFuture<Reply> reply) {
            var unused = reply.whenComplete((done, failure) -> {
                try {
                    finish(done, failure instanceof CompletionException ? failure.getCause() : failure);
                } catch (Throwable bug) {
                    LOG.error("an answer could not be written", bug);
                    callback.failed(bug);
                }
            });
        }

        private void finish(@Nullable Reply done, @Nullable Throwable failure) {
            if (done != null) {
                write(done);
            } else if (failure instanceof RefusedRequest refusal) {
                write(Reply.of(refusal));
            } else {
                fail(failure == null ? new IllegalStateException("neither a reply nor a failure") : failure);
            }
        }

        private void fail(Throwable bug) {
            LOG.error("a request could not be answered", bug);
            write(Reply.error(HttpStatus.INTERNAL_SERVER_ERROR_500, "the request could not be answered"));
        }

        private void write(Reply reply) {
            meters.request(reply.status());
            describe(reply);
            boolean noBody = HttpMethod.HEAD.is(request.getMethod()) || reply.status() == HttpStatus.NO_CONTENT_204;
            if (!HttpMethod.POST.is(request.getMethod()) || bodyIsRead) {
                response.write(true, noBody ? null : reply.body(), callback);
                return;
            }
            // What is left of the body would be read as the next request.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().remaining());
            response.write(false, reply.body(), Callback.from(this::discardRest, callback::failed));
        }

        /** A client that is still sending when the connection closes may never see the answer. */
        private void discardRest() {
            if (request.getHeaders().contains(HttpHeader.EXPECT) || request.getLength() > BodyReader.LONGEST) {
                // A client that asks first has not sent the body yet.
                response.write(true, null, callback);
                return;
            }
            Scheduler.Task late = bodyMustArrive();
            BodyReader.read(request, 0, rest -> {
                boolean unused = late.cancel();
                response.write(true, null, callback);
            });
        }

        private void describe(Reply reply) {
            response.setStatus(reply.status());
            HttpFields.Mutable headers = response.getHeaders();
            if (!reply.type().isEmpty()) {
                headers.put(HttpHeader.CONTENT_TYPE, reply.type());
            }
            headers.put(HttpHeader.CACHE_CONTROL, "no-store");
            headers.put("X-Content-Type-Options", "nosniff");
            Duration retry = reply.retryAfter();
            if (retry != null) {
                headers.put(
                        HttpHeader.RETRY_AFTER,
                        Long.toString(retry.plusMillis(999).toSeconds()));
            }
        }
    }
}
