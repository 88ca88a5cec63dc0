// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import java.nio.charset.StandardCharsets;

/**
 * The share of customers who are not written to, to measure what writing to the others changes.
 *
 * @param share in hundredths of a percent, 0 to 5,000
 */
public record Holdout(int share) {
    public static final Holdout NONE = new Holdout(0);

    private static final int WHOLE = 10_000;

    /**
     * Returns whether a customer is held out: always the same answer, and independent of other salts.
     *
     * @param salt the trigger's name
     */
    public boolean holdsOut(String salt, String customerId) {
        byte[] hash = Hashing.sha256()
                .newHasher()
                .putString(salt, StandardCharsets.UTF_8)
                .putByte((byte) 0)
                .putString(customerId, StandardCharsets.UTF_8)
                .hash()
                .asBytes();
        return Long.remainderUnsigned(Longs.fromByteArray(hash), WHOLE) < share;
    }
}
