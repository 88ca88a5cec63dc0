// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.BadRecord;
import dev.segue.event.CustomerProfile;
import dev.segue.serde.event.FieldTypes;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;

/** Customer profiles in Confluent's wire format. Safe for several threads. */
public final class ProfileCodec {
    private static final LogicalTypes.Decimal PRICE = LogicalTypes.decimal(18, FieldTypes.SCALE);

    private final OutputFormat<dev.segue.avro.CustomerProfile> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public ProfileCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.CustomerProfile.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(CustomerProfile profile) {
        return format.encode(record -> write(record, profile));
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a profile
     * @throws RegistryException if the registry is unavailable
     */
    public CustomerProfile decode(byte[] bytes) throws BadRecord {
        dev.segue.avro.CustomerProfile record = format.decode(bytes);
        List<CustomerProfile.Membership> memberships = new ArrayList<>();
        record.getMemberships()
                .forEach(
                        inner -> memberships.add(MembershipCodec.fromAvro(inner).membership()));
        dev.segue.avro.Totals totals = record.getTotals();
        return new CustomerProfile(
                record.getCustomerId(),
                record.getAsOf(),
                memberships,
                record.getCart().stream().map(ProfileCodec::fromAvro).toList(),
                AvroValues.fromAvro(record.getAttributes()),
                new CustomerProfile.Totals(totals.getEvents(), totals.getFirstEventAt(), totals.getLastEventAt()));
    }

    private static void write(RecordWriter record, CustomerProfile profile) throws IOException {
        record.text(profile.customerId());
        record.instant(profile.asOf());
        record.list(
                profile.memberships(),
                (same, membership) -> MembershipCodec.write(same, profile.customerId(), membership));
        record.list(profile.cart(), ProfileCodec::write);
        record.values(profile.attributes());
        CustomerProfile.Totals totals = profile.totals();
        record.whole(totals.events());
        record.instant(totals.firstEventAt());
        record.instant(totals.lastEventAt());
    }

    private static void write(RecordWriter record, CustomerProfile.CartLine line) throws IOException {
        record.text(line.productId());
        record.orNull(line.variant(), RecordWriter::text);
        record.orNull(line.sku(), RecordWriter::text);
        record.number(line.quantity());
        record.orNull(line.price(), (same, price) -> same.money(price, PRICE));
        record.instant(line.changedAt());
    }

    private static CustomerProfile.CartLine fromAvro(dev.segue.avro.CartLine line) {
        return new CustomerProfile.CartLine(
                line.getProductId(),
                line.getVariant(),
                line.getSku(),
                line.getQuantity(),
                line.getPrice(),
                line.getChangedAt());
    }
}
