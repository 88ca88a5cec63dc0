// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Tells public addresses from those of networks of one's own, to which a mistyped or hostile name must not lead. See the
 * IANA registries of special-purpose addresses.
 */
final class PublicAddress {
    private PublicAddress() {}

    /** A name that leads to private addresses only. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String host) {
            super(host + " leads to a private address; if that is right, set allow_private: true");
        }
    }

    static boolean isPublic(InetAddress address) {
        boolean special = address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        byte[] bytes = address.getAddress();
        return !special && (address instanceof Inet4Address ? isPublic(bytes) : isPublicV6(bytes));
    }

    private static boolean isPublic(byte[] v4) {
        int first = v4[0] & 0xff;
        int second = v4[1] & 0xff;
        int third = v4[2] & 0xff;
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean protocols = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        boolean examples =
                (first == 198 && second == 51 && third == 100) || (first == 203 && second == 0 && third == 113);
        return first != 0 && first < 240 && !shared && !protocols && !benchmark && !examples;
    }

    private static boolean isPublicV6(byte[] v6) {
        // An address that holds one of the other kind leads where that one does.
        if (begins(v6, 0x00, 0x64, 0xff, 0x9b)) {
            return isPublicV4(v6, 12);
        }
        if (begins(v6, 0x20, 0x02)) {
            return isPublicV4(v6, 2);
        }
        boolean unique = (v6[0] & 0xfe) == 0xfc;
        boolean examples = begins(v6, 0x20, 0x01, 0x0d, 0xb8);
        boolean compatible = begins(v6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return !unique && !examples && !compatible;
    }

    private static boolean isPublicV4(byte[] v6, int at) {
        try {
            return isPublic(InetAddress.getByAddress(Arrays.copyOfRange(v6, at, at + 4)));
        } catch (IOException impossible) {
            return false;
        }
    }

    private static boolean begins(byte[] bytes, int... with) {
        for (int index = 0; index < with.length; index++) {
            if ((bytes[index] & 0xff) != with[index]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The addresses of a name that may be used.
     *
     * @throws Refused if there are only private ones, and they are not allowed
     * @throws IOException if there are none
     */
    static List<InetAddress> of(String host, boolean allowPrivate) throws IOException {
        List<InetAddress> found = List.of(InetAddress.getAllByName(host));
        List<InetAddress> usable = allowPrivate
                ? found
                : found.stream().filter(PublicAddress::isPublic).toList();
        if (usable.isEmpty()) {
            throw new Refused(host);
        }
        return usable;
    }

    /** Leaves only public addresses of what another resolver finds: exactly to these does the client connect. */
    static SocketAddressResolver onlyPublic(SocketAddressResolver resolver) {
        return (host, port, context, promise) -> resolver.resolve(host, port, context, filter(host, promise));
    }

    private static Promise<List<InetSocketAddress>> filter(String host, Promise<List<InetSocketAddress>> promise) {
        return new Promise<>() {
            @Override
            public void succeeded(List<InetSocketAddress> found) {
                List<InetSocketAddress> usable = found.stream()
                        .filter(socket -> Optional.ofNullable(socket.getAddress())
                                .filter(PublicAddress::isPublic)
                                .isPresent())
                        .toList();
                if (usable.isEmpty()) {
                    promise.failed(new Refused(host));
                } else {
                    promise.succeeded(usable);
                }
            }

            @Override
            public void failed(Throwable failure) {
                promise.failed(failure);
            }
        };
    }
}
