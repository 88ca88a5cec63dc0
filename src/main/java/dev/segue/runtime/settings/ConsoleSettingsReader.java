// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.ConsoleSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings section {@code console}. */
final class ConsoleSettingsReader {
    private static final Map<String, Boolean> SWITCH = Map.of("true", true, "false", false);

    private ConsoleSettingsReader() {}

    static ConsoleSettings read(SettingsSection yaml, ConsoleSettings usual) {
        boolean enabled = yaml.choice("enabled", SWITCH, usual.enabled());
        String host = yaml.text("host", usual.host());
        int port = yaml.number("port", usual.port());
        URI publicUrl = yaml.address("public_url");
        @Nullable String tokens = yaml.optionalText("tokens_file");
        int connections = yaml.number("connections", usual.connections());
        yaml.refuseUnknown();
        Path tokensFile = tokens == null || tokens.isBlank() ? null : yaml.file("tokens_file", Path.of("."));
        return yaml.build(() -> new ConsoleSettings(enabled, host, port, publicUrl, tokensFile, connections), usual);
    }
}
