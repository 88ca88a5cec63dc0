// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Knows the addresses that only this machine can reach. */
final class Loopback {
    private Loopback() {}

    /** A name counts as loopback only if it is one by definition: a name server's answer may change. */
    static boolean is(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return host.matches("[0-9.]+|.*:.*") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException malformed) {
            return false;
        }
    }
}
