// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.segue.config.RegistrySettings;
import dev.segue.event.Shown;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests to a registry, with timeouts, bounded retries, and four kinds of failure. */
final class RegistryClient {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final int LONGEST_ANSWER = 4 * 1024 * 1024;
    private static final int LONGEST_MESSAGE = 400;

    /** Confluent's error codes for an unknown subject, version and schema. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

    private final RegistrySettings settings;
    private final Pause pause;
    private final HttpClient http;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    RegistryClient(RegistrySettings settings, Pause pause) {
        this.settings = settings;
        this.pause = pause;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** Ends every wait: a response may take half a minute, too long for a shutdown. */
    void stop() {
        stopped.completeExceptionally(
                new CancellationException("no further requests are sent, because the application is stopping"));
        pause.stop();
    }

    <T> T get(String path, Answer<T> answer) {
        return send(request(path).GET().build(), answer);
    }

    <T> T post(String path, String schema, Answer<T> answer) {
        String body = JSON.createObjectNode().put("schema", schema).toString();
        return send(
                request(path)
                        .header("Content-Type", MEDIA_TYPE)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                answer);
    }

    private HttpRequest.Builder request(String path) {
        String base = settings.url().toString();
        URI address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).header("Accept", MEDIA_TYPE + ", application/json");
        RegistrySettings.Credentials credentials = settings.credentials();
        if (credentials != null) {
            byte[] pair = (credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return request;
    }

    private <T> T send(HttpRequest request, Answer<T> answer) {
        Duration wait = settings.backoff();
        boolean conflict = false;
        for (int attempt = 1; ; attempt++) {
            try {
                return answer.read(once(request, !conflict && attempt < settings.attempts()));
            } catch (Nonsense nonsense) {
                conflict |= nonsense.isConflict();
                if (attempt >= settings.attempts() || stopped.isDone()) {
                    throw new RegistryException.Unreachable(
                            "the schema registry gave no usable answer to " + describe(request) + " in " + attempt
                                    + " attempts: " + nonsense.getMessage(),
                            nonsense);
                }
            }
            pause(wait, request);
            wait = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private JsonNode once(HttpRequest request, boolean conflictMayPass) throws Nonsense {
        HttpResponse<String> response = exchange(request);
        int status = response.statusCode();
        // Apicurio also answers 409 if two clients register one subject concurrently, or if the first response timed
        // out; a retry returns the id.
        boolean perhapsAtOnce = status == 409 && conflictMayPass;
        if (status >= 500 || status == 408 || status == 429 || perhapsAtOnce) {
            throw new Nonsense("status " + status, perhapsAtOnce);
        }
        if (status != 200) {
            throw refusal(request, response);
        }
        return parse(response.body());
    }

    /**
     * Waits for the whole response. The HTTP client's own timeout ends with the headers, so a body that never arrives
     * would block the caller for ever.
     */
    private HttpResponse<String> exchange(HttpRequest request) throws Nonsense {
        AtomicInteger status = new AtomicInteger();
        CompletableFuture<HttpResponse<String>> exchange = http.sendAsync(request, head -> {
            status.set(head.statusCode());
            return new LimitedText(LONGEST_ANSWER);
        });
        try {
            CompletableFuture.anyOf(exchange, stopped)
                    .get(settings.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
            return exchange.join();
        } catch (ExecutionException failure) {
            if (status.get() == 200 && isTooLong(failure)) {
                throw new RegistryException.Unusable(
                        "the answer to " + describe(request) + " has more than " + LONGEST_ANSWER + " bytes");
            }
            throw new Nonsense(String.valueOf(failure.getCause()));
        } catch (TimeoutException late) {
            throw new Nonsense("no answer within " + settings.requestTimeout());
        } catch (InterruptedException stopped) {
            throw interrupted(request);
        } finally {
            exchange.cancel(true);
        }
    }

    private static boolean isTooLong(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LimitedText.TooLong) {
                return true;
            }
        }
        return false;
    }

    /** Maps a status other than 200 to an exception, once retries cannot help. */
    private RegistryException refusal(HttpRequest request, HttpResponse<String> response) {
        JsonNode body;
        try {
            body = parse(response.body());
        } catch (Nonsense notFromARegistry) {
            body = JSON.missingNode();
        }
        int status = response.statusCode();
        String message = body.path("message").asText("");
        String what = describe(request) + " with status " + status
                + (message.isEmpty() ? "" : ": " + Shown.value(message, LONGEST_MESSAGE));
        // A 404 without the registry's own code has another cause, such as a wrong path. Treating it as an unknown
        // schema would turn good records into dead letters.
        if (status == 404 && NOT_FOUND.contains(body.path("error_code").asInt())) {
            return new RegistryException.NotFound("the schema registry answered " + what);
        }
        String remedy = switch (status) {
            case 401, 403 -> "; check the registry's user and password";
            case 404 -> "; check the url's path: no registry with Confluent's API answered there";
            default -> "";
        };
        return new RegistryException.Refused("the schema registry refused " + what + remedy);
    }

    private static JsonNode parse(String body) throws Nonsense {
        try {
            JsonNode answer = JSON.readTree(body);
            if (answer.isObject()) {
                return answer;
            }
        } catch (JsonProcessingException notJson) {
            // Falls through to the message for JSON of another shape.
        }
        throw new Nonsense("the answer is not a JSON object");
    }

    private void pause(Duration wait, HttpRequest request) {
        try {
            pause.sleep(wait);
        } catch (InterruptedException stopped) {
            throw interrupted(request);
        }
    }

    private static RegistryException interrupted(HttpRequest request) {
        Thread.currentThread().interrupt();
        return new RegistryException.Unreachable("interrupted while waiting for the registry: " + describe(request));
    }

    private static String describe(HttpRequest request) {
        return request.method() + " " + request.uri();
    }

    /** Reads the result from a response body. */
    interface Answer<T> {
        T read(JsonNode answer) throws Nonsense;
    }

    /** Waits between attempts. */
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;

        /** Ends every sleep. */
        default void stop() {}
    }

    /** Sleeps by the clock. */
    static final class Sleep implements Pause {
        private final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            var unused = stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void stop() {
            stopped.countDown();
        }
    }

    /** No response, or one that is not a registry's: worth another attempt. */
    static final class Nonsense extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean conflict;

        Nonsense(String message) {
            this(message, false);
        }

        private Nonsense(String message, boolean conflict) {
            super(message);
            this.conflict = conflict;
        }

        /** Returns true if a concurrent or repeated registration may be the cause. */
        boolean isConflict() {
            return conflict;
        }
    }
}
