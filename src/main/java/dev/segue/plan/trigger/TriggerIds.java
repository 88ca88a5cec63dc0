// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.trigger;

import com.google.common.hash.Hashing;
import dev.segue.event.TriggerDecision;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Computes the ids of activations and decisions: replaying the same log gives the same ids. */
public final class TriggerIds {
    private TriggerIds() {}

    /** @param changeId the change that begins the activation */
    public static String activation(String customerId, String trigger, String changeId) {
        return hash(customerId + '\n' + trigger + '\n' + changeId);
    }

    /**
     * @param now when it is decided, in milliseconds since the epoch
     * @param until when time alone changes the decision, in milliseconds since the epoch
     */
    public static String decision(String activation, TriggerDecision.Kind kind, long now, long until) {
        return hash(activation + '\n' + kind + '\n' + now + '\n' + until);
    }

    private static String hash(String text) {
        byte[] hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
        return HexFormat.of().formatHex(hash, 0, 16);
    }
}
