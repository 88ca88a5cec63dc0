package dev.segue.replay;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file, unpacked where its first bytes say that it is gzip. A file that breaks off looks like a file that
 * ends, so that everything before the break is read; {@link #breakage} then says what happened.
 */
final class TextInput implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Breakable bytes;
    private final Reader reader;

    private TextInput(Breakable bytes) {
        this.bytes = bytes;
        // Malformed bytes become U+FFFD, by which the rows that hold them are refused one by one.
        this.reader = new InputStreamReader(bytes, StandardCharsets.UTF_8);
    }

    /** @throws UnreadableFile when it is absent, a directory, or in UTF-16 */
    static TextInput open(Path file) {
        InputStream raw = null;
        try {
            if (Files.isDirectory(file)) {
                throw new UnreadableFile(file + " is a directory; name a file of events.");
            }
            raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
            raw.mark(4);
            byte[] start = raw.readNBytes(2);
            raw.reset();
            if (startsWith(start, 0xfe, 0xff) || startsWith(start, 0xff, 0xfe)) {
                raw.close();
                throw new UnreadableFile(file + " is in UTF-16; save it as UTF-8.");
            }
            boolean packed = startsWith(start, 0x1f, 0x8b);
            return new TextInput(new Breakable(packed ? new GZIPInputStream(raw, BUFFER_BYTES) : raw));
        } catch (NoSuchFileException absent) {
            throw new UnreadableFile("There is no file " + file + ".");
        } catch (IOException failure) {
            close(raw);
            throw new UnreadableFile(file + " cannot be read: " + failure.getMessage() + ".");
        }
    }

    private static boolean startsWith(byte[] start, int first, int second) {
        return start.length == 2 && (start[0] & 0xff) == first && (start[1] & 0xff) == second;
    }

    private static void close(@Nullable InputStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException ignored) {
            // The failure that led here is the one to tell.
        }
    }

    Reader reader() {
        return reader;
    }

    /** Why the file ended before its end, or null while it has not. */
    @Nullable
    String breakage() {
        return bytes.breakage;
    }

    /** Whether the last line read has no end: after a break it may be cut off. */
    boolean endsInsideLine() {
        return bytes.last != '\n';
    }

    @Override
    public void close() {
        close(bytes);
    }

    /** Turns a failure in the middle into an early end. */
    private static final class Breakable extends InputStream {
        private final InputStream source;
        private @Nullable String breakage;
        private int last = '\n';

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
                int count = source.read(target, offset, length);
                if (count > 0) {
                    last = target[offset + count - 1];
                }
                return count;
            } catch (IOException failure) {
                breakage = String.valueOf(failure.getMessage());
                return -1;
            }
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
