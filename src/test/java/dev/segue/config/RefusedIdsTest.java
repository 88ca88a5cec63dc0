// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedIdsTest {
    private final RefusedIds usual = RefusedIds.usual();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "undefined",
                "UNDEFINED",
                " null\t",
                "None",
                "NaN",
                "[object Object]",
                "\\n",
                "(NOT SET)",
                "-1",
                "0",
                "-",
                "000",
                "0-0",
                "00000000-0000-0000-0000-000000000000",
                " 00000000-0000-0000-0000-000000000000"
            })
    void refusesPlaceholders(String id) {
        assertThat(usual.complaint(id)).startsWith("the customer's id is '" + id + "', which is a placeholder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "undefined1",
                "nullius",
                "nan@example.org",
                "1",
                "-2",
                "10",
                "00000000-0000-0000-0000-000000000001",
                "object",
                "Nonesuch"
            })
    void acceptsSimilarIds(String id) {
        assertThat(usual.complaint(id)).isNull();
    }

    @Test
    void messageNamesRefusedText() {
        assertThat(usual.complaint("00-00"))
                .endsWith("if it is the id of a real customer, remove '0' from limits.refused_ids");
    }

    @Test
    void ownListReplacesDefault() {
        RefusedIds own = RefusedIds.of(List.of(" Test-User "));
        assertThat(own.complaint("test-user")).isNotNull();
        assertThat(own.complaint("test-user2")).isNull();
        assertThat(own.complaint("undefined")).isNull();
        assertThat(own.complaint("0")).isNull();
        assertThat(RefusedIds.of(List.of()).complaint("null")).isNull();
    }

    @Test
    void limitsList() {
        assertThatThrownBy(() -> RefusedIds.of(List.of(" ")))
                .hasMessage("limits.refused_ids must hold texts of 1 to 100 characters, not ' '");
        assertThatThrownBy(() -> RefusedIds.of(List.of("x".repeat(101)))).isInstanceOf(IllegalArgumentException.class);
        assertThat(RefusedIds.of(Collections.nCopies(1001, "x")).texts()).hasSize(1);
    }
}
