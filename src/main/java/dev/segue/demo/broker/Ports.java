// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. */
public final class Ports {
    public static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    /** Returns a port that is currently free. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Returns the port if it is free.
     *
     * @throws BrokerNotStarted if it is in use
     */
    static int require(int port) throws BrokerNotStarted {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException failure) {
            throw taken(port, failure);
        }
    }

    static BrokerNotStarted taken(int port, Throwable cause) {
        return new BrokerNotStarted(
                "port " + port + " of " + LOOPBACK + " is in use; choose another with --port, or omit --port", cause);
    }
}
