// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.CustomerSession;
import dev.segue.avro.Membership;
import dev.segue.event.BadRecord;
import dev.segue.event.CustomerProfile;
import dev.segue.serde.registry.SchemaRegistry;

/** Reads memberships, profiles and sessions, which Segue itself only writes. */
public final class OutputReader {
    private final OutputFormat<Membership> memberships;
    private final OutputFormat<dev.segue.avro.CustomerProfile> profiles;
    private final OutputFormat<CustomerSession> sessions;

    public OutputReader(SchemaRegistry registry) {
        memberships = new OutputFormat<>(registry, "segment-memberships", Membership.class);
        profiles = new OutputFormat<>(registry, "customer-profiles", dev.segue.avro.CustomerProfile.class);
        sessions = new OutputFormat<>(registry, "customer-sessions", CustomerSession.class);
    }

    public CustomerSession session(byte[] bytes) throws BadRecord {
        return sessions.decode(bytes);
    }

    /** A record of the topic of memberships. */
    public record CustomerMembership(String customerId, CustomerProfile.Membership membership) {}

    public CustomerMembership membership(byte[] bytes) throws BadRecord {
        Membership record = memberships.decode(bytes);
        return new CustomerMembership(record.getCustomerId(), plain(record));
    }

    public CustomerProfile profile(byte[] bytes) throws BadRecord {
        dev.segue.avro.CustomerProfile record = profiles.decode(bytes);
        dev.segue.avro.Totals totals = record.getTotals();
        return new CustomerProfile(
                record.getCustomerId(),
                record.getAsOf(),
                record.getMemberships().stream().map(OutputReader::plain).toList(),
                record.getCart().stream().map(OutputReader::plain).toList(),
                AvroValues.fromAvro(record.getAttributes()),
                new CustomerProfile.Totals(totals.getEvents(), totals.getFirstEventAt(), totals.getLastEventAt()));
    }

    private static CustomerProfile.Membership plain(Membership record) {
        return new CustomerProfile.Membership(
                record.getSegment(),
                AvroValues.fromAvroOrNull(record.getValue()),
                record.getGroup(),
                record.getEnteredAt(),
                record.getDefinitionVersion());
    }

    private static CustomerProfile.CartLine plain(dev.segue.avro.CartLine line) {
        return new CustomerProfile.CartLine(
                line.getProductId(),
                line.getVariant(),
                line.getSku(),
                line.getQuantity(),
                line.getPrice(),
                line.getChangedAt());
    }
}
