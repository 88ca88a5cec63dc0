// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip file of one or more members (RFC 1952). Java's own GZIPInputStream takes whatever follows the
 * first member and is not a valid header for the end of the file, so a damaged later member would be lost silently.
 * Here only zero bytes, with which tapes and block devices fill up, may follow the last member.
 */
final class GzipMembers extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    private final InputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private boolean ended;

    /**
     * Reads the first member's header.
     *
     * @throws EOFException if the file ends inside the header
     * @throws ZipException if the header is not one of gzip
     */
    GzipMembers(InputStream packed) throws IOException {
        this.packed = packed;
        try {
            readHeader(required());
        } catch (IOException failure) {
            inflater.end();
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (length > 0 && !ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a dictionary");
            }
        }
        return length == 0 ? 0 : -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        if (inflater.needsInput()) {
            if (position == limit && !fill()) {
                throw new EOFException();
            }
            inflater.setInput(buffer, position, limit - position);
            position = limit;
        }
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException damaged) {
            ZipException failure = new ZipException("invalid deflated data");
            failure.initCause(damaged);
            throw failure;
        }
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        if (littleEndian() != checksum.getValue() || littleEndian() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("wrong checksum or length");
        }
        int next = take();
        while (next == 0) {
            next = take();
        }
        if (next < 0) {
            ended = true;
            return;
        }
        inflater.reset();
        checksum.reset();
        readHeader(next);
    }

    private void readHeader(int first) throws IOException {
        if (first != 0x1f || required() != 0x8b || required() != DEFLATE) {
            throw new ZipException("no gzip member");
        }
        int flags = required();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("unknown flags");
        }
        skip(6); // time, compression level, operating system
        if ((flags & EXTRA) != 0) {
            skip(required() | required() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void skip(int count) throws IOException {
        for (int byteNumber = 0; byteNumber < count; byteNumber++) {
            required();
        }
    }

    private void skipText() throws IOException {
        int next = required();
        while (next != 0) {
            next = required();
        }
    }

    private long littleEndian() throws IOException {
        long number = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            number |= (long) required() << shift;
        }
        return number;
    }

    private int required() throws IOException {
        int next = take();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private int take() throws IOException {
        return position < limit || fill() ? buffer[position++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, packed.read(buffer));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
