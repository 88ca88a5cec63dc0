package dev.segue.serde;

import dev.segue.avro.Membership;
import dev.segue.event.CustomerProfile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Customer profiles in Confluent's wire format. Safe for several threads. */
public final class ProfileCodec {
    private final OutputFormat<dev.segue.avro.CustomerProfile> format;

    /** @param topic whose subject {@code <topic>-value} the schema is registered under */
    public ProfileCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.CustomerProfile.class);
    }

    /** @throws RegistryException where the schema cannot be registered */
    public byte[] encode(CustomerProfile profile) {
        List<Membership> memberships = profile.memberships().stream()
                .map(inner -> MembershipCodec.toAvro(new CustomerMembership(profile.customerId(), inner)))
                .toList();
        CustomerProfile.Totals totals = profile.totals();
        return format.encode(new dev.segue.avro.CustomerProfile(
                profile.customerId(),
                profile.asOf(),
                memberships,
                profile.cart().stream().map(ProfileCodec::toAvro).toList(),
                AvroValues.toAvro(profile.attributes()),
                new dev.segue.avro.Totals(
                        totals.events(),
                        totals.firstEventAt(),
                        totals.lastEventAt(),
                        totals.orders(),
                        money(totals.spent()))));
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord where it is something else
     * @throws RegistryException where the registry cannot be asked now
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
                new CustomerProfile.Totals(
                        totals.getEvents(),
                        totals.getFirstEventAt(),
                        totals.getLastEventAt(),
                        totals.getOrders(),
                        totals.getSpent()));
    }

    private static dev.segue.avro.CartLine toAvro(CustomerProfile.CartLine line) {
        @Nullable BigDecimal price = line.price();
        return new dev.segue.avro.CartLine(
                line.productId(), line.quantity(), price == null ? null : money(price), line.changedAt());
    }

    private static CustomerProfile.CartLine fromAvro(dev.segue.avro.CartLine line) {
        return new CustomerProfile.CartLine(
                line.getProductId(), line.getQuantity(), line.getPrice(), line.getChangedAt());
    }

    /** Money has four places; the profile's values are made of such money, so nothing is rounded. */
    private static BigDecimal money(BigDecimal amount) {
        return amount.setScale(FieldTypes.SCALE, RoundingMode.UNNECESSARY);
    }
}
