// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.value.Bucket;
import dev.segue.value.Millionths;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the format of {@link StateWriter}. Forged lengths are detected before anything is allocated for them. */
final class StateReader {
    private final ByteBuffer bytes;
    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private StateReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /**
     * Reads a value that fills all bytes.
     *
     * @throws CorruptState if the bytes are not in the writer's format
     */
    static <T> T whole(byte[] stored, Function<StateReader, T> what) {
        return part(stored, in -> {
            T read = what.apply(in);
            if (in.bytes.hasRemaining()) {
                throw new CorruptState(in.bytes.remaining() + " bytes are left over");
            }
            return read;
        });
    }

    /** Reads a value from the start and ignores the remaining bytes. */
    static <T> T part(byte[] stored, Function<StateReader, T> what) {
        try {
            return what.apply(new StateReader(stored));
        } catch (BufferUnderflowException truncated) {
            throw new CorruptState("it ends in the middle", truncated);
        } catch (IllegalArgumentException | ArithmeticException | ClassCastException impossible) {
            throw new CorruptState(String.valueOf(impossible.getMessage()), impossible);
        }
    }

    int oneByte() {
        return bytes.get() & 0xFF;
    }

    int fixedInt() {
        return bytes.getInt();
    }

    long fixedLong() {
        return bytes.getLong();
    }

    long sixBytes() {
        return ((bytes.getShort() & 0xFFFFL) << 32) | (bytes.getInt() & 0xFFFFFFFFL);
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new CorruptState("a number of more than ten bytes");
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** The number of items that follow, of at least the given number of bytes each. */
    int count(int bytesEach) {
        long count = unsigned();
        if (count < 0 || count > bytes.remaining() / bytesEach) {
            throw new CorruptState("a count of " + count + " with " + bytes.remaining() + " bytes left");
        }
        return (int) count;
    }

    /** Checks a count already read, of items of at least one byte each. */
    int checked(long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new CorruptState("a count of " + count + " with " + bytes.remaining() + " bytes left");
        }
        return (int) count;
    }

    byte[] chunk() {
        byte[] chunk = new byte[count(1)];
        bytes.get(chunk);
        return chunk;
    }

    String text() {
        long number = unsigned();
        if (number != 0) {
            if (number < 0 || number > texts.size()) {
                throw new CorruptState("text number " + number + " of " + texts.size());
            }
            return texts.get((int) number - 1);
        }
        int length = count(1);
        String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        texts.add(text);
        return text;
    }

    /** Reads a value that {@link StateWriter#repeatable} wrote. */
    @Nullable
    Object repeatable() {
        long tag = unsigned();
        if (tag < ValueTag.KNOWN) {
            Object value = content((int) tag);
            if (value != null) {
                values.add(value);
            }
            return value;
        }
        if (tag - ValueTag.KNOWN >= values.size()) {
            throw new CorruptState("value number " + (tag - ValueTag.KNOWN) + " of " + values.size());
        }
        return values.get((int) tag - ValueTag.KNOWN);
    }

    @Nullable
    Object value() {
        return content(oneByte());
    }

    /** Reads what follows a value's tag. */
    @Nullable
    Object content(int tag) {
        return switch (tag) {
            case ValueTag.NULL -> null;
            case ValueTag.FALSE -> false;
            case ValueTag.TRUE -> true;
            case ValueTag.LONG -> signed();
            case ValueTag.DOUBLE -> Double.longBitsToDouble(fixedLong());
            case ValueTag.WHOLE -> (double) signed();
            case ValueTag.HUNDREDTHS -> signed() / 100.0;
            case ValueTag.TEXT -> text();
            case ValueTag.INSTANT -> Instant.ofEpochMilli(signed());
            case ValueTag.DECIMAL -> decimal();
            case ValueTag.LIST -> list();
            case ValueTag.MAP -> map();
            case ValueTag.BUCKET -> bucket();
            default -> throw new CorruptState("a value of unknown kind " + tag);
        };
    }

    /** Reads a value that must not be null. */
    Object required() {
        Object value = value();
        if (value == null) {
            throw new CorruptState("a value is missing");
        }
        return value;
    }

    private BigDecimal decimal() {
        long scale = signed();
        if (scale < -100 || scale > 100) {
            throw new CorruptState("a decimal of scale " + scale);
        }
        byte[] unscaled = chunk();
        if (unscaled.length == 0) {
            throw new CorruptState("a decimal without digits");
        }
        return new BigDecimal(new BigInteger(unscaled), (int) scale);
    }

    private Bucket bucket() {
        long count = unsigned();
        boolean approximate = oneByte() == 1;
        return new Bucket(count, new Millionths(signed(), approximate), required(), required(), required(), required());
    }

    private List<Object> list() {
        int size = count(1);
        List<Object> list = new ArrayList<>(size);
        for (int index = 0; index < size; index++) {
            list.add(value());
        }
        return list;
    }

    private Map<String, Object> map() {
        int size = count(2);
        Map<String, Object> map = new LinkedHashMap<>();
        for (int index = 0; index < size; index++) {
            map.put(text(), value());
        }
        return map;
    }
}
