// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.segue.config.ConsoleSettings;
import dev.segue.config.Settings;
import dev.segue.runtime.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/console.md says of settings is so. */
class ConsoleDocTest {
    private static String page() throws Exception {
        return Files.readString(Path.of("docs", "console.md"));
    }

    @Test
    void settingsShownAreValid() throws Exception {
        Matcher yaml = Pattern.compile("```yaml\n(# segue.yaml\n.*?)```", Pattern.DOTALL)
                .matcher(page());
        assertThat(yaml.find()).isTrue();
        Settings settings = SettingsReader.read("segue.yaml", yaml.group(1), name -> null);
        assertThat(settings.console().publicUrl()).isEqualTo(URI.create("https://segue.shop.example"));
        assertThat(settings.console().tokensFile()).isEqualTo(Path.of("/etc/segue/console-tokens"));
    }

    @Test
    void addressShownIsTheUsualOne() throws Exception {
        ConsoleSettings usual = ConsoleSettings.defaults();
        assertThat(page()).contains("http://" + usual.host() + ":" + usual.port() + "/");
    }

    @Test
    void shippedSettingsAreTheUsualOnes() throws Exception {
        Settings shipped = SettingsReader.read("segue.yaml", Files.readString(Path.of("segue.yaml")), name -> null);
        assertThat(shipped.console()).isEqualTo(ConsoleSettings.defaults());
    }

    @Test
    void everySettingIsReadAndWrongOnesAreReported() throws Exception {
        Settings settings = SettingsReader.read(
                "segue.yaml",
                "console: {enabled: true, host: 0.0.0.0, port: 9, public_url: 'https://x.example', tokens_file: t, connections: 20}",
                name -> null);
        assertThat(settings.console())
                .isEqualTo(new ConsoleSettings(true, "0.0.0.0", 9, URI.create("https://x.example"), Path.of("t"), 20));
        assertThat(catchThrowable(() -> SettingsReader.read(
                        "segue.yaml",
                        "console: {host: shop.example, port: 70000, connections: 1, extra: 1}",
                        name -> null)))
                .hasMessageContaining("console.host 'shop.example' can be reached from other machines")
                .hasMessageContaining("console.port must be from 0 to 65535, not 70000")
                .hasMessageContaining("console.connections must be from 16 to 100000, not 1")
                .hasMessageContaining("extra");
    }
}
