// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that sender and receiver of webhooks share, as in Standard Webhooks 1.0.0. It is never printed. */
final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final SecretKeySpec key;

    private WebhookSecret(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * Reads {@code whsec_} and 24 to 64 bytes in Base64.
     *
     * @throws IllegalArgumentException if the text is not that; the message does not repeat it
     */
    static WebhookSecret read(String text) {
        String secret = text.strip();
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException("does not begin with " + PREFIX);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException malformed) {
            // The cause would repeat a character of the secret.
            bytes = new byte[0];
        }
        if (bytes.length < SHORTEST || bytes.length > LONGEST) {
            throw new IllegalArgumentException(
                    "must hold " + SHORTEST + " to " + LONGEST + " bytes in Base64 behind " + PREFIX);
        }
        return new WebhookSecret(bytes);
    }

    /**
     * The value of the header {@code webhook-signature}: one signature for each secret, so that a receiver that has either
     * of two accepts the request.
     *
     * @param timestamp in seconds since the epoch
     */
    static String sign(List<WebhookSecret> secrets, String id, long timestamp, String body) {
        byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(secret.mac(signed)))
                .collect(Collectors.joining(" "));
    }

    private byte[] mac(byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }

    @Override
    public String toString() {
        return "WebhookSecret[***]";
    }
}
