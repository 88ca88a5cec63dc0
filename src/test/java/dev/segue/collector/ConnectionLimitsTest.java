// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send slowly, or nothing, are disconnected, however many bytes they send. */
class ConnectionLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    @Timeout(60)
    void headersMustArriveInTime() throws Exception {
        try (CollectorStage stage = new CollectorStage(SHORT, LONG);
                Socket socket = connect(stage)) {
            dripUntilClosed(socket, "GET /sourceConfig HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        }
    }

    @Test
    @Timeout(60)
    void bodyMustArriveInTime() throws Exception {
        try (CollectorStage stage = new CollectorStage(LONG, SHORT);
                Socket socket = connect(stage)) {
            String head = "POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";
            assertThat(dripUntilClosed(socket, head)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    @Timeout(60)
    void idleConnectionIsClosed() throws Exception {
        try (CollectorStage stage = new CollectorStage(SHORT, LONG);
                Socket socket = connect(stage)) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void connectionIsUsedAgain() throws Exception {
        try (CollectorStage stage = new CollectorStage(LONG, LONG);
                Socket socket = connect(stage)) {
            byte[] request = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int time = 0; time < 3; time++) {
                socket.getOutputStream().write(request);
                assertThat(readHead(socket.getInputStream())).startsWith("HTTP/1.1 404 ");
            }
        }
    }

    @Test
    void errorsOutsideOfRequestsAreShort() throws Exception {
        try (CollectorStage stage = new CollectorStage(LONG, LONG);
                Socket socket = connect(stage)) {
            socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("jetty", "Exception", "at ");
        }
    }

    @Test
    @Timeout(60)
    void unknownKeyIsRefusedBeforeBody() throws Exception {
        try (CollectorStage stage = new CollectorStage(LONG, LONG);
                Socket socket = connect(stage)) {
            String head = "POST /v1/batch?writeKey=other-key HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(readHead(socket.getInputStream())).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    @Timeout(60)
    void bodiesTogetherAreLimited() throws Exception {
        String head = "POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: " + RequestText.LONGEST + "\r\n\r\n";
        long most = CollectorStage.ROOM / RequestText.LONGEST;
        List<Socket> open = new ArrayList<>();
        try (CollectorStage stage = new CollectorStage(LONG, LONG)) {
            // One more than has room; which one is refused is open.
            for (int sender = 0; sender < most + 1; sender++) {
                Socket socket = connect(stage);
                open.add(socket);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            }
            String answer = anyAnswer(open);
            assertThat(answer).startsWith("HTTP/1.1 503 ").contains("Retry-After: 2\r\n");
            for (Socket socket : open) {
                socket.close();
            }
            // Closed connections give their room back.
            while (stage.post("/v1/page", "{\"userId\":\"a\",\"name\":\"" + "x".repeat(30_000) + "\"}")
                            .statusCode()
                    != 200) {
                Thread.onSpinWait();
            }
        }
    }

    private static String anyAnswer(List<Socket> open) throws IOException {
        while (true) {
            for (Socket socket : open) {
                if (socket.getInputStream().available() > 0) {
                    return readHead(socket.getInputStream());
                }
            }
            Thread.onSpinWait();
        }
    }

    private static Socket connect(CollectorStage stage) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), stage.address().getPort());
    }

    /** Sends a byte every few milliseconds for ever, and returns what was answered until the end. */
    private static String dripUntilClosed(Socket socket, String start) throws Exception {
        socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        socket.setSoTimeout(10);
        while (true) {
            try {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return answer.toString();
                }
                answer.append((char) next);
            } catch (SocketTimeoutException quiet) {
                drip(socket);
            } catch (SocketException reset) {
                return answer.toString();
            }
        }
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write('a');
        } catch (IOException closed) {
            // The next read ends the loop.
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        int length = Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: ([0-9]+).*", "$1"));
        in.readNBytes(length);
        return head.toString();
    }
}
