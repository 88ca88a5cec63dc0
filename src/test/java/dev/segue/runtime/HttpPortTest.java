// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.HttpSettings;
import dev.segue.runtime.HttpPort.Answer;
import dev.segue.runtime.cluster.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends requests to the port byte by byte. */
class HttpPortTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String GOOD = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    private HttpPort port;

    @BeforeEach
    void open() {
        port = HttpPort.open(
                HttpSettings.defaults().withPort(0),
                Map.of(
                        "/health/live", () -> new Answer(200, "application/json", "{\"ok\":true}"),
                        "/broken",
                                () -> {
                                    throw new IllegalStateException("secret of the inside");
                                }));
    }

    @AfterEach
    void close() {
        port.close();
    }

    @Test
    void respondsAndClosesConnection() throws Exception {
        String answer = talk(GOOD);
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n{\"ok\":true}");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .contains("connection: close", "content-type: application/json", "x-content-type-options: nosniff")
                .doesNotContain("server:", "jetty");
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(port.address().getHost()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/health",
                "/health/live/",
                "/HEALTH/LIVE",
                "/../../etc/passwd",
                "/health/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/health/..%2f..%2fetc%2fpasswd",
                "/health\\..\\live",
                "/health/live%00",
                "/<script>alert(1)</script>"
            })
    void refusesUnknownPathBriefly(String path) throws Exception {
        refused(talk("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"), "400", "404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"})
    void refusesOtherMethodsBriefly(String method) throws Exception {
        refused(talk(method + " /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"), "400", "405");
    }

    @Test
    void refusesBodyBeforeItIsSent() throws Exception {
        refused(talk("POST /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n"), "405");
        refused(talk("GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n"), "413");
        refused(talk("GET /health/live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"), "413");
    }

    @Test
    void doesNotAcceptHundredMegabytes() throws Exception {
        byte[] piece = new byte[64 * 1024];
        long sent = 0;
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            while (sent < 104_857_600) {
                out.write(piece);
                sent += piece.length;
            }
        } catch (SocketException hungUp) {
            // The sockets' buffers accept some bytes before the connection is closed.
            assertThat(sent).isLessThan(16 * 1024 * 1024);
            stillAnswers();
            return;
        }
        assertThat(sent).as("bytes that were taken").isLessThan(0);
    }

    @Test
    void refusesHeadersBeyondLimit() throws Exception {
        String header = "X-Filler: " + "x".repeat(HttpPort.LONGEST_HEAD) + "\r\n";
        refused(talk("GET /health/live HTTP/1.1\r\nHost: x\r\n" + header + "\r\n"), "431");
        refused(talk("GET /" + "x".repeat(HttpPort.LONGEST_HEAD) + " HTTP/1.1\r\nHost: x\r\n\r\n"), "414");
        stillAnswers();
    }

    @Test
    void closesConnectionThatFloodsHeaders() throws Exception {
        StringBuilder bomb = new StringBuilder("GET /health/live HTTP/1.1\r\nHost: x\r\n");
        for (int number = 0; number < 100_000; number++) {
            bomb.append("X-").append(number).append(": y\r\n");
        }
        refused(talk(bomb + "\r\n"), "431", "");
        stillAnswers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n", "nonsense\r\n\r\n", "GET /health/live HTTP/1.1\r\n\r\n", "\0\1\2\3\r\n\r\n"})
    void refusesInvalidRequestBriefly(String bytes) throws Exception {
        refused(talk(bytes), "400", "");
    }

    @Test
    void failureRevealsNoInternals() throws Exception {
        String answer = talk("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
        refused(answer, "500");
        assertThat(answer).doesNotContain("secret");
    }

    @Test
    void closesSlowConnectionHoweverOftenItSends() throws Exception {
        port.close();
        port = HttpPort.open(
                HttpSettings.defaults().withPort(0),
                Map.of("/health/live", () -> new Answer(200, "text/plain", "x")),
                SHORT);
        try (Socket socket = connect()) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            int sent = 0;
            try {
                // One byte every 20 ms never triggers an idle timeout.
                while (sent < PATIENCE_MILLIS / 20 && in.available() == 0) {
                    out.write('G');
                    out.flush();
                    sent++;
                    Thread.sleep(20);
                }
            } catch (SocketException hungUp) {
                assertThat(sent).isGreaterThan(1);
            }
            assertThat(sent).as("bytes before it hung up").isLessThan(PATIENCE_MILLIS / 20);
        }
        stillAnswers();
    }

    @Test
    void silentConnectionsDoNotBlockOthersForLong() throws Exception {
        port.close();
        port = HttpPort.open(
                HttpSettings.defaults().withPort(0),
                Map.of("/health/live", () -> new Answer(200, "application/json", "{\"ok\":true}")),
                SHORT);
        List<Socket> silent = new ArrayList<>();
        try {
            for (int number = 0; number < 2 * HttpPort.MOST_CONNECTIONS; number++) {
                silent.add(connect());
            }
            stillAnswers();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void namesPortInUseWithRemedy() {
        int taken = port.address().getPort();
        assertThatThrownBy(() -> HttpPort.open(HttpSettings.defaults().withPort(taken), Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("127.0.0.1:" + taken)
                .hasMessageContaining("http.port");
    }

    private void stillAnswers() throws Exception {
        assertThat(talk(GOOD)).startsWith("HTTP/1.1 200 OK");
    }

    /** @param statuses the allowed ones; an empty one stands for a connection that was closed without a response */
    private static void refused(String answer, String... statuses) {
        String status = answer.isEmpty() ? "" : answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
        assertThat(status).isIn((Object[]) statuses);
        assertThat(answer).hasSizeLessThan(400).doesNotContain("Exception", "\tat ", "script", "jetty");
    }

    private String talk(String request) throws IOException {
        try (Socket socket = connect()) {
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException hungUp) {
                // The response may arrive before everything is sent.
                return read(socket);
            }
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.append((char) next);
            }
        } catch (SocketException reset) {
            return answer.toString();
        }
        return answer.toString();
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), port.address().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }
}
