// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import dev.segue.config.RegistrySettings;
import dev.segue.demo.web.DemoPort;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, through the HTTP port of the demo. */
class DemoRegistryTest extends SchemaRegistryContract {
    @TempDir
    Path directory;

    private @Nullable DemoPort port;

    @AfterEach
    void closePort() {
        if (port != null) {
            port.close();
        }
    }

    @Override
    SchemaRegistry open() {
        if (port == null) {
            port = DemoPort.forRegistry(0, new DirectorySchemaRegistry(directory));
        }
        return new HttpSchemaRegistry(RegistrySettings.of(port.address()));
    }
}
