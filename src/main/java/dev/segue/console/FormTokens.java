// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * Tokens in forms, without which no POST is accepted: another site can make a browser send a form, but cannot read one. Each page
 * has another token, so that compression reveals nothing of it. They are valid until the console ends.
 */
final class FormTokens {
    /** The hidden field's name. */
    static final String FIELD = "form_token";
    /** The header's name, for scripts. */
    static final String HEADER = "X-Form-Token";

    private static final int BYTES = 16;
    private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();

    private final SecureRandom random = new SecureRandom();
    private final HashFunction sign;

    FormTokens() {
        byte[] secret = new byte[2 * BYTES];
        random.nextBytes(secret);
        sign = Hashing.hmacSha256(secret);
    }

    String of(Viewer viewer) {
        byte[] nonce = new byte[BYTES];
        random.nextBytes(nonce);
        String text = HEX.encode(nonce);
        return text + signature(text, viewer);
    }

    boolean isValid(String token, Viewer viewer) {
        if (token.length() < 2 * BYTES) {
            return false;
        }
        String nonce = token.substring(0, 2 * BYTES);
        return MessageDigest.isEqual(
                (nonce + signature(nonce, viewer)).getBytes(StandardCharsets.UTF_8),
                token.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String nonce, Viewer viewer) {
        return sign.hashString(nonce + viewer.session(), StandardCharsets.UTF_8).toString();
    }
}
