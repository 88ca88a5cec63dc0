// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.Membership;
import dev.segue.event.CustomerProfile;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;

/** Encodes memberships in Confluent's wire format. Safe for several threads. */
public final class MembershipEncoder {
    private final OutputFormat<Membership> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public MembershipEncoder(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, Membership.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(String customer, CustomerProfile.Membership membership) {
        return format.encode(record -> write(record, customer, membership));
    }

    static void write(RecordWriter record, String customer, CustomerProfile.Membership membership) throws IOException {
        record.text(customer);
        record.text(membership.segment());
        record.orNull(membership.value(), RecordWriter::value);
        record.orNull(membership.group(), RecordWriter::text);
        record.instant(membership.enteredAt());
        record.text(membership.definitionVersion());
    }
}
