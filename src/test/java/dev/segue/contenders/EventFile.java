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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A compressed file of encoded events.
 *
 * @param key contains everything that determines the events; a file with another key is not used
 */
record EventFile(Path path, String key) {
    /** One event, without its customer's id in the value. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Encoded(String customer, byte[] value) {}

    /** @param history the number of events before the measured part */
    record Content(int history, List<Encoded> events) {}

    /** Replaces the file at once, so that an interrupted run does not leave half a file. */
    void write(Content content) throws IOException {
        Path unfinished = Files.createTempFile(Files.createDirectories(path.getParent()), "events", ".unfinished");
        try {
            try (DataOutputStream out = new DataOutputStream(
                    new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(unfinished))))) {
                out.writeUTF(key);
                out.writeInt(content.history());
                out.writeInt(content.events().size());
                for (Encoded event : content.events()) {
                    out.writeUTF(event.customer());
                    out.writeInt(event.value().length);
                    out.write(event.value());
                }
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Empty if there is no such file, or if it has another key or ends too early. */
    Optional<Content> read() {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(path))))) {
            if (!in.readUTF().equals(key)) {
                return Optional.empty();
            }
            Content content = new Content(in.readInt(), new ArrayList<>());
            for (int left = in.readInt(); left > 0; left--) {
                content.events().add(new Encoded(in.readUTF(), in.readNBytes(in.readInt())));
            }
            return Optional.of(content);
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }
}
