// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.segue.replay.file.ForeignJson;
import dev.segue.replay.file.JsonObject;
import dev.segue.serde.event.JsonLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a message besides its own text. With it, the message becomes the same events later, after the mapping
 * was corrected.
 *
 * @param sender the name of the write key
 * @param origin of its profile data; null if it is not known
 * @param receivedAt our clock at its receipt
 * @param sentAt the sender's clock, from the message or its batch; null if unknown
 * @param messageId the id of its events, if the message has none of its own
 * @param type of the message, if the message does not say; empty if unknown
 * @param mayMerge true if an {@code alias} of the sender merges two customers for good
 */
public record Envelope(
        String sender,
        @Nullable String origin,
        Instant receivedAt,
        @Nullable String sentAt,
        String messageId,
        String type,
        boolean mayMerge) {

    /** The bytes of a dead letter: this envelope with the message's own text as {@code message}. */
    public byte[] seal(Message message) {
        return JsonLines.write(json -> {
                    json.writeStartObject();
                    json.writeStringField("sender", sender);
                    json.writeStringField("received_at", receivedAt.toString());
                    json.writeStringField("message_id", messageId);
                    json.writeStringField("type", type);
                    if (origin != null) {
                        json.writeStringField("origin", origin);
                    }
                    if (sentAt != null) {
                        json.writeStringField("sent_at", sentAt);
                    }
                    if (mayMerge) {
                        json.writeBooleanField("may_merge", true);
                    }
                    if (message.shared() != null) {
                        json.writeFieldName("context");
                        json.writeRawValue(message.shared().json());
                    }
                    json.writeFieldName("message");
                    json.writeRawValue(message.json());
                    json.writeEndObject();
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    /** An envelope and the message in it. */
    public record Opened(Envelope envelope, Message message) {}

    /** Opens the bytes of a dead letter; empty if they are not of {@link #seal}, or were cut. */
    public static Optional<Opened> open(byte[] sealed) {
        String text = new String(sealed, StandardCharsets.UTF_8);
        try (JsonParser parser = ForeignJson.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            JsonObject parts = new JsonObject();
            JsonObject members = null;
            String json = null;
            SharedContext context = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                Object value = ForeignJson.value(parser);
                int end = (int) parser.currentLocation().getCharOffset();
                if (name.equals("message")) {
                    members = value instanceof JsonObject object ? object : null;
                    json = text.substring(start, end);
                } else if (name.equals("context") && value instanceof JsonObject shared) {
                    context = new SharedContext(shared, text.substring(start, end));
                } else if (value != null) {
                    parts.put(name, value);
                }
            }
            return json == null
                    ? Optional.empty()
                    : Optional.of(new Opened(of(parts), new Message(members, json, "$", context)));
        } catch (IOException | DateTimeException foreign) {
            return Optional.empty();
        }
    }

    private static Envelope of(JsonObject parts) {
        return new Envelope(
                text(parts, "sender"),
                parts.get("origin") instanceof String origin ? origin : null,
                Instant.parse(text(parts, "received_at")),
                parts.get("sent_at") instanceof String sent ? sent : null,
                text(parts, "message_id"),
                text(parts, "type"),
                Boolean.TRUE.equals(parts.get("may_merge")));
    }

    private static String text(JsonObject parts, String name) {
        return parts.get(name) instanceof String text ? text : "";
    }
}
