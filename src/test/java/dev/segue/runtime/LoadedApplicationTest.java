// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.runtime.settings.SettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading an application, before it connects to anything. */
class LoadedApplicationTest {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void readsDirectoriesAsOneSetOfDefinitions() throws Exception {
        Path ours = layer("ours", "segment: ours\nwhen: in_segment('theirs')\n");
        Path theirs = layer("theirs", "segment: theirs\nwhen: activity.count() > 0\n");
        try (Application application = load(ours, theirs)) {
            assertThat(application.segments()).containsExactly("ours", "theirs");
        }
    }

    @Test
    void namesBothFilesOfDuplicateName() throws Exception {
        Path ours = layer("ours", "segment: same\nwhen: activity.count() > 0\n");
        Path theirs = layer("theirs", "\ntrait: same\nvalue: activity.latest().hour\n");
        assertThatThrownBy(() -> load(ours, theirs))
                .isInstanceOf(InvalidDefinitions.class)
                .hasMessageContaining(theirs.resolve("theirs.yaml") + ":2:8: 'same' is already defined at "
                        + ours.resolve("ours.yaml") + ":1.");
    }

    @Test
    void everySegmentHasGauge() throws Exception {
        Path layer = layer("ours", """
                group: level
                first: {high: activity.count() > 9, low: activity.count() > 0}
                """);
        try (Application application = load(layer)) {
            assertThat(application.segments()).containsExactly("level");
            assertThat(meters.get("segue.customers").gauge().value()).isZero();
            assertThat(meters.get("segue.segment.members").gauges())
                    .extracting(gauge -> gauge.getId().getTag("segment"))
                    .containsExactlyInAnyOrder("high", "low");
        }
    }

    @Test
    void checksOverridesOfSettings() throws Exception {
        Path layer = layer("ours", "segment: ours\nparams: {least: 1}\nwhen: activity.count() >= params.least\n");
        Settings settings = SettingsReader.read(
                "segue.yaml",
                "segments: {directories: [" + layer + "], overrides: {ours: {least: few}}}",
                name -> null);
        assertThatThrownBy(() -> load(settings))
                .isInstanceOf(InvalidDefinitions.class)
                .hasMessageContaining("segue.yaml:1:")
                .hasMessageContaining("'least' is a whole number");
    }

    private Path layer(String name, String text) throws IOException {
        Path layer = Files.createDirectory(directory.resolve(name));
        Files.writeString(layer.resolve(name + ".yaml"), text);
        return layer;
    }

    private Application load(Path... layers) throws Exception {
        return load(Settings.defaults()
                .withPlaces(Path.of("schemas"), SegmentSettings.in(layers), directory.resolve("registry")));
    }

    private Application load(Settings settings) throws Exception {
        return Application.load(settings, () -> Instant.EPOCH, meters);
    }
}
