// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A compressed file of encoded events. Its header contains everything that determines them, and the checksum of the
 * compression covers the rest: a file is used whole or not at all.
 *
 * @param header compared as text
 */
record EventFile(Path path, String header) {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 1 << 20;

    /** In the place of a length, after the last event. */
    private static final int END = -1;

    /** The number of events, and how many of them are the history. */
    record Content(int events, int history) {}

    /** Receives one event: its customer and its value. */
    interface Reader {
        void accept(byte[] customer, byte[] event) throws IOException;
    }

    /** Writes the events in order; returns the number of those that are the history. */
    interface Source {
        int writeTo(Writer writer) throws IOException;
    }

    /** The file cannot be used; the message is half a sentence that says why. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /** The events of a file that is being written. */
    static final class Writer {
        private final DataOutputStream out;
        private int events;

        private Writer(DataOutputStream out) {
            this.out = out;
        }

        void write(byte[] customer, byte[] event) throws IOException {
            write(customer);
            write(event);
            events++;
        }

        private void write(byte[] bytes) throws IOException {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Replaces the file at once, so that a run that is interrupted leaves no half of it. */
    Content write(Source source) throws IOException {
        Path directory = Files.createDirectories(path.toAbsolutePath().getParent());
        Path unfinished = Files.createTempFile(directory, "lived-shop", ".unfinished");
        try {
            Content content;
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                    new GZIPOutputStream(Files.newOutputStream(unfinished), BUFFER), BUFFER))) {
                out.writeUTF(header);
                Writer writer = new Writer(out);
                int history = source.writeTo(writer);
                out.writeInt(END);
                out.writeInt(history);
                content = new Content(writer.events, history);
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return content;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Reads the whole file.
     *
     * @param events the number of events after the history that it must have
     */
    Content check(int events) throws Unusable {
        if (!Files.exists(path)) {
            throw new Unusable(path + " does not exist yet");
        }
        try {
            Content content = scan(Integer.MAX_VALUE, (customer, event) -> {});
            int after = content.events() - content.history();
            if (after < events) {
                throw new Unusable("%s has only %d of %d events after the history".formatted(path, after, events));
            }
            return content;
        } catch (IOException damage) {
            throw new Unusable(path + " is damaged: " + damage.getMessage());
        }
    }

    /** Passes the first events to the reader. */
    void read(int events, Reader reader) throws IOException, Unusable {
        Content unused = scan(events, reader);
    }

    /** Passes at most so many events to the reader; if there are no more, the content is that of the whole file. */
    private Content scan(int most, Reader reader) throws IOException, Unusable {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(path), BUFFER), BUFFER))) {
            if (!in.readUTF().equals(header)) {
                throw new Unusable(path + " was made with other code, schemas or parameters");
            }
            for (int events = 0; events < most; events++) {
                int length = in.readInt();
                if (length == END) {
                    Content content = new Content(events, in.readInt());
                    requireEnd(in);
                    return content;
                }
                reader.accept(bytes(in, length), bytes(in, in.readInt()));
            }
            return new Content(most, 0);
        }
    }

    /** Only at its end does the stream compare its checksum. */
    private static void requireEnd(DataInputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("there is something after its end");
        }
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        if (length < 0 || length > LONGEST) {
            throw new IOException("a part has " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
