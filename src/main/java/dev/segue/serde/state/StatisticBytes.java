// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.statistics.Measure;
import dev.segue.statistics.Slot;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Counts as bytes, in the stores and between tasks. Keys of one window size are in order of time, so that a range of a store holds
 * the oldest windows.
 */
public final class StatisticBytes {
    private static final int VERSION = 2;

    private StatisticBytes() {}

    public static byte[] key(Slot slot) {
        Subject subject = slot.subject();
        byte[] name = subject.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + 1 + name.length)
                .putLong(slot.hour())
                .put((byte) subject.kind().code())
                .put(name)
                .array();
    }

    /** @throws CorruptState if the bytes are damaged */
    public static Slot slot(byte[] key) {
        return checked(key, Long.BYTES + 1, in -> {
            long hour = in.getLong();
            return new Slot(subject(in), hour);
        });
    }

    /** The subject's part of a key, which decides the partition. */
    public static byte[] subject(Slot slot) {
        byte[] key = key(slot);
        return ByteBuffer.allocate(key.length - Long.BYTES)
                .put(key, Long.BYTES, key.length - Long.BYTES)
                .array();
    }

    /** @param start when the window begins, in milliseconds since the epoch, not negative */
    public static byte[] key(WindowSize size, long start, Subject subject) {
        byte[] slot = key(new Slot(subject, start));
        return ByteBuffer.allocate(1 + slot.length)
                .put((byte) size.code())
                .put(slot)
                .array();
    }

    /** The key before those of all windows that begin at the instant. */
    public static byte[] firstKey(WindowSize size, long start) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) size.code())
                .putLong(start)
                .array();
    }

    /** @throws CorruptState if the bytes are damaged */
    public static Statistic statistic(byte[] key, WindowCounts counts) {
        return checked(key, 2 + Long.BYTES, in -> {
            WindowSize size = WindowSize.of(in.get());
            long start = in.getLong();
            return new Statistic(size, start, subject(in), counts);
        });
    }

    private static Subject subject(ByteBuffer in) {
        StatisticKind kind = StatisticKind.of(in.get());
        return new Subject(kind, StandardCharsets.UTF_8.decode(in).toString());
    }

    private static <T> T checked(byte[] key, int least, Function<ByteBuffer, T> read) {
        if (key.length < least) {
            throw new CorruptState("the key of a statistic has only " + key.length + " bytes");
        }
        try {
            return read.apply(ByteBuffer.wrap(key));
        } catch (IllegalArgumentException unknown) {
            throw new CorruptState("in the key of a statistic: " + unknown.getMessage(), unknown);
        }
    }

    public static byte[] write(WindowCounts counts) {
        return StateWriter.whole(out -> {
            out.oneByte(VERSION);
            out.unsigned(counts.counts().size());
            counts.counts().forEach((measure, count) -> {
                out.oneByte(measure.code());
                out.signed(count);
            });
            out.unsigned(counts.stays().size());
            int last = 0;
            for (var stay : counts.stays().entrySet()) {
                out.unsigned(stay.getKey() - last);
                out.unsigned(stay.getValue());
                last = stay.getKey();
            }
        });
    }

    /** @throws CorruptState if the bytes are damaged */
    public static WindowCounts read(byte[] stored) {
        return StateReader.whole(stored, in -> {
            int version = in.oneByte();
            if (version != VERSION) {
                throw new UnknownStateVersion(version, VERSION);
            }
            WindowCounts counts = new WindowCounts();
            for (int left = in.count(2); left > 0; left--) {
                counts.add(Measure.of(in.oneByte()), in.signed());
            }
            int bucket = 0;
            for (int left = in.count(2); left > 0; left--) {
                bucket = Math.toIntExact(bucket + in.unsigned());
                counts.addStays(bucket, in.unsigned());
            }
            return counts;
        });
    }
}
