// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.FieldType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Readers of scalar values; part of {@link ValueReaders}. */
final class ScalarReaders {
    private ScalarReaders() {}

    static ValueReader of(Schema writer, Scalar type, String path) throws BadRecord {
        ValueReader reader = switch (writer.getType()) {
            case BOOLEAN -> type == Scalar.BOOLEAN || type == Scalar.MIXED ? AvroBytes::readBoolean : null;
            case INT -> integer(type, true);
            case LONG -> type == Scalar.TIMESTAMP ? timestamp(writer, path) : integer(type, false);
            case FLOAT -> isNumber(type) ? in -> finite(in.readFloat(), path) : null;
            case DOUBLE -> isNumber(type) ? in -> finite(in.readDouble(), path) : null;
            case STRING -> isText(type) ? AvroBytes::readString : null;
            case ENUM -> isText(type) ? symbol(writer.getEnumSymbols()) : null;
            case BYTES -> bytes(writer, type, path);
            default -> null;
        };
        if (reader == null) {
            throw ValueReaders.incompatible(writer, type, path);
        }
        return reader;
    }

    private static boolean isNumber(Scalar type) {
        return type == Scalar.DOUBLE || type == Scalar.MIXED;
    }

    private static boolean isText(Scalar type) {
        return type == Scalar.STRING || type == Scalar.MIXED;
    }

    private static @Nullable ValueReader integer(Scalar type, boolean small) {
        return switch (type) {
            case INTEGER -> small ? in -> (long) in.readInt() : AvroBytes::readLong;
            case DOUBLE, MIXED -> in -> (double) in.readLong();
            default -> null;
        };
    }

    private static ValueReader timestamp(Schema writer, String path) {
        // A long without a logical type counts as milliseconds: some writers lose logical types.
        long perMilli = writer.getLogicalType() instanceof LogicalTypes.TimestampMicros ? 1000 : 1;
        if (path.equals("occurred_at")) {
            return in -> EventInstant.of(Math.floorDiv(in.readLong(), perMilli));
        }
        return in -> EventInstant.ofField(Math.floorDiv(in.readLong(), perMilli), path);
    }

    private static ValueReader symbol(List<String> symbols) {
        return in -> {
            int index = in.readInt();
            if (index < 0 || index >= symbols.size()) {
                throw AvroBytes.malformed("symbol " + index + " of an enum of " + symbols.size());
            }
            return symbols.get(index);
        };
    }

    private static @Nullable ValueReader bytes(Schema writer, Scalar type, String path) {
        if (type == Scalar.STRING && writer.getLogicalType() == null) {
            return AvroBytes::readString;
        }
        if (type == Scalar.DECIMAL && writer.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            int scale = decimal.getScale();
            return in -> decimal(in.readBytes(), scale, path);
        }
        return null;
    }

    private static BigDecimal decimal(byte[] unscaled, int scale, String path) throws BadRecord {
        if (unscaled.length == 0) {
            throw AvroBytes.malformed(path + " is a decimal without bytes");
        }
        if (unscaled.length <= Long.BYTES) {
            long value = unscaled[0];
            for (int i = 1; i < unscaled.length; i++) {
                value = (value << 8) | (unscaled[i] & 0xff);
            }
            return Numbers.money(BigDecimal.valueOf(value, scale), path);
        }
        if (unscaled.length > 32) {
            throw new BadRecord(Reason.WRONG_TYPE, path + " is a decimal of " + unscaled.length + " bytes");
        }
        return Numbers.money(new BigDecimal(new BigInteger(unscaled), scale), path);
    }

    private static Double finite(double value, String path) throws BadRecord {
        if (!Double.isFinite(value)) {
            throw LooseValues.wrong(path, "a number", value);
        }
        return value;
    }
}
