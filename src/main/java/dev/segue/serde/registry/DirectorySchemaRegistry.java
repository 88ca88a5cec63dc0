// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.SchemaFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps schemas as files in a directory: the registry of an embedded installation. A schema's id is a hash of its text,
 * so that any number of threads and processes can register concurrently without a lock, and ids survive restarts. A new
 * version of a subject must be able to read records of the previous version (Confluent's BACKWARD).
 *
 * <p>{@code ids/<id>.avsc} holds a schema. {@code subjects/<subject>/<version>-<id>} is an empty file, because creating
 * a file is atomic and writing one is not.
 */
public final class DirectorySchemaRegistry implements SchemaRegistry {
    private final Path ids;
    private final Path subjects;
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();

    /** @param directory created when the first schema is registered */
    public DirectorySchemaRegistry(Path directory) {
        this.ids = directory.resolve("ids");
        this.subjects = directory.resolve("subjects");
    }

    @Override
    public int register(String subject, Schema schema) {
        try {
            int id = keep(schema);
            Path folder = folder(subject);
            Files.createDirectories(folder);
            List<Version> versions = versions(folder);
            if (versions.stream().noneMatch(version -> version.id() == id)) {
                int next = 1;
                if (!versions.isEmpty()) {
                    Version latest = versions.get(versions.size() - 1);
                    requireCompatible(subject, schema, byId(latest.id()));
                    next = latest.number() + 1;
                }
                Files.createFile(folder.resolve(new Version(next, id).fileName()));
            }
            return id;
        } catch (FileAlreadyExistsException sameVersionAtOnce) {
            return register(subject, schema);
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    @Override
    public Schema byId(int id) {
        Schema schema = known.get(id);
        if (schema == null) {
            try {
                schema = read(id);
            } catch (IOException failure) {
                throw unusable(failure);
            }
            if (schema == null) {
                throw new RegistryException.NotFound("there is no schema with id " + id + " in " + ids);
            }
            known.put(id, schema);
        }
        return schema;
    }

    @Override
    public Registered latest(String subject) {
        try {
            Path folder = folder(subject);
            List<Version> versions = Files.isDirectory(folder) ? versions(folder) : List.of();
            if (versions.isEmpty()) {
                throw new RegistryException.NotFound("there is no subject '" + subject + "' in " + subjects);
            }
            int id = versions.get(versions.size() - 1).id();
            return new Registered(id, byId(id));
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    /** All subjects in alphabetical order; empty if nothing was registered yet. */
    public List<String> subjects() {
        if (!Files.isDirectory(subjects)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(subjects)) {
            return folders.map(
                            folder -> URLDecoder.decode(String.valueOf(folder.getFileName()), StandardCharsets.UTF_8))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    /** All versions of a subject, the oldest first; empty if the subject is unknown. */
    public List<SubjectVersion> versions(String subject) {
        try {
            Path folder = folder(subject);
            List<Version> versions = Files.isDirectory(folder) ? versions(folder) : List.of();
            return versions.stream()
                    .map(version -> new SubjectVersion(
                            subject,
                            version.number(),
                            version.id(),
                            byId(version.id()).toString()))
                    .toList();
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    /** Writes the schema's file unless it exists, and returns its id. */
    private int keep(Schema schema) throws IOException {
        String text = schema.toString();
        int id = idOf(text);
        for (Schema taken = read(id); taken != null; taken = read(id)) {
            if (taken.toString().equals(text)) {
                return id;
            }
            // Hash collision with another schema: take the next free id.
            id = id == Integer.MAX_VALUE ? 1 : id + 1;
        }
        Files.createDirectories(ids);
        Path draft = Files.createTempFile(ids, "draft", ".tmp");
        String file = SchemaFormatter.format("json/pretty", schema) + "\n";
        // Forces the content to disk before the rename: after a power failure, a named file must not be empty.
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(file.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(draft, file(id), StandardCopyOption.ATOMIC_MOVE);
        known.put(id, schema);
        return id;
    }

    private @Nullable Schema read(int id) throws IOException {
        Path file = file(id);
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (NoSuchFileException none) {
            return null;
        } catch (AvroRuntimeException damaged) {
            throw new IOException(file + " is not an Avro schema; put it back from a backup", damaged);
        }
    }

    private Path file(int id) {
        return ids.resolve(id + ".avsc");
    }

    private Path folder(String subject) {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("a subject must not be blank");
        }
        String name = URLEncoder.encode(subject, StandardCharsets.UTF_8);
        return subjects.resolve(name.startsWith(".") ? "%2E" + name.substring(1) : name);
    }

    private static List<Version> versions(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> Version.parse(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        } catch (NumberFormatException foreign) {
            throw new IOException(folder + " holds a file that is not a version of a schema", foreign);
        }
    }

    private static void requireCompatible(String subject, Schema newer, Schema older) {
        SchemaPairCompatibility result = SchemaCompatibility.checkReaderWriterCompatibility(newer, older);
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
            String why = result.getResult().getIncompatibilities().stream()
                    .map(problem -> problem.getLocation() + ": " + problem.getMessage())
                    .reduce((first, second) -> first + "; " + second)
                    .orElse("no reason given");
            throw new RegistryException.Refused(
                    "the new schema of subject '" + subject + "' cannot read records of the latest schema: " + why);
        }
    }

    /** Whether records of the older schema can be read with the newer one. */
    static boolean canRead(Schema newer, Schema older) {
        return SchemaCompatibility.checkReaderWriterCompatibility(newer, older).getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static int idOf(String text) {
        byte[] hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
        int id = ByteBuffer.wrap(hash).getInt() & Integer.MAX_VALUE;
        return id == 0 ? 1 : id;
    }

    private RegistryException unusable(IOException failure) {
        return new RegistryException.Unreachable(
                "the schema directory " + ids.getParent() + " cannot be used: " + failure, failure);
    }

    /** One version of a subject, ordered by number. */
    private record Version(int number, int id) implements Comparable<Version> {
        static Version parse(String fileName) {
            int dash = fileName.indexOf('-');
            if (dash < 0) {
                throw new NumberFormatException(fileName);
            }
            return new Version(
                    Integer.parseInt(fileName.substring(0, dash)), Integer.parseInt(fileName.substring(dash + 1)));
        }

        String fileName() {
            return number + "-" + id;
        }

        @Override
        public int compareTo(Version other) {
            return number == other.number ? Integer.compare(id, other.id) : Integer.compare(number, other.number);
        }
    }
}
