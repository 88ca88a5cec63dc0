// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The content of a gzip file of one or more members. Java's own GZIPInputStream takes a damaged header after the first
 * member for the end of the file, so that later members would be lost silently. Here only zero bytes, with which tapes
 * and block devices fill up, may follow the last member; the library allows none.
 */
final class GzipMembers extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final BufferedInputStream packed;
    private InputStream member;

    /**
     * Reads the first member's header.
     *
     * @throws EOFException if the file ends inside the header
     * @throws ZipException if the header is not one of gzip
     */
    GzipMembers(InputStream packed) throws IOException {
        this.packed = new BufferedInputStream(packed, BUFFER_BYTES);
        this.member = nextMember();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int count = member.read(target, offset, length);
            while (count < 0 && hasNext()) {
                member = nextMember();
                count = member.read(target, offset, length);
            }
            return count;
        } catch (IOException failure) {
            throw damaged(failure);
        }
    }

    /** After a member, the buffered stream is positioned directly behind it. */
    private InputStream nextMember() throws IOException {
        try {
            return new GzipCompressorInputStream(packed);
        } catch (IOException failure) {
            throw damaged(failure);
        }
    }

    /** The library has no exception of its own for damage. */
    private static IOException damaged(IOException failure) {
        if (failure instanceof EOFException || failure instanceof ZipException) {
            return failure;
        }
        ZipException damage = new ZipException(failure.getMessage());
        damage.initCause(failure);
        return damage;
    }

    private boolean hasNext() throws IOException {
        int next;
        do {
            packed.mark(1);
            next = packed.read();
        } while (next == 0);
        packed.reset();
        return next > 0;
    }

    @Override
    public void close() throws IOException {
        member.close();
    }
}
