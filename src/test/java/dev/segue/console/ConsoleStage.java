// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.config.ConsoleSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A console over data in memory, and a client that can send any header. */
public final class ConsoleStage implements AutoCloseable {
    public final MemoryData data;
    private final Console console;

    public ConsoleStage(MemoryData data) {
        this(data, ConsoleSettings.defaults().withPort(0), Map.of());
    }

    ConsoleStage(MemoryData data, ConsoleSettings settings, Map<String, Screen> more) {
        this.data = data;
        this.console = Console.open(settings, data, more, () -> {});
    }

    /**
     * A response.
     *
     * @param headers by their names in lower case
     */
    public record Got(int status, Map<String, String> headers, String body) {}

    public Got get(String path, String... headers) throws IOException {
        return send("GET", path, "", headers);
    }

    public Got post(String path, String form, String... headers) throws IOException {
        return send("POST", path, form, headers);
    }

    /** @param headers pairs of name and value */
    public Got send(String method, String path, String body, String... headers) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "localhost:" + console.address().getPort());
        for (int pair = 0; pair < headers.length; pair += 2) {
            all.put(headers[pair], headers[pair + 1]);
        }
        all.put("Connection", "close");
        if (method.equals("POST")) {
            all.put("Content-Type", "application/x-www-form-urlencoded");
            all.put("Content-Length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
        }
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        text.append("\r\n").append(body);
        try (Socket socket = socket()) {
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            return read(socket.getInputStream().readAllBytes());
        }
    }

    Socket socket() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(
                console.address().getHost(), console.address().getPort()));
        return socket;
    }

    private static Got read(byte[] response) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(response);
        int status = Integer.parseInt(line(in).split(" ", 3)[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Got(status, headers, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String line(ByteArrayInputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        console.close();
    }
}
