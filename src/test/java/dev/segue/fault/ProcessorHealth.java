// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads the health of a processor over HTTP. */
final class ProcessorHealth {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    ProcessorHealth(ChildJvm processor) {
        address = URI.create(processor
                .said()
                .lines()
                .filter(line -> line.startsWith(ProcessorProcess.LISTENS))
                .findFirst()
                .orElseThrow()
                .substring(ProcessorProcess.LISTENS.length()));
    }

    boolean isLive() throws Exception {
        return get("/health/live").statusCode() == 200;
    }

    boolean isReady() throws Exception {
        return get("/health/ready").statusCode() == 200;
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
