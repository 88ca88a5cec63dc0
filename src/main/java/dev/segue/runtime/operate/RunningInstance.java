// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.config.HttpSettings;
import dev.segue.serde.event.JsonLines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The instance that runs with the same settings, if it can be reached from here. */
public final class RunningInstance {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpSettings http;

    public RunningInstance(HttpSettings http) {
        this.http = http;
    }

    /**
     * Asks the instance for the result of one of its health checks.
     *
     * @return the sentence of the check; empty if no instance answers
     */
    public Optional<String> check(String name) throws InterruptedException {
        if (!http.enabled() || http.port() == 0) {
            return Optional.empty();
        }
        String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        try {
            URI health = URI.create("http://" + host + ":" + http.port() + "/health/ready");
            HttpRequest request =
                    HttpRequest.newBuilder(health).timeout(PATIENCE).build();
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            for (JsonNode check : JsonLines.MAPPER.readTree(body).path("checks")) {
                if (check.path("check").asText().equals(name)) {
                    return Optional.of(check.path("why").asText());
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException nobody) {
            return Optional.empty();
        }
    }
}
