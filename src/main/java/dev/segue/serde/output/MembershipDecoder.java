// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.Membership;
import dev.segue.event.BadRecord;
import dev.segue.event.CustomerProfile;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;

/** Reads the memberships that {@link MembershipEncoder} writes. Safe for several threads. */
public final class MembershipDecoder {
    private final OutputFormat<Membership> format;

    /** @param topic that is read */
    public MembershipDecoder(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, Membership.class);
    }

    /**
     * Decodes one record's value; the customer is in its key.
     *
     * @throws BadRecord if the value is not a membership
     * @throws RegistryException if the registry is unavailable
     */
    public CustomerProfile.Membership decode(byte[] bytes) throws BadRecord {
        Membership record = format.decode(bytes);
        return new CustomerProfile.Membership(
                record.getSegment(),
                AvroValues.fromAvroOrNull(record.getValue()),
                record.getGroup(),
                record.getEnteredAt(),
                record.getDefinitionVersion());
    }
}
