// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the index, made so that one range of them answers each question. The first byte says what a key is of. Names of segments
 * have no zero byte; ids of customers and other names may contain any text, so they are last, or have their length before them.
 */
final class IndexKeys {
    private static final byte MEMBER = 'M';
    private static final byte CUSTOMER = 'C';
    private static final byte COUNT = 'N';
    private static final byte VALUE = 'V';
    private static final byte BY_SUBJECT = 'W';
    private static final byte BY_TIME = 'T';

    private IndexKeys() {}

    /** A member of a segment; those of one segment are in order of the bytes of their ids. */
    static byte[] member(String segment, String customer) {
        return new Builder(MEMBER).name(segment).rest(customer).bytes();
    }

    static byte[] members(String segment) {
        return new Builder(MEMBER).name(segment).bytes();
    }

    static String memberOf(byte[] key, String segment) {
        return after(key, members(segment).length);
    }

    /** A segment that a customer is in. */
    static byte[] segment(String customer, String segment) {
        return new Builder(CUSTOMER).sized(customer).rest(segment).bytes();
    }

    static byte[] segments(String customer) {
        return new Builder(CUSTOMER).sized(customer).bytes();
    }

    static String segmentOf(byte[] key, String customer) {
        return after(key, segments(customer).length);
    }

    /** How many segments a customer is in. */
    static byte[] count(String customer) {
        return new Builder(COUNT).rest(customer).bytes();
    }

    static String customerOf(byte[] key) {
        return after(key, 1);
    }

    /** How many customers have a value of a trait. */
    static byte[] value(String trait, String value) {
        return new Builder(VALUE).name(trait).rest(value).bytes();
    }

    static byte[] values(String trait) {
        return new Builder(VALUE).name(trait).bytes();
    }

    static String valueOf(byte[] key, String trait) {
        return after(key, values(trait).length);
    }

    /** A window of a subject; those of one subject and size are in order of time. */
    static byte[] bySubject(Subject subject, WindowSize size, long start) {
        return new Builder(BY_SUBJECT)
                .code(subject.kind().code())
                .sized(subject.name())
                .code(size.code())
                .time(start)
                .bytes();
    }

    /** A window of a subject; those of one kind and size are in order of time. */
    static byte[] byTime(Subject subject, WindowSize size, long start) {
        return new Builder(BY_TIME)
                .code(subject.kind().code())
                .code(size.code())
                .time(start)
                .rest(subject.name())
                .bytes();
    }

    static byte[] byTime(StatisticKind kind, WindowSize size, long start) {
        return byTime(new Subject(kind, ""), size, start);
    }

    /** Returns when the window of a key of {@link #bySubject} begins. */
    static long start(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES) ^ Long.MIN_VALUE;
    }

    /** The keys of memberships, as pairs of the first key and the one behind the last. */
    static byte[][] memberships() {
        return new byte[][] {
            {MEMBER}, {MEMBER + 1}, {CUSTOMER}, {CUSTOMER + 1}, {COUNT}, {COUNT + 1}, {VALUE}, {VALUE + 1}
        };
    }

    /** The keys of statistics, as pairs of the first key and the one behind the last. */
    static byte[][] statistics() {
        return new byte[][] {{BY_SUBJECT}, {BY_SUBJECT + 1}, {BY_TIME}, {BY_TIME + 1}};
    }

    /** Returns the first key that is greater than all that begin with these bytes, of which the last is not 0xff. */
    static byte[] behind(byte[] prefix) {
        byte[] next = prefix.clone();
        next[next.length - 1]++;
        return next;
    }

    private static String after(byte[] key, int from) {
        return new String(Arrays.copyOfRange(key, from, key.length), StandardCharsets.UTF_8);
    }

    /** Writes a key from left to right. */
    private static final class Builder {
        private byte[] bytes;

        Builder(byte kind) {
            bytes = new byte[] {kind};
        }

        /** A name without a zero byte, with one behind it. */
        Builder name(String name) {
            return rest(name).code(0);
        }

        Builder sized(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return add(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array())
                    .add(utf8);
        }

        Builder rest(String text) {
            return add(text.getBytes(StandardCharsets.UTF_8));
        }

        Builder code(int code) {
            return add(new byte[] {(byte) code});
        }

        /** With the sign turned, earlier times have smaller bytes. */
        Builder time(long millis) {
            return add(ByteBuffer.allocate(Long.BYTES)
                    .putLong(millis ^ Long.MIN_VALUE)
                    .array());
        }

        private Builder add(byte[] more) {
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, before + more.length);
            System.arraycopy(more, 0, bytes, before, more.length);
            return this;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
