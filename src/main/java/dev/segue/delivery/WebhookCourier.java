// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.config.EndpointSettings;
import dev.segue.delivery.payload.Payload;
import dev.segue.delivery.payload.PayloadFailure;
import dev.segue.event.TriggerDecision;
import dev.segue.value.DurationText;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Sends letters as HTTP requests, signed as Standard Webhooks 1.0.0 says. */
final class WebhookCourier implements Courier {
    private static final int THREADS = 12;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

    private final Webhook webhook;
    private final Duration timeout;
    private final List<WebhookSecret> secrets;
    private final Payload payload;
    private final InstantSource clock;
    private final HttpClient client;

    private WebhookCourier(
            Webhook webhook,
            Duration timeout,
            List<WebhookSecret> secrets,
            Payload payload,
            InstantSource clock,
            HttpClient client) {
        this.webhook = webhook;
        this.timeout = timeout;
        this.secrets = List.copyOf(secrets);
        this.payload = payload;
        this.clock = clock;
        this.client = client;
    }

    /**
     * @param secrets none to send without signatures
     * @param trusted the authorities to trust; null for those of Java
     */
    static WebhookCourier open(
            EndpointSettings endpoint,
            Webhook webhook,
            List<WebhookSecret> secrets,
            Payload payload,
            @Nullable KeyStore trusted,
            InstantSource clock) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (trusted != null) {
            tls.setTrustStore(trusted);
        }
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("segue-deliver-" + endpoint.name());
        threads.setDaemon(true);
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        Scheduler scheduler = new ScheduledExecutorScheduler("segue-deliver-" + endpoint.name() + "-timer", true);
        connector.setExecutor(threads);
        connector.setScheduler(scheduler);
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "segue"));
        client.setMaxConnectionsPerDestination(endpoint.concurrency());
        client.setConnectTimeout(endpoint.timeout().toMillis());
        SocketAddressResolver any = new SocketAddressResolver.Async(
                threads, scheduler, endpoint.timeout().toMillis());
        client.setSocketAddressResolver(endpoint.allowPrivate() ? any : PublicAddress.onlyPublic(any));
        try {
            client.start();
        } catch (Exception failure) {
            throw new IllegalStateException("the HTTP client of " + endpoint.name() + " does not start", failure);
        }
        client.getContentDecoderFactories().clear();
        return new WebhookCourier(webhook, endpoint.timeout(), secrets, payload, clock, client);
    }

    /** A request before it is sent. */
    private record Prepared(Map<String, String> headers, String body) {}

    private Prepared prepare(TriggerDecision decision, String id) throws PayloadFailure {
        String body = payload.of(decision);
        long timestamp = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        if (!secrets.isEmpty()) {
            headers.put("webhook-signature", WebhookSecret.sign(secrets, id, timestamp, body));
        }
        return new Prepared(headers, body);
    }

    @Override
    public Map<String, Object> preview(TriggerDecision decision, String id) throws PayloadFailure {
        Prepared prepared = prepare(decision, id);
        Map<String, Object> headers = new LinkedHashMap<>(prepared.headers());
        new TreeMap<>(webhook.headers()).forEach((name, value) -> headers.put(name, "***"));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("to", webhook.place());
        shown.put("headers", headers);
        shown.put("body", prepared.body());
        return shown;
    }

    @Override
    public CompletableFuture<Attempt> send(TriggerDecision decision, String id) {
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        try {
            send(webhook.url(), prepare(decision, id), 0, attempt);
        } catch (PayloadFailure failure) {
            attempt.complete(Attempt.impossible("the payload cannot be computed: " + failure.getMessage()));
        } catch (RuntimeException failure) {
            attempt.complete(Attempt.failed(sentence(failure)));
        }
        return attempt;
    }

    private void send(URI url, Prepared prepared, int redirects, CompletableFuture<Attempt> attempt) {
        Request request = client.newRequest(url)
                .method(HttpMethod.POST)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> {
                    prepared.headers().forEach(headers::put);
                    addOwn(url, headers);
                })
                .body(new BytesRequestContent(
                        "application/json", prepared.body().getBytes(StandardCharsets.UTF_8)));
        request.send(result -> finish(url, prepared, redirects, attempt, result));
    }

    /** Keys of an account must not reach another host by a redirect. */
    private void addOwn(URI url, HttpFields.Mutable headers) {
        boolean same = String.valueOf(url.getAuthority())
                        .equalsIgnoreCase(webhook.url().getAuthority())
                && String.valueOf(url.getScheme())
                        .equalsIgnoreCase(webhook.url().getScheme());
        if (same) {
            webhook.headers().forEach(headers::put);
        }
    }

    private void finish(URI url, Prepared prepared, int redirects, CompletableFuture<Attempt> attempt, Result result) {
        Throwable failure = result.getFailure();
        int status = result.getResponse() == null ? 0 : result.getResponse().getStatus();
        if (failure != null && !(status >= 400)) {
            attempt.complete(Attempt.failed(sentence(failure)));
        } else if (webhook.followRedirects() && REDIRECTS.contains(status)) {
            follow(url, prepared, redirects, attempt, result);
        } else {
            attempt.complete(answer(status, result.getResponse().getHeaders()));
        }
    }

    private void follow(URI url, Prepared prepared, int redirects, CompletableFuture<Attempt> attempt, Result result) {
        String location = result.getResponse().getHeaders().get(HttpHeader.LOCATION);
        try {
            URI next = location == null ? url : url.resolve(location);
            boolean weaker = "https".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(next.getScheme());
            if (location == null || next.getHost() == null || weaker || redirects == MOST_REDIRECTS) {
                attempt.complete(Attempt.failed("status " + result.getResponse().getStatus()
                        + ", a redirect that is not followed: it leads nowhere, away from HTTPS, or in circles"));
            } else {
                send(next, prepared, redirects + 1, attempt);
            }
        } catch (RuntimeException malformed) {
            attempt.complete(Attempt.failed("a redirect to what is not an address"));
        }
    }

    private Attempt answer(int status, HttpFields headers) {
        String text = "status " + status;
        if (status >= 200 && status < 300) {
            return Attempt.delivered(text);
        }
        if (status == HttpStatus.GONE_410) {
            return new Attempt(Attempt.Result.GONE, text, null);
        }
        if (REDIRECTS.contains(status)) {
            return Attempt.failed(text + ", a redirect: correct the url, or set follow_redirects: true");
        }
        boolean waits = status == HttpStatus.TOO_MANY_REQUESTS_429
                || status == HttpStatus.BAD_GATEWAY_502
                || status == HttpStatus.SERVICE_UNAVAILABLE_503
                || status == HttpStatus.GATEWAY_TIMEOUT_504;
        return new Attempt(
                Attempt.Result.FAILED,
                text,
                waits ? retryAfter(headers.get(HttpHeader.RETRY_AFTER), clock.instant()) : null);
    }

    /** Reads seconds or a date; null if it is neither. */
    static @Nullable Duration retryAfter(@Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        try {
            Duration pause = text.strip().matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text.strip()))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    private String sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PublicAddress.Refused) {
                return String.valueOf(cause.getMessage());
            }
            if (cause instanceof TimeoutException) {
                return "no answer within " + DurationText.write(timeout);
            }
            if (cause instanceof UnknownHostException) {
                return "the host has no address";
            }
            if (cause instanceof ConnectException) {
                return "the connection is refused";
            }
            if (cause instanceof SSLException) {
                return "no trusted TLS connection: " + cause.getMessage();
            }
        }
        return "the connection broke: " + failure.getClass().getSimpleName();
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the HTTP client does not stop", failure);
        }
    }
}
