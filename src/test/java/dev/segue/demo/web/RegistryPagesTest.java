// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths, answers and error codes as in the API reference of Confluent's registry. */
class RegistryPagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final String FIRST = "{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}";
    private static final String SECOND = "{\"type\":\"record\",\"name\":\"A\",\"fields\":"
            + "[{\"name\":\"b\",\"type\":[\"null\",\"string\"],\"default\":null}]}";
    private static final String INCOMPATIBLE =
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"c\",\"type\":\"string\"}]}";

    @TempDir
    Path directory;

    private DemoPort port;

    @BeforeEach
    void open() {
        port = DemoPort.forRegistry(0, new DirectorySchemaRegistry(directory));
    }

    @AfterEach
    void close() {
        port.close();
    }

    @Test
    void emptyRegistryHasNoSubjects() throws Exception {
        assertThat(get("/subjects")).isEqualTo(JSON.readTree("[]"));
        assertThat(get("/schemas/types")).isEqualTo(JSON.readTree("[\"AVRO\"]"));
        assertThat(get("/config")).isEqualTo(JSON.readTree("{\"compatibilityLevel\":\"BACKWARD\"}"));
        assertThat(get("/mode")).isEqualTo(JSON.readTree("{\"mode\":\"READWRITE\"}"));
    }

    @Test
    void registersAndReturnsVersions() throws Exception {
        int first = register("s", FIRST);
        int second = register("s", SECOND);
        assertThat(register("s", FIRST)).isEqualTo(first).isNotEqualTo(second);
        assertThat(register("t", FIRST)).isEqualTo(first);
        assertThat(get("/subjects")).isEqualTo(JSON.readTree("[\"s\",\"t\"]"));
        assertThat(get("/subjects?subjectPrefix=t")).isEqualTo(JSON.readTree("[\"t\"]"));
        assertThat(get("/subjects/s/versions")).isEqualTo(JSON.readTree("[1,2]"));
        assertThat(get("/subjects/s/versions/1")).isEqualTo(described("s", 1, first, FIRST));
        assertThat(get("/subjects/s/versions/latest")).isEqualTo(described("s", 2, second, SECOND));
        assertThat(get("/subjects/s/versions/2/schema")).isEqualTo(JSON.readTree(SECOND));
        assertThat(get("/subjects/s/versions/2/referencedby")).isEqualTo(JSON.readTree("[]"));
        assertThat(get("/schemas/ids/" + first)).isEqualTo(JSON.valueToTree(Map.of("schema", FIRST)));
        assertThat(get("/schemas/ids/" + second + "/schema")).isEqualTo(JSON.readTree(SECOND));
        assertThat(get("/schemas/ids/" + first + "/subjects")).isEqualTo(JSON.readTree("[\"s\",\"t\"]"));
        assertThat(get("/schemas/ids/" + first + "/versions"))
                .isEqualTo(JSON.readTree("[{\"subject\":\"s\",\"version\":1},{\"subject\":\"t\",\"version\":1}]"));
    }

    @Test
    void findsRegisteredSchemaHoweverItIsFormatted() throws Exception {
        int id = register("s", FIRST);
        String spaced = FIRST.replace(",", " , ");
        assertThat(json(post("/subjects/s", body(spaced)))).isEqualTo(described("s", 1, id, FIRST));
    }

    @Test
    void answersWhetherSchemaIsCompatible() throws Exception {
        register("s", FIRST);
        String path = "/compatibility/subjects/s/versions/latest";
        assertThat(json(post(path, body(SECOND))).path("is_compatible").booleanValue())
                .isTrue();
        assertThat(json(post(path, body(INCOMPATIBLE))).path("is_compatible").booleanValue())
                .isFalse();
    }

    @Test
    void acceptsOnlyItsOwnCompatibilityLevel() throws Exception {
        HttpResponse<String> same = send("PUT", "/config/s", "{\"compatibility\":\"BACKWARD\"}", null);
        assertThat(same.statusCode()).isEqualTo(200);
        HttpResponse<String> other = send("PUT", "/config/s", "{\"compatibility\":\"NONE\"}", null);
        assertError(other, 422, 42203);
        assertThat(other.body()).contains("BACKWARD");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /subjects/none/versions, 404, 40401",
        "GET, /subjects/none/versions/latest, 404, 40401",
        "GET, /subjects/s/versions/2, 404, 40402",
        "GET, /subjects/s/versions/0, 422, 42202",
        "GET, /subjects/s/versions/2147483648, 422, 42202",
        "GET, /subjects/s/versions/newest, 422, 42202",
        "GET, /schemas/ids/5, 404, 40403",
        "GET, /schemas/ids/abc, 404, 404",
        "GET, /schemas/names, 404, 404",
        "GET, /nowhere, 404, 404",
        "GET, /subjects/s/other, 404, 404",
        "DELETE, /subjects/s, 405, 405",
        "DELETE, /subjects/s/versions/1, 405, 405",
        "PATCH, /config, 405, 405"
    })
    void refusesWithConfluentsCodes(String method, String path, int status, int code) throws Exception {
        register("s", FIRST);
        assertError(send(method, path, "", null), status, code);
    }

    @Test
    void refusesUnusableBodies() throws Exception {
        register("s", FIRST);
        assertError(post("/subjects/s/versions", body(INCOMPATIBLE)), 409, 409);
        assertError(post("/subjects/s/versions", body("{\"type\":\"recor\"}")), 422, 42201);
        assertError(post("/subjects/s/versions", body("[".repeat(100_000))), 422, 42201);
        assertError(post("/subjects/s/versions", "{}"), 422, 42201);
        assertError(post("/subjects/s/versions", "{"), 400, 400);
        assertError(
                post("/subjects/s/versions", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}"), 422, 42201);
        assertError(post("/subjects/s/versions", "{\"schema\":\"{}\",\"references\":[{\"name\":\"B\"}]}"), 422, 42201);
        assertError(post("/subjects/s", body(SECOND)), 404, 40403);
        assertError(post("/subjects/none", body(FIRST)), 404, 40401);
        assertError(post("/subjects/s/versions", "x".repeat(DemoPort.LONGEST_BODY + 1)), 413, 413);
        assertThat(get("/subjects/s/versions")).isEqualTo(JSON.readTree("[1]"));
    }

    @Test
    void refusesWritesOfForeignWebPages() throws Exception {
        String path = "/subjects/s/versions";
        assertError(send("POST", path, body(FIRST), "http://shop.example"), 403, 403);
        assertThat(send("POST", path, body(FIRST), port.address().toString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesRequestsForForeignHosts() throws Exception {
        assertThat(talk("GET /subjects HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(talk("GET /subjects HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContainIgnoringCase("jetty");
    }

    @Test
    void namesPortInUse() {
        int taken = port.address().getPort();
        DirectorySchemaRegistry registry = new DirectorySchemaRegistry(directory);
        assertThatThrownBy(() -> DemoPort.forRegistry(taken, registry))
                .isInstanceOf(CannotStart.class)
                .hasMessage("Cannot listen on 127.0.0.1:" + taken
                        + " (Address already in use). Set another port with --http-port; 0 takes a free one.");
    }

    private static JsonNode described(String subject, int version, int id, String schema) {
        return JSON.createObjectNode()
                .put("subject", subject)
                .put("version", version)
                .put("id", id)
                .put("schema", schema);
    }

    private static String body(String schema) throws Exception {
        return JSON.writeValueAsString(Map.of("schema", schema));
    }

    private int register(String subject, String schema) throws Exception {
        return json(post("/subjects/" + subject + "/versions", body(schema)))
                .path("id")
                .intValue();
    }

    private JsonNode get(String path) throws Exception {
        return json(send("GET", path, "", null));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body, null);
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(TYPE);
        return JSON.readTree(response.body());
    }

    private static void assertError(HttpResponse<String> response, int status, int code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = JSON.readTree(response.body());
        assertThat(error.path("error_code").intValue()).isEqualTo(code);
        assertThat(error.path("message").textValue()).isNotBlank().doesNotContain("\tat ");
    }

    private HttpResponse<String> send(String method, String path, String body, String origin) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(port.address() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", TYPE);
        if (origin != null) {
            request.header("Origin", origin);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private String talk(String request) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), port.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
