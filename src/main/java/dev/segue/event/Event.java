// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.time.Instant;

/** One customer's action, or an action that affects one customer, at an instant. */
public final class Event {
    private final EventType type;
    private final String customerId;
    private final Fields fields;
    private final String eventId;
    private final long time;

    /**
     * @param customerId not blank
     * @param fields the values, of {@code type.record()}; {@code event_id} and {@code occurred_at} are set
     * @throws IllegalArgumentException if a required value is missing; the message names it
     */
    public Event(EventType type, String customerId, Fields fields) {
        if (customerId.isBlank()) {
            throw new IllegalArgumentException("the event has no customer");
        }
        if (!(fields.get(CommonFields.EVENT_ID) instanceof String id) || id.isEmpty()) {
            throw new IllegalArgumentException("the event has no event_id");
        }
        if (!(fields.get(CommonFields.OCCURRED_AT) instanceof Instant at)) {
            throw new IllegalArgumentException("the event has no occurred_at");
        }
        this.type = type;
        this.customerId = customerId;
        this.fields = fields;
        this.eventId = id;
        this.time = at.toEpochMilli();
    }

    /** Returns the same event of another customer, who is the same person. */
    public Event of(String customer) {
        return new Event(type, customer, fields);
    }

    public EventType type() {
        return type;
    }

    public String customerId() {
        return customerId;
    }

    public String eventId() {
        return eventId;
    }

    /** The event time, in milliseconds since the epoch. */
    public long time() {
        return time;
    }

    public Fields fields() {
        return fields;
    }

    @Override
    public String toString() {
        return customerId + " " + Instant.ofEpochMilli(time) + " " + fields;
    }
}
