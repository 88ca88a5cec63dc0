// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/catalogue.md matches segments/, and the table in docs/triggers.md triggers/. After an intended change, {@code -Dsegue.golden.write=true} rewrites it. */
class CatalogueDocTest {
    private static final Path DOCUMENT = Path.of("docs", "catalogue.md");
    private static final Path TRIGGERS = Path.of("docs", "triggers.md");

    @Test
    void matchesFiles() throws Exception {
        String written = CatalogueText.write();
        if (Boolean.getBoolean("segue.golden.write")) {
            Files.writeString(DOCUMENT, written);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(written);
    }

    @Test
    void tableOfTriggersMatchesFiles() throws Exception {
        String document = Files.readString(TRIGGERS);
        String written = TriggerTable.into(document);
        if (Boolean.getBoolean("segue.golden.write")) {
            Files.writeString(TRIGGERS, written);
        }
        assertThat(Files.readString(TRIGGERS)).isEqualTo(written);
    }
}
