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
            return new Batch(List.of(new Message(members, body, "$", null)), null, text(members.get("writeKey")));
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
        private @Nullable List<Unshared> messages;
        private @Nullable String sentAt;
        private @Nullable String writeKey;
        private @Nullable SharedContext context;

        Reading(String body, JsonParser parser) {
            this.body = body;
            this.parser = parser;
        }

        void member(String name) throws IOException, MalformedBody {
            switch (name) {
                case "batch" -> messages = messages();
                case "sentAt" -> sentAt = text(ForeignJson.value(parser));
                case "writeKey" -> writeKey = text(ForeignJson.value(parser));
                case "context" -> context = context();
                default -> parser.skipChildren();
            }
        }

        /** A message before the batch's context is known, which may follow the messages. */
        private record Unshared(@Nullable JsonObject members, String json) {}

        private @Nullable SharedContext context() throws IOException, MalformedBody {
            int start = start();
            if (!(ForeignJson.value(parser) instanceof JsonObject members)) {
                return null;
            }
            SharedContext read = new SharedContext(members, body.substring(start, end()));
            if (read.bytes() > Message.LONGEST) {
                throw new MalformedBody(
                        "$.context has " + read.bytes() + " bytes; at most " + Message.LONGEST + " are allowed", true);
            }
            return read;
        }

        private int start() {
            return (int) parser.currentTokenLocation().getCharOffset();
        }

        private int end() throws IOException {
            // The text of a number or a word is read to its end only when it is asked for.
            String unused = parser.getText();
            return (int) parser.currentLocation().getCharOffset();
        }

        private List<Unshared> messages() throws IOException, MalformedBody {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new MalformedBody("$.batch must be a list of messages", false);
            }
            List<Unshared> read = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (read.size() == Batch.MOST_MESSAGES) {
                    throw new MalformedBody(
                            "$.batch has more than " + Batch.MOST_MESSAGES + " messages; send several batches", true);
                }
                int start = start();
                JsonObject members = ForeignJson.value(parser) instanceof JsonObject object ? object : null;
                read.add(new Unshared(members, body.substring(start, end())));
            }
            return read;
        }

        Batch batch() throws MalformedBody {
            if (messages == null) {
                throw new MalformedBody("the body has no list $.batch", false);
            }
            requireSmall(messages.size());
            List<Message> shared = new ArrayList<>(messages.size());
            for (Unshared message : messages) {
                shared.add(new Message(message.members(), message.json(), "$.batch[" + shared.size() + "]", context));
            }
            return new Batch(shared, sentAt, writeKey);
        }

        /** Each message is mapped with the context, and kept with it if it is a dead letter. */
        private void requireSmall(int count) throws MalformedBody {
            if (context != null && (long) context.bytes() * count > SharedContext.LONGEST_OF_ALL) {
                throw new MalformedBody(
                        "$.context has " + context.bytes() + " bytes for each of " + count + " messages; at most "
                                + SharedContext.LONGEST_OF_ALL + " in all are allowed; send several batches",
                        true);
            }
        }
    }
}
