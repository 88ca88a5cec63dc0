// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Confluent's wire format: byte 0, the schema's id in four bytes, Avro's binary form. */
public final class WireFormat {
    public static final int HEADER = 5;

    /** Of UTF-8; some editors and libraries on Windows write it. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private WireFormat() {}

    /** @throws BadRecord NOT_AVRO_FRAMED */
    public static int schemaId(byte[] bytes) throws BadRecord {
        if (isJson(bytes)) {
            throw new BadRecord(Reason.NOT_AVRO_FRAMED, "the record looks like JSON: see docs/connect.md");
        }
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

    /** Returns true if the first non-blank character opens a JSON object or list. A framed record begins with 0. */
    private static boolean isJson(byte[] bytes) {
        int first = startsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        while (first < bytes.length && " \t\r\n".indexOf(bytes[first]) >= 0) {
            first++;
        }
        return first < bytes.length && (bytes[first] == '{' || bytes[first] == '[');
    }

    private static boolean startsWithByteOrderMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    public static void writeHeader(int schemaId, ByteArrayOutputStream out) {
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    }
}
