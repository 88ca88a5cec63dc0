// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.CustomerProfile;
import dev.segue.serde.event.FieldTypes;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import org.apache.avro.LogicalTypes;

/** Encodes customer profiles in Confluent's wire format. Safe for several threads. */
public final class ProfileEncoder {
    private static final LogicalTypes.Decimal PRICE = LogicalTypes.decimal(18, FieldTypes.SCALE);

    private final OutputFormat<dev.segue.avro.CustomerProfile> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public ProfileEncoder(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.CustomerProfile.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(CustomerProfile profile) {
        return format.encode(record -> write(record, profile));
    }

    private static void write(RecordWriter record, CustomerProfile profile) throws IOException {
        record.text(profile.customerId());
        record.instant(profile.asOf());
        record.list(
                profile.memberships(),
                (same, membership) -> MembershipEncoder.write(same, profile.customerId(), membership));
        record.list(profile.cart(), ProfileEncoder::write);
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
}
