// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.value.Bucket;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a stored state compactly: variable-length integers, and each text once. */
final class StateWriter {
    /** A long takes at most this many bytes of seven bits each. */
    private static final int LONGEST = 10;

    private static final int ROOM = 4096;
    private static final int REPEATABLE = 64;

    /**
     * A state has a dozen separately encoded parts; a buffer for each was a quarter of all memory that an event
     * allocated.
     */
    private static final ThreadLocal<StateWriter> OF_THREAD = ThreadLocal.withInitial(StateWriter::new);

    // Not a ByteArrayOutputStream, which takes a lock for each byte; see docs/performance.md.
    private byte[] bytes = new byte[ROOM];
    private int size;
    private TextNumbers texts = new TextNumbers();
    /** The numbers of the values that were written with {@link #repeatable}; null if there are none yet. */
    private @Nullable Map<Object, Integer> values;

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
        Map<Object, Integer> outsideValues = out.values;
        out.texts = new TextNumbers();
        out.values = null;
        try {
            what.accept(out);
            return Arrays.copyOfRange(out.bytes, begin, out.size);
        } finally {
            out.size = begin;
            out.texts = outside;
            out.values = outsideValues;
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

    /** As {@link #value}, but a value that was written so before is written as its number. */
    void repeatable(@Nullable Object value) {
        if (values == null) {
            values = new HashMap<>(REPEATABLE);
        }
        Integer known = value == null ? null : values.putIfAbsent(value, values.size());
        if (known == null) {
            value(value);
        } else {
            unsigned((long) ValueTag.KNOWN + known);
        }
    }

    /** Writes a value of the language, or null. */
    void value(@Nullable Object value) {
        int tag = tag(value);
        oneByte(tag);
        content(tag, value);
    }

    /** Returns the {@link ValueTag} of a value. */
    static int tag(@Nullable Object value) {
        if (value == null) {
            return ValueTag.NULL;
        }
        if (value instanceof String) {
            return ValueTag.TEXT;
        }
        if (value instanceof Long) {
            return ValueTag.LONG;
        }
        if (value instanceof Double number) {
            return tag((double) number);
        }
        if (value instanceof Boolean flag) {
            return flag ? ValueTag.TRUE : ValueTag.FALSE;
        }
        if (value instanceof Instant) {
            return ValueTag.INSTANT;
        }
        if (value instanceof BigDecimal) {
            return ValueTag.DECIMAL;
        }
        if (value instanceof List<?>) {
            return ValueTag.LIST;
        }
        if (value instanceof Map<?, ?>) {
            return ValueTag.MAP;
        }
        if (value instanceof Bucket) {
            return ValueTag.BUCKET;
        }
        throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " cannot be stored");
    }

    /** Whole numbers, as quantities are, and hundredths, as prices are, take few bytes. */
    private static int tag(double number) {
        long whole = (long) number;
        if (whole == number && isShort(whole) && Double.doubleToRawLongBits(number) != 1L << 63) {
            return ValueTag.WHOLE;
        }
        long hundredths = Math.round(number * 100);
        return hundredths != 0 && isShort(hundredths) && hundredths / 100.0 == number
                ? ValueTag.HUNDREDTHS
                : ValueTag.DOUBLE;
    }

    private static boolean isShort(long number) {
        return Math.abs(number) < 1L << 40;
    }

    /** Writes what follows a value's tag. */
    void content(int tag, @Nullable Object value) {
        if (value == null) {
            return;
        }
        switch (tag) {
            case ValueTag.TEXT -> text((String) value);
            case ValueTag.LONG -> signed((Long) value);
            case ValueTag.WHOLE -> signed((long) (double) value);
            case ValueTag.HUNDREDTHS -> signed(Math.round((double) value * 100));
            case ValueTag.DOUBLE -> fixedLong(Double.doubleToRawLongBits((double) value));
            case ValueTag.INSTANT -> signed(((Instant) value).toEpochMilli());
            case ValueTag.DECIMAL -> decimal((BigDecimal) value);
            case ValueTag.LIST -> list((List<?>) value);
            case ValueTag.MAP -> map((Map<?, ?>) value);
            case ValueTag.BUCKET -> bucket((Bucket) value);
            default -> {
                // The tag says it all.
            }
        }
    }

    private void decimal(BigDecimal decimal) {
        byte[] unscaled = decimal.unscaledValue().toByteArray();
        signed(decimal.scale());
        chunk(unscaled);
    }

    private void list(List<?> list) {
        unsigned(list.size());
        list.forEach(this::value);
    }

    private void map(Map<?, ?> map) {
        unsigned(map.size());
        map.forEach((key, element) -> {
            text((String) key);
            value(element);
        });
    }

    private void bucket(Bucket bucket) {
        unsigned(bucket.count());
        oneByte(bucket.sum().approximate() ? 1 : 0);
        signed(bucket.sum().units());
        value(bucket.min());
        value(bucket.max());
        value(bucket.first());
        value(bucket.last());
    }
}
