// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.Membership;
import dev.segue.event.BadRecord;
import dev.segue.event.CustomerProfile;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;

/** Memberships in Confluent's wire format. Safe for several threads. */
public final class MembershipCodec {
    private final OutputFormat<Membership> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public MembershipCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, Membership.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(CustomerMembership membership) {
        return format.encode(record -> write(record, membership.customerId(), membership.membership()));
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a membership
     * @throws RegistryException if the registry is unavailable
     */
    public CustomerMembership decode(byte[] bytes) throws BadRecord {
        return fromAvro(format.decode(bytes));
    }

    static void write(RecordWriter record, String customer, CustomerProfile.Membership membership) throws IOException {
        record.text(customer);
        record.text(membership.segment());
        record.orNull(membership.value(), RecordWriter::value);
        record.orNull(membership.group(), RecordWriter::text);
        record.instant(membership.enteredAt());
        record.text(membership.definitionVersion());
    }

    static CustomerMembership fromAvro(Membership record) {
        return new CustomerMembership(
                record.getCustomerId(),
                new CustomerProfile.Membership(
                        record.getSegment(),
                        AvroValues.fromAvroOrNull(record.getValue()),
                        record.getGroup(),
                        record.getEnteredAt(),
                        record.getDefinitionVersion()));
    }
}
