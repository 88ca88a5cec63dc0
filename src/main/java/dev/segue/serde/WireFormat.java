package dev.segue.serde;

import dev.segue.serde.BadRecord.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Confluent's wire format: byte 0, the schema's id in four bytes, Avro's binary form. */
final class WireFormat {
    static final int HEADER = 5;

    private WireFormat() {}

    /** @throws BadRecord NOT_AVRO_FRAMED */
    static int schemaId(byte[] bytes) throws BadRecord {
        if (bytes.length < HEADER) {
            throw new BadRecord(
                    Reason.NOT_AVRO_FRAMED,
                    "the record has " + bytes.length + " bytes; Confluent's wire format begins with five");
        }
        if (bytes[0] != 0) {
            throw new BadRecord(
                    Reason.NOT_AVRO_FRAMED,
                    "the record begins with byte " + (bytes[0] & 0xff) + "; Confluent's wire format begins with 0");
        }
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    static void writeHeader(int schemaId, ByteArrayOutputStream out) {
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    }
}
