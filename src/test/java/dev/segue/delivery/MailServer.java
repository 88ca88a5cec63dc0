// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server of twenty lines: takes every message, or answers every recipient with one code. */
final class MailServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile String recipient = "250 ok";

    MailServer() throws IOException {
        Thread thread = new Thread(this::serve, "mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** @param reply such as {@code 550 no such user} */
    void answerRecipients(String reply) {
        recipient = reply;
    }

    /** Header and text of each message, with the lines of the envelope before. */
    List<String> messages() {
        return messages;
    }

    private void serve() {
        try {
            while (true) {
                try (Socket client = socket.accept()) {
                    talk(client);
                }
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8);
        StringBuilder message = new StringBuilder();
        out.print("220 ready\r\n");
        out.flush();
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (data && !line.equals(".")) {
                message.append(line).append('\n');
                continue;
            }
            String reply = "250 ok";
            if (data) {
                data = false;
                messages.add(message.toString());
            } else if (line.startsWith("RCPT")) {
                message.append(line).append('\n');
                reply = recipient;
            } else if (line.equals("DATA")) {
                data = true;
                reply = "354 go on";
            } else if (line.equals("QUIT")) {
                reply = "221 bye";
            }
            out.print(reply + "\r\n");
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
