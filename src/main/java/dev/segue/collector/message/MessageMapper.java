// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.config.LimitSettings;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.replay.file.JsonObject;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import dev.segue.replay.mapping.InvalidMapping;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingReader;
import dev.segue.replay.mapping.RowEvents;
import dev.segue.replay.mapping.TrackerIds;
import dev.segue.replay.mapping.TrackerLinks;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.EventLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Maps messages of trackers to events. Safe for several threads. */
public final class MessageMapper {
    /** The kinds of message that trackers send. */
    public static final Set<String> TYPES = Set.of("identify", "track", "page", "screen", "group", "alias");

    private final Mapping mapping;
    private final RowEvents rows;
    private final TrackerLinks links;
    private final LimitSettings limits;
    private final Acceptance acceptance;

    public MessageMapper(Mapping mapping, Vocabulary vocabulary, LimitSettings limits) {
        this.mapping = mapping;
        this.rows = new RowEvents(mapping);
        this.links = new TrackerLinks(vocabulary);
        this.limits = limits;
        this.acceptance = new Acceptance(limits);
    }

    /**
     * Reads the mapping of messages.
     *
     * @throws InvalidMapping with every problem of the file
     * @throws IllegalArgumentException if the mapping is not for single messages
     */
    public static MessageMapper read(Path file, Vocabulary vocabulary, LimitSettings limits)
            throws IOException, InvalidMapping {
        Mapping mapping = new MappingReader(vocabulary).read(file.toString(), Files.readString(file));
        return new MessageMapper(mapping, vocabulary, limits);
    }

    /**
     * The events of one message.
     *
     * @throws BadMessage if it cannot become events: all of it is rejected then
     */
    public MappedMessage map(Message message, Envelope envelope) throws BadMessage {
        String path = message.path();
        JsonObject members = message.members();
        if (members == null) {
            throw new BadMessage(Reason.MALFORMED, "the message is not a JSON object", path);
        }
        if (message.bytes() > Message.LONGEST) {
            String with = message.shared() == null ? "" : " with the context of its batch";
            throw new BadMessage(
                    Reason.TOO_LARGE,
                    "the message has " + message.bytes() + " bytes" + with + "; at most " + Message.LONGEST
                            + " are allowed",
                    path);
        }
        String type = type(members, envelope, path);
        TrackerIds ids = MessageIds.of(members, limits.refusedIds(), path);
        requireCustomer(ids, path);
        String messageId = messageId(members, envelope, path);
        Instant time = time(members, envelope, path);
        RowEvents.Mapped mapped = mapped(row(message, members, type, ids, messageId, time, envelope), path);
        try {
            List<Event> events = new ArrayList<>(links.of(type, ids, messageId, time, envelope.mayMerge()));
            events.addAll(mapped.events());
            for (Event event : events) {
                acceptance.require(event);
            }
            return new MappedMessage(events, events.isEmpty() ? mapped.ignored() : null, mapped.dropped());
        } catch (BadRecord bad) {
            throw BadMessage.of(bad, path);
        }
    }

    /** The customer of a message that cannot be mapped; null if it has none that can be read. */
    public @Nullable String customerOf(Message message) {
        try {
            JsonObject members = message.members();
            String id = members == null
                    ? null
                    : MessageIds.of(members, limits.refusedIds(), "$").customer();
            return id == null || id.length() > limits.customerIdBytes() ? null : id;
        } catch (BadMessage noId) {
            return null;
        }
    }

    private static String type(JsonObject members, Envelope envelope, String path) throws BadMessage {
        Object stated = members.get("type");
        String type = stated == null ? envelope.type() : stated.toString();
        if (!TYPES.contains(type)) {
            throw new BadMessage(
                    Reason.UNKNOWN_EVENT_TYPE,
                    stated == null
                            ? "the message has no type"
                            : "type must be one of identify, track, page, screen, group and alias",
                    path + ".type");
        }
        return type;
    }

    private void requireCustomer(TrackerIds ids, String path) throws BadMessage {
        String customer = ids.customer();
        if (customer == null) {
            throw new BadMessage(
                    Reason.MISSING_CUSTOMER, "the message has neither a userId nor an anonymousId", path + ".userId");
        }
        requireShort(customer, path + (ids.user() == null ? ".anonymousId" : ".userId"));
        requireShort(ids.anonymous(), path + ".anonymousId");
        requireShort(ids.previous(), path + ".previousId");
    }

    private void requireShort(@Nullable String id, String path) throws BadMessage {
        if (id != null && id.getBytes(StandardCharsets.UTF_8).length > limits.customerIdBytes()) {
            throw new BadMessage(
                    Reason.MISSING_CUSTOMER,
                    "the id has more than " + limits.customerIdBytes() + " bytes (limits.customer_id_bytes)",
                    path);
        }
    }

    private static String messageId(JsonObject members, Envelope envelope, String path) throws BadMessage {
        Object stated = members.get("messageId");
        if (stated instanceof String || stated instanceof Number) {
            String id = stated.toString().strip();
            // Room for the suffixes of several events.
            if (id.length() > EventLimits.ID - 16) {
                throw new BadMessage(
                        Reason.TOO_LARGE, "messageId has " + id.length() + " characters", path + ".messageId");
            }
            if (!id.isEmpty()) {
                return id;
            }
        }
        return envelope.messageId().isEmpty() ? UUID.randomUUID().toString() : envelope.messageId();
    }

    private static Instant time(JsonObject members, Envelope envelope, String path) throws BadMessage {
        String name = members.get("timestamp") == null ? "originalTimestamp" : "timestamp";
        Object stated = members.get(name);
        Object sentAt = members.get("sentAt");
        try {
            return MessageTime.of(
                    stated == null ? null : stated.toString(),
                    sentAt == null ? envelope.sentAt() : sentAt.toString(),
                    envelope.receivedAt());
        } catch (RefusedRow noTime) {
            throw new BadMessage(Reason.IMPOSSIBLE_TIME, noTime.reason() + ": " + noTime.detail(), path + "." + name);
        }
    }

    private static JsonObject row(
            Message message,
            JsonObject members,
            String type,
            TrackerIds ids,
            String messageId,
            Instant time,
            Envelope envelope) {
        JsonObject row = new JsonObject();
        row.putAll(members);
        members.nulls().forEach(row::addNull);
        Object context = message.context();
        if (context != null) {
            row.put("context", context);
        }
        row.put("type", type);
        row.put("messageId", messageId);
        row.put("timestamp", time.toString());
        set(row, "userId", ids.user());
        set(row, "anonymousId", ids.anonymous());
        set(row, "previousId", ids.previous());
        // The write key decides, not the sender.
        set(row, "origin", envelope.origin());
        return row;
    }

    private static void set(JsonObject row, String name, @Nullable String value) {
        if (value == null) {
            row.remove(name);
        } else {
            row.put(name, value);
        }
    }

    private RowEvents.Mapped mapped(JsonObject members, String path) throws BadMessage {
        try {
            return rows.of(Row.of(mapping.columns(), members, 1));
        } catch (RefusedRow refused) {
            boolean noRule = refused.reason().equals(Mapping.NO_RULE);
            String detail = refused.detail().isEmpty() ? refused.reason() : refused.reason() + ": " + refused.detail();
            throw new BadMessage(
                    noRule ? Reason.UNKNOWN_EVENT_TYPE : Reason.WRONG_TYPE,
                    detail,
                    refused.path().isEmpty() ? path : path + "." + refused.path());
        }
    }
}
