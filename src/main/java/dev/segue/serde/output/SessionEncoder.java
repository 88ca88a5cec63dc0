// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.CustomerSession;
import dev.segue.event.Session;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Encodes sessions in Confluent's wire format. Safe for several threads. */
public final class SessionEncoder {
    private final OutputFormat<CustomerSession> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public SessionEncoder(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, CustomerSession.class);
    }

    /**
     * @param number differs between two sessions of a customer that begin at the same time
     * @throws RegistryException if the schema cannot be registered
     */
    public byte[] encode(String customer, Session session, long number) {
        return format.encode(record -> write(record, customer, session, number));
    }

    private static void write(RecordWriter record, String customer, Session session, long number) throws IOException {
        String identity = customer + '|' + session.start() + '|' + number;
        record.text(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                .toString());
        record.text(customer);
        record.instant(Instant.ofEpochMilli(session.start()));
        record.instant(Instant.ofEpochMilli(session.last()));
        record.instant(Instant.ofEpochMilli(session.last()).plus(Session.SILENCE));
        record.whole(session.events());
        record.whole(session.views());
        record.orNull(session.landing(), (out, view) -> out.text(view.page()));
        record.orNull(session.exit(), (out, view) -> out.text(view.page()));
        record.flag(session.bounced());
        record.whole(session.orders());
        record.orNull(session.referrer(), RecordWriter::text);
    }
}
