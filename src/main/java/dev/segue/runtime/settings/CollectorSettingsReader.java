// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.CollectorSettings;
import dev.segue.config.WriteKey;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings section {@code collector}. */
final class CollectorSettingsReader {
    private static final Map<String, Boolean> SWITCH = Map.of("true", true, "false", false);

    private CollectorSettingsReader() {}

    /** @param collecting whether a collector will be opened with these settings */
    static CollectorSettings read(SettingsSection yaml, CollectorSettings usual, Collecting collecting) {
        boolean enabled = yaml.choice("enabled", SWITCH, usual.enabled());
        String host = yaml.text("host", usual.host());
        int port = yaml.number("port", usual.port());
        boolean openToNetwork = yaml.choice("open_to_network", SWITCH, usual.openToNetwork());
        URI publicUrl = yaml.address("public_url");
        Path mapping = yaml.file("mapping", usual.mapping());
        int connections = yaml.number("connections", usual.connections());
        int buffer = yaml.number("buffer_mib", usual.bufferMebibytes());
        var patience = yaml.duration("patience", usual.patience());
        SettingsSection senders = yaml.section("keys");
        List<WriteKey> keys = keys(senders);
        yaml.refuseUnknown();
        if (collecting == Collecting.ALWAYS || (collecting == Collecting.IF_ENABLED && enabled)) {
            requireMapping(yaml, mapping);
        }
        if (collecting == Collecting.ALWAYS && !enabled && senders.keys().isEmpty()) {
            yaml.problem("keys", "must have at least one key");
        }
        // If all keys are invalid, that is problem enough.
        boolean needsKeys = enabled && senders.keys().isEmpty();
        return yaml.build(
                () -> new CollectorSettings(
                        needsKeys || (enabled && !keys.isEmpty()),
                        host,
                        port,
                        openToNetwork,
                        publicUrl,
                        mapping,
                        connections,
                        buffer,
                        patience,
                        keys),
                usual);
    }

    private static void requireMapping(SettingsSection yaml, Path mapping) {
        if (!Files.isRegularFile(mapping)) {
            yaml.problem(
                    "mapping",
                    "must name the mapping from messages to events: there is no file '" + mapping
                            + "'. The shipped one is "
                            + CollectorSettings.defaults().mapping());
        }
    }

    private static List<WriteKey> keys(SettingsSection yaml) {
        List<WriteKey> keys = new ArrayList<>();
        for (String name : yaml.keys()) {
            WriteKey key = key(name, yaml.section(name));
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static @Nullable WriteKey key(String name, SettingsSection yaml) {
        String key = yaml.text("key", "");
        String origin = yaml.optionalText("origin");
        Set<String> webOrigins = new LinkedHashSet<>(yaml.texts("web_origins", List.of()));
        int rate = yaml.number("events_per_second", WriteKey.USUAL_RATE);
        boolean mayMerge = yaml.choice("may_merge", SWITCH, false);
        yaml.refuseUnknown();
        return yaml.<@Nullable WriteKey>build(() -> new WriteKey(name, key, origin, webOrigins, rate, mayMerge), null);
    }
}
