// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.segue.replay.file.ForeignJson;
import dev.segue.replay.file.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request: one message, or a batch of them. Keeps each message's text as it was sent. */
public final class BatchReader {
    private BatchReader() {}

    /**
     * A body that is one message.
     *
     * @throws MalformedBody if it is not one JSON object
     */
    public static Batch single(String body) throws MalformedBody {
        try (JsonParser parser = ForeignJson.parser(body)) {
            requireObject(parser);
            JsonObject members = ForeignJson.object(parser);
            requireEnd(parser);
            return new Batch(List.of(new Message(members, body, "$")), null, text(members.get("writeKey")));
        } catch (IOException malformed) {
            throw notJson();
        }
    }

    /**
     * A body with the messages under {@code batch}.
     *
     * @throws MalformedBody if it is not a JSON object with such a list, or the list is too long
     */
    public static Batch batch(String body) throws MalformedBody {
        try (JsonParser parser = ForeignJson.parser(body)) {
            requireObject(parser);
            Reading reading = new Reading(body, parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                reading.member(name);
            }
            requireEnd(parser);
            return reading.batch();
        } catch (IOException malformed) {
            throw notJson();
        }
    }

    private static void requireObject(JsonParser parser) throws IOException, MalformedBody {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedBody("the body must be a JSON object", false);
        }
    }

    private static void requireEnd(JsonParser parser) throws IOException, MalformedBody {
        if (parser.nextToken() != null) {
            throw new MalformedBody("the body has more than one JSON object", false);
        }
    }

    private static MalformedBody notJson() {
        return new MalformedBody("the body is not JSON, or is cut off", false);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /** What was read of a batch so far. */
    private static final class Reading {
        private final String body;
        private final JsonParser parser;
        private @Nullable List<Message> messages;
        private @Nullable String sentAt;
        private @Nullable String writeKey;
        private @Nullable JsonObject context;

        Reading(String body, JsonParser parser) {
            this.body = body;
            this.parser = parser;
        }

        void member(String name) throws IOException, MalformedBody {
            switch (name) {
                case "batch" -> messages = messages();
                case "sentAt" -> sentAt = text(ForeignJson.value(parser));
                case "writeKey" -> writeKey = text(ForeignJson.value(parser));
                case "context" -> context = ForeignJson.value(parser) instanceof JsonObject object ? object : null;
                default -> parser.skipChildren();
            }
        }

        private List<Message> messages() throws IOException, MalformedBody {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new MalformedBody("$.batch must be a list of messages", false);
            }
            List<Message> read = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (read.size() == Batch.MOST_MESSAGES) {
                    throw new MalformedBody(
                            "$.batch has more than " + Batch.MOST_MESSAGES + " messages; send several batches", true);
                }
                int start = (int) parser.currentTokenLocation().getCharOffset();
                Object value = ForeignJson.value(parser);
                // The text of a number or a word is read to its end only when it is asked for.
                String unused = parser.getText();
                int end = (int) parser.currentLocation().getCharOffset();
                read.add(new Message(
                        value instanceof JsonObject members ? members : null,
                        body.substring(start, end),
                        "$.batch[" + read.size() + "]"));
            }
            return read;
        }

        Batch batch() throws MalformedBody {
            if (messages == null) {
                throw new MalformedBody("the body has no list $.batch", false);
            }
            JsonObject shared = context;
            if (shared != null) {
                messages.forEach(message -> share(shared, message.members()));
            }
            return new Batch(messages, sentAt, writeKey);
        }

        /** The batch's context applies to every message that does not say otherwise. */
        private static void share(JsonObject context, @Nullable JsonObject message) {
            if (message == null) {
                return;
            }
            Object own = message.get("context");
            if (own instanceof JsonObject members) {
                context.forEach(members::putIfAbsent);
            } else if (own == null) {
                message.put("context", context);
            }
        }
    }
}
