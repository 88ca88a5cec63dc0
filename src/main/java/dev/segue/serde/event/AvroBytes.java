// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import java.nio.charset.StandardCharsets;

/**
 * Reads Avro's binary primitives from an array. Avro's own decoder copies every string twice and cannot reliably
 * distinguish a truncated record from a malformed one. This decoder checks each length against the remaining bytes
 * before it allocates.
 */
final class AvroBytes {
    private final byte[] bytes;
    private int position;
    private int elements;

    AvroBytes(byte[] bytes, int start) {
        this.bytes = bytes;
        this.position = start;
    }

    int remaining() {
        return bytes.length - position;
    }

    boolean readBoolean() throws BadRecord {
        int value = readByte();
        if (value != 0 && value != 1) {
            throw malformed("a boolean is " + value);
        }
        return value == 1;
    }

    int readInt() throws BadRecord {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("an int is " + value);
        }
        return (int) value;
    }

    /** A zig-zag varint of at most ten bytes. */
    long readLong() throws BadRecord {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                if (shift == 63 && next > 1) {
                    throw malformed("a number has more than 64 bits");
                }
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw malformed("a number has more than ten bytes");
    }

    float readFloat() throws BadRecord {
        return Float.intBitsToFloat((int) readFixed(Float.BYTES));
    }

    double readDouble() throws BadRecord {
        return Double.longBitsToDouble(readFixed(Double.BYTES));
    }

    String readString() throws BadRecord {
        int length = readLength();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    byte[] readBytes() throws BadRecord {
        int length = readLength();
        byte[] part = new byte[length];
        System.arraycopy(bytes, position, part, 0, length);
        position += length;
        return part;
    }

    void skip(long count) throws BadRecord {
        if (count < 0) {
            throw malformed("a length is " + count);
        }
        if (count > remaining()) {
            throw truncated(count);
        }
        position += (int) count;
    }

    void skipBytes() throws BadRecord {
        int length = readLength();
        position += length;
    }

    /**
     * The number of elements in the next block of a list or map; 0 ends it. All elements of one record are counted
     * together, because elements without bytes (empty records) would cost an attacker nothing.
     */
    int readBlock() throws BadRecord {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = count == Long.MIN_VALUE ? Long.MAX_VALUE : -count;
        }
        if (count > EventLimits.ELEMENTS - elements) {
            throw new BadRecord(
                    Reason.TOO_LARGE,
                    "the event has more than " + EventLimits.ELEMENTS + " elements in lists and maps");
        }
        elements += (int) count;
        return (int) count;
    }

    static BadRecord malformed(String what) {
        return new BadRecord(Reason.MALFORMED, "the record is malformed: " + what);
    }

    private int readByte() throws BadRecord {
        if (position >= bytes.length) {
            throw truncated(1);
        }
        return bytes[position++] & 0xff;
    }

    private long readFixed(int count) throws BadRecord {
        if (remaining() < count) {
            throw truncated(count);
        }
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[position + i] & 0xff);
        }
        position += count;
        return value;
    }

    private int readLength() throws BadRecord {
        long length = readLong();
        if (length < 0) {
            throw malformed("a length is " + length);
        }
        if (length > remaining()) {
            throw truncated(length);
        }
        return (int) length;
    }

    private BadRecord truncated(long wanted) {
        return new BadRecord(
                Reason.TRUNCATED,
                "the record ends too early: " + wanted + " bytes are needed at byte " + position + " of "
                        + bytes.length);
    }
}
