// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleSafetyTest {
    @Test
    void everyResponseForbidsForeignContent() throws Exception {
        try (ConsoleStage stage = new ConsoleStage(new MemoryData())) {
            for (String path : new String[] {"/", "/nothing", "/assets/0/console.css"}) {
                assertThat(stage.get(path).headers())
                        .containsEntry("content-security-policy", SafeHeaders.POLICY)
                        .containsEntry("x-content-type-options", "nosniff")
                        .containsEntry("referrer-policy", "no-referrer")
                        .containsEntry("cache-control", "no-store");
            }
        }
    }

    @Test
    void foreignNamesAreRefused() throws Exception {
        try (ConsoleStage stage = new ConsoleStage(new MemoryData())) {
            assertThat(stage.get("/", "Host", "evil.example").status()).isEqualTo(421);
            assertThat(stage.get("/", "Host", "127.0.0.1:7070").status()).isEqualTo(200);
            assertThat(stage.get("/", "Host", "[::1]:7070").status()).isEqualTo(200);
        }
    }
}
