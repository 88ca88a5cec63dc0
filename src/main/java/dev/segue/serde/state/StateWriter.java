// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.value.Bucket;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a stored state compactly: variable-length integers, and each text once. */
final class StateWriter {
    /** A long takes at most this many bytes of seven bits each. */
    private static final int LONGEST = 10;

    private static final int ROOM = 4096;

    /**
     * A state has a dozen separately encoded parts; a buffer for each was a quarter of all memory that an event
     * allocated.
     */
    private static final ThreadLocal<StateWriter> OF_THREAD = ThreadLocal.withInitial(StateWriter::new);

    // Not a ByteArrayOutputStream, which takes a lock for each byte; see docs/performance.md.
    private byte[] bytes = new byte[ROOM];
    private int size;
    private TextNumbers texts = new TextNumbers();

    private StateWriter() {}

    /**
     * Returns the bytes of one part, which depend on nothing else. Calls may be nested.
     *
     * @param what writes the part; must not keep the writer
     */
    static byte[] whole(Consumer<StateWriter> what) {
        StateWriter out = OF_THREAD.get();
        int begin = out.size;
        TextNumbers outside = out.texts;
        out.texts = new TextNumbers();
        try {
            what.accept(out);
            return Arrays.copyOfRange(out.bytes, begin, out.size);
        } finally {
            out.size = begin;
            out.texts = outside;
        }
    }

    void oneByte(int value) {
        makeRoom(1);
        bytes[size++] = (byte) value;
    }

    private void makeRoom(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    private void allBytes(byte[] all) {
        makeRoom(all.length);
        System.arraycopy(all, 0, bytes, size, all.length);
        size += all.length;
    }

    /** Writes bytes that were encoded separately. */
    void chunk(byte[] chunk) {
        unsigned(chunk.length);
        allBytes(chunk);
    }

    void fixedInt(int value) {
        fixed(value, Integer.BYTES);
    }

    void fixedLong(long value) {
        fixed(value, Long.BYTES);
    }

    /** Writes the lowest bytes of a number, highest first. */
    private void fixed(long value, int length) {
        makeRoom(length);
        for (int shift = (length - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Writes one byte for 0, nine bytes otherwise. */
    void fixedOrNothing(long value) {
        oneByte(value == 0 ? 0 : 1);
        if (value != 0) {
            fixedLong(value);
        }
    }

    /** Writes the low 48 bits. */
    void sixBytes(long value) {
        fixed(value, 6);
    }

    /** Seven bits a byte, lowest first; small non-negative numbers are short. */
    void unsigned(long value) {
        makeRoom(LONGEST);
        // Local variables, because fields would be written back for each byte.
        byte[] into = bytes;
        int at = size;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            into[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        into[at++] = (byte) rest;
        size = at;
    }

    /** Zigzag: numbers near zero are short, whatever their sign. */
    void signed(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    /** Writes a text in full the first time, later as its number. */
    void text(String text) {
        int known = texts.findOrAdd(text);
        if (known != TextNumbers.NEW) {
            unsigned(known + 1L);
            return;
        }
        unsigned(0);
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        unsigned(encoded.length);
        allBytes(encoded);
    }

    /** Writes a value of the language, or null. */
    void value(@Nullable Object value) {
        if (value == null) {
            oneByte(ValueTag.NULL);
        } else if (value instanceof Boolean flag) {
            oneByte(flag ? ValueTag.TRUE : ValueTag.FALSE);
        } else if (value instanceof Long number) {
            oneByte(ValueTag.LONG);
            signed(number);
        } else if (value instanceof Double number) {
            doubleValue(number);
        } else if (value instanceof String text) {
            oneByte(ValueTag.TEXT);
            text(text);
        } else if (value instanceof Instant instant) {
            oneByte(ValueTag.INSTANT);
            signed(instant.toEpochMilli());
        } else if (value instanceof BigDecimal decimal) {
            oneByte(ValueTag.DECIMAL);
            byte[] unscaled = decimal.unscaledValue().toByteArray();
            signed(decimal.scale());
            unsigned(unscaled.length);
            allBytes(unscaled);
        } else if (value instanceof List<?> list) {
            oneByte(ValueTag.LIST);
            unsigned(list.size());
            list.forEach(this::value);
        } else if (value instanceof Map<?, ?> map) {
            oneByte(ValueTag.MAP);
            unsigned(map.size());
            map.forEach((key, element) -> {
                text((String) key);
                value(element);
            });
        } else if (value instanceof Bucket bucket) {
            oneByte(ValueTag.BUCKET);
            unsigned(bucket.count());
            oneByte(bucket.sum().approximate() ? 1 : 0);
            signed(bucket.sum().units());
            value(bucket.min());
            value(bucket.max());
            value(bucket.first());
            value(bucket.last());
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " cannot be stored");
        }
    }

    /** Encodes whole numbers, as quantities and many prices are, in few bytes. */
    private void doubleValue(double number) {
        long whole = (long) number;
        boolean isWhole =
                whole == number && Math.abs(whole) < 1L << 40 && Double.doubleToRawLongBits(number) != 1L << 63;
        oneByte(isWhole ? ValueTag.WHOLE : ValueTag.DOUBLE);
        if (isWhole) {
            signed(whole);
        } else {
            fixedLong(Double.doubleToRawLongBits(number));
        }
    }
}
