// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySchemaRegistryTest extends SchemaRegistryContract {
    private static final Schema SCHEMA = Schema.createRecord("A", null, "dev.segue.test", false, List.of());

    @TempDir
    Path directory;

    @Override
    SchemaRegistry open() {
        return new DirectorySchemaRegistry(directory.resolve("registry"));
    }

    @Test
    void readingCreatesNoDirectory() {
        assertThatThrownBy(() -> open().byId(1)).isInstanceOf(RegistryException.NotFound.class);
        assertThat(directory.resolve("registry")).doesNotExist();
    }

    /** From SHA-256, computed elsewhere: with other ids, all existing records would become unreadable. */
    @Test
    void idsAreHashesOfSchemaText() {
        assertThat(open().register("a", SCHEMA)).isEqualTo(1364871960);
    }

    @Test
    void staysInsideDirectoryAndLeavesNoDrafts() throws IOException {
        open().register("../../up", SCHEMA);
        open().register("..", SCHEMA);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> directory.relativize(file).toString()))
                    .hasSize(3)
                    .allMatch(file -> file.startsWith("registry/ids/") || file.startsWith("registry/subjects/"))
                    .noneMatch(file -> file.endsWith(".tmp"));
        }
    }

    @Test
    void namesDamagedFile() throws IOException {
        int id = open().register("a", SCHEMA);
        Path file = directory.resolve("registry/ids/" + id + ".avsc");
        Files.writeString(file, "{\"type\":");
        assertThatThrownBy(() -> open().byId(id))
                .isInstanceOf(RegistryException.Unreachable.class)
                .hasMessageContaining(id + ".avsc is not an Avro schema");
    }

    @Test
    void directoryThatCannotBeCreatedIsUnreachable() throws IOException {
        Files.writeString(directory.resolve("registry"), "a file is in the way");
        assertThatThrownBy(() -> open().register("a", SCHEMA))
                .isInstanceOf(RegistryException.Unreachable.class)
                .hasMessageContaining(directory.resolve("registry").toString());
    }
}
