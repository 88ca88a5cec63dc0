// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file: UTF-8, or UTF-16 with a byte order mark; decompressed if its first bytes are gzip's. A file that
 * breaks off looks like a file that ends, so that everything before the break is read; {@link #breakage} then gives the
 * reason.
 */
final class TextInput implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Counted file;
    private final Breakable bytes;
    private final Reader reader;

    private TextInput(Counted file, Breakable bytes, Reader reader) {
        this.file = file;
        this.bytes = bytes;
        this.reader = reader;
    }

    /** @throws UnreadableFile if the file is absent, a directory, UTF-16 without a byte order mark, or of another format */
    static TextInput open(Path file) {
        if (Files.isDirectory(file)) {
            throw new UnreadableFile(file + " is a directory; name a file.");
        }
        InputStream raw = null;
        try {
            Counted counted = new Counted(Files.newInputStream(file));
            raw = new BufferedInputStream(counted, BUFFER_BYTES);
            byte[] start = peek(raw);
            String other = OtherFormat.of(file, start);
            if (other != null) {
                throw new UnreadableFile(file + " is " + other + ".");
            }
            boolean packed = startsWith(start, 0x1f, 0x8b);
            Breakable bytes = new Breakable(packed ? unpacked(file, raw) : raw);
            BufferedInputStream buffered = new BufferedInputStream(bytes, BUFFER_BYTES);
            Reader reader = new InputStreamReader(buffered, charset(file, peek(buffered)));
            return new TextInput(counted, bytes, new BufferedReader(reader, BUFFER_BYTES));
        } catch (NoSuchFileException absent) {
            throw new UnreadableFile("There is no file " + file + ".");
        } catch (IOException failure) {
            close(raw);
            throw new UnreadableFile(file + " cannot be read: " + sentence(failure) + ".");
        } catch (UnreadableFile unreadable) {
            close(raw);
            throw unreadable;
        }
    }

    private static InputStream unpacked(Path file, InputStream packed) throws IOException {
        try {
            return new GzipMembers(packed);
        } catch (EOFException | ZipException cut) {
            throw new UnreadableFile(file + " begins like a gzip file, but " + sentence(cut)
                    + "; nothing of it can be read. Was it copied whole?");
        }
    }

    private static byte[] peek(InputStream stream) throws IOException {
        stream.mark(OtherFormat.BYTES);
        byte[] start = stream.readNBytes(OtherFormat.BYTES);
        stream.reset();
        return start;
    }

    /** Malformed bytes become U+FFFD, so that only the rows that contain them are refused. */
    private static Charset charset(Path file, byte[] start) {
        if (startsWith(start, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        if (startsWith(start, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        if (start.length >= 2 && (start[0] == 0) != (start[1] == 0)) {
            throw new UnreadableFile(file + " looks like UTF-16 without a byte order mark; save it as UTF-8.");
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean startsWith(byte[] start, int first, int second) {
        return start.length >= 2 && (start[0] & 0xff) == first && (start[1] & 0xff) == second;
    }

    /** The reason why a file cannot be read further, as a clause without names of Java classes. */
    private static String sentence(IOException failure) {
        if (failure instanceof EOFException) {
            return "the file is cut off";
        }
        if (failure instanceof ZipException) {
            return "the packed content is damaged";
        }
        return failure.getMessage() == null ? "reading fails" : failure.getMessage();
    }

    private static void close(@Nullable InputStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException ignored) {
            // The original failure is the one to report.
        }
    }

    Reader reader() {
        return reader;
    }

    /**
     * Returns true if the first character that is neither blank nor a byte order mark opens a JSON array. Must be
     * called before reading. Returns false if the file begins with thousands of blanks.
     */
    boolean startsLikeArray() {
        try {
            reader.mark(BUFFER_BYTES / 2);
            int character = reader.read();
            for (int read = 1; read < BUFFER_BYTES / 4 && isBlank(character); read++) {
                character = reader.read();
            }
            reader.reset();
            return character == '[';
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static boolean isBlank(int character) {
        return character == '\uFEFF' || Character.isWhitespace(character);
    }

    /** The number of bytes of the file that were read so far. Safe for any thread. */
    long bytesRead() {
        return file.read.get();
    }

    /** Why the file broke off, or null if it has not. */
    @Nullable
    String breakage() {
        return bytes.breakage;
    }

    @Override
    public void close() {
        close(bytes);
    }

    /** Counts the bytes of the file itself, for the progress of reading. */
    private static final class Counted extends FilterInputStream {
        private final AtomicLong read = new AtomicLong();

        Counted(InputStream file) {
            super(file);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            read.addAndGet(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int some = super.read(target, offset, length);
            read.addAndGet(Math.max(0, some));
            return some;
        }
    }

    /** Turns a read failure into an early end of input. */
    private static final class Breakable extends InputStream {
        private final InputStream source;
        private @Nullable String breakage;

        Breakable(InputStream source) {
            this.source = source;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (breakage != null) {
                return -1;
            }
            try {
                return source.read(target, offset, length);
            } catch (IOException failure) {
                breakage = sentence(failure);
                return -1;
            }
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
