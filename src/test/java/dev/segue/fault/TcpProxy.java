// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy between clients and one port of this machine, which can be slow, silent or unreachable. */
final class TcpProxy implements AutoCloseable {
    private enum Mode {
        OPEN,
        /** Accepts connections and bytes, and forwards nothing. */
        DUMB,
        /** Closes all connections, including new ones. */
        CUT
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Mode mode = Mode.OPEN;
    private volatile long delayMillis;

    TcpProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int target() {
        return target;
    }

    /** The number of connection attempts so far. */
    int connections() {
        return connections.get();
    }

    /** Forwards everything, each piece delayed by this time. */
    void open(long millisLater) {
        delayMillis = millisLater;
        mode = Mode.OPEN;
    }

    void goDumb() {
        mode = Mode.DUMB;
    }

    void cut() {
        mode = Mode.CUT;
        sockets.forEach(TcpProxy::end);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                connections.incrementAndGet();
                if (mode == Mode.CUT) {
                    near.close();
                } else {
                    connect(near);
                }
            } catch (IOException closed) {
                // Either this proxy is closed, or the broker behind it is down: the client sees the end of the stream.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        sockets.add(near);
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            start(() -> pass(near, far));
            start(() -> pass(far, near));
        } catch (IOException away) {
            end(near);
            throw away;
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] piece = new byte[65_536];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                Thread.sleep(delayMillis);
                while (mode == Mode.DUMB) {
                    Thread.sleep(20);
                }
                out.write(piece, 0, length);
            }
        } catch (IOException | InterruptedException over) {
            // The other direction ends together with this one.
        } finally {
            end(from);
            end(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyOver) {
            // Expected.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
