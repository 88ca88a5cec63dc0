// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.replay.file.JsonObject;

/**
 * The {@code context} of a batch. It applies to every message that does not say otherwise, and is kept once: copies of it
 * would be thousands of times as large as the request.
 *
 * @param members its members
 * @param json its text in the request
 */
public record SharedContext(JsonObject members, String json) {
    /** The most bytes of all messages of a batch if each had its own copy. */
    static final long LONGEST_OF_ALL = 8L << 20;

    /** The size in bytes of UTF-8. */
    int bytes() {
        return Message.bytes(json);
    }

    /** The context of one message with this one behind it. */
    JsonObject behind(JsonObject own) {
        JsonObject both = new JsonObject();
        both.putAll(own);
        own.nulls().forEach(both::addNull);
        members.forEach(both::putIfAbsent);
        return both;
    }
}
