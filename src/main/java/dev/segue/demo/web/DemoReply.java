// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response of the demo.
 *
 * @param status HTTP status
 * @param type value of {@code Content-Type}
 * @param body read only
 * @param headers further headers
 */
record DemoReply(int status, String type, ByteBuffer body, Map<String, String> headers) {
    DemoReply {
        headers = Map.copyOf(headers);
    }

    static DemoReply text(int status, String type, String body) {
        return bytes(status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    static DemoReply bytes(int status, String type, byte[] body) {
        return new DemoReply(status, type, ByteBuffer.wrap(body).asReadOnlyBuffer(), Map.of());
    }

    static DemoReply redirect(String location) {
        return new DemoReply(302, "text/plain; charset=utf-8", ByteBuffer.allocate(0), Map.of("Location", location));
    }

    DemoReply with(Map<String, String> further) {
        return new DemoReply(status, type, body, further);
    }
}
