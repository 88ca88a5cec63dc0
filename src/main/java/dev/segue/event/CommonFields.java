// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import static dev.segue.event.FieldType.Scalar.STRING;
import static dev.segue.event.FieldType.Scalar.TIMESTAMP;

import java.util.List;

/** The fields of every event, in slot order. */
public final class CommonFields {
    /** The customer's device; each part is free text as the shop sends it. */
    public static final RecordType DEVICE = new RecordType(
            "Device",
            List.of(
                    new Field("type", STRING, "Kind of device, such as mobile, tablet or desktop."),
                    new Field("os", STRING, "Operating system, such as ios, android, macos or windows."),
                    new Field("browser", STRING, "Browser or app that sent the event.")));

    static final List<Field> FIELDS = List.of(
            new Field("event_id", STRING, "Identifies the event; a repeated id marks a duplicate."),
            new Field("occurred_at", TIMESTAMP, "When it happened, in milliseconds since 1970-01-01T00:00:00Z."),
            new Field("anonymous_id", STRING, "Browser or device id from before the customer was known."),
            new Field("session_id", STRING, "The visit that the event belongs to."),
            new Field("channel", STRING, "Where it happened: web, app, store, phone or chat."),
            new Field("device", new FieldType.Nested(DEVICE), "The device that was used."),
            new Field("referrer", STRING, "Where the customer came from: a URL or a campaign's name."),
            new Field("country", STRING, "ISO 3166-1 alpha-2 code of the country."),
            new Field("city", STRING, "Name of the city."),
            new Field("timezone", STRING, "IANA time zone of the customer, such as Europe/Berlin."));

    /** The names of {@link #FIELDS}, in slot order. */
    public static final List<String> NAMES = FIELDS.stream().map(Field::name).toList();

    public static final int EVENT_ID = NAMES.indexOf("event_id");
    public static final int OCCURRED_AT = NAMES.indexOf("occurred_at");
    public static final int ANONYMOUS_ID = NAMES.indexOf("anonymous_id");
    public static final int TIMEZONE = NAMES.indexOf("timezone");

    private CommonFields() {}
}
