package dev.segue.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract against a real registry, Apicurio, which the build unpacks before integration tests. */
class HttpSchemaRegistryIT extends SchemaRegistryContract {
    private static ApicurioServer server;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = ApicurioServer.start(Path.of("target/apicurio"));
        HttpRequest compatibility = HttpRequest.newBuilder(URI.create(server.url() + "/config"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(compatibility, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterAll
    static void stopServer() throws InterruptedException {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    SchemaRegistry open() {
        return new HttpSchemaRegistry(settings(server.url()));
    }

    @Test
    void aWrongPathIsRefusedAndNotTakenForAnUnknownSchema() {
        String wrong = server.url().toString().replace("ccompat/v7", "nothing");
        assertThatThrownBy(() -> new HttpSchemaRegistry(settings(URI.create(wrong))).byId(1))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("check the url's path");
    }

    private static RegistrySettings settings(URI url) {
        return RegistrySettings.of(url).withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }
}
