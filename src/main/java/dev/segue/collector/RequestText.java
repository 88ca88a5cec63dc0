// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * The text of a request's body. Its own bytes decide whether it is compressed: trackers label gzipped JSON as a form, and
 * JSON as plain text.
 */
final class RequestText {
    /** The longest body, in bytes, also after decompression. */
    static final int LONGEST = 500 * 1024;

    private RequestText() {}

    /** @throws RefusedRequest if it is too long, damaged, or not UTF-8 */
    static String of(byte[] body) throws RefusedRequest {
        byte[] plain = isGzip(body) ? inflated(body) : body;
        if (plain.length > LONGEST) {
            throw tooLong();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException notText) {
            throw RefusedRequest.malformed("the body is not UTF-8");
        }
    }

    static RefusedRequest tooLong() {
        return RefusedRequest.tooLarge("the body has more than " + LONGEST + " bytes; send several batches");
    }

    private static boolean isGzip(byte[] body) {
        return body.length >= 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b;
    }

    /** Stops at the limit, however much a few bytes would become. */
    private static byte[] inflated(byte[] body) throws RefusedRequest {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readNBytes(LONGEST + 1);
        } catch (IOException damaged) {
            throw RefusedRequest.malformed("the body is damaged gzip");
        }
    }
}
