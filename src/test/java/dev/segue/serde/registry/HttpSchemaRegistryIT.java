// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void refusesWrongPath() {
        String wrong = server.url().toString().replace("ccompat/v7", "nothing");
        assertThatThrownBy(() -> new HttpSchemaRegistry(settings(URI.create(wrong))).byId(1))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("check the url's path");
    }

    @Test
    void resolvesTypesOfOtherSubject() throws Exception {
        register("it-money", "AVRO", recordOf("shop.Money", "cents", "\"long\""), "[]");
        int id = register(
                "it-cart",
                "AVRO",
                recordOf("shop.Cart", "total", "\"shop.Money\""),
                "[{\"name\":\"shop.Money\",\"subject\":\"it-money\",\"version\":1}]");
        Schema total = open().byId(id).getField("total").schema();
        assertThat(total.getField("cents").schema()).isEqualTo(Schema.create(Schema.Type.LONG));
    }

    @ParameterizedTest
    @CsvSource({
        "JSON, '{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}'",
        "PROTOBUF, 'syntax = \"proto3\"; message A { string b = 1; }'"
    })
    void otherSchemaKindIsUnusable(String type, String schema) throws Exception {
        int id = register("it-" + type, type, schema, "[]");
        assertThatThrownBy(() -> open().byId(id))
                .isInstanceOf(RegistryException.Unusable.class)
                .hasMessageContaining(type);
    }

    private static String recordOf(String name, String field, String type) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[{\"name\":\"" + field + "\",\"type\":" + type
                + "}]}";
    }

    private static int register(String subject, String type, String schema, String references) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String body = "{\"schemaType\":\"" + type + "\",\"schema\":" + json.writeValueAsString(schema)
                + ",\"references\":" + references + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body()).path("id").asInt();
    }

    private static RegistrySettings settings(URI url) {
        return RegistrySettings.of(url).withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }
}
