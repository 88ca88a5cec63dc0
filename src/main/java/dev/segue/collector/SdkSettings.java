// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.config.WriteKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings that browser SDKs load before they send anything: no destinations, and where to send. */
final class SdkSettings {
    private SdkSettings() {}

    /**
     * Segment's. Without {@code apiHost}, the SDK would send to Segment; without {@code sampleRate}, it would send
     * statistics there.
     *
     * @param address of this collector as the browser sees it, such as {@code https://events.shop.example}
     */
    static Reply segment(WriteKey key, String address) {
        String protocol = address.substring(0, address.indexOf("://"));
        String host = address.substring(address.indexOf("://") + 3);
        Map<String, Object> destination = new TreeMap<>();
        destination.put("apiKey", key.key());
        destination.put("apiHost", host + "/v1");
        destination.put("protocol", protocol);
        destination.put("unbundledIntegrations", List.of());
        destination.put("addBundledMetadata", false);
        destination.put("versionSettings", Map.of("version", "4.4.7", "componentTypes", List.of("browser")));
        Map<String, Object> settings = new TreeMap<>();
        settings.put("integrations", Map.of("Segment.io", destination));
        settings.put("plan", Map.of("track", Map.of("__default", Map.of("enabled", true, "integrations", Map.of()))));
        settings.put("edgeFunction", Map.of());
        settings.put("analyticsNextEnabled", true);
        settings.put("middlewareSettings", Map.of());
        settings.put("enabledMiddleware", Map.of());
        settings.put("metrics", Map.of("sampleRate", 0L));
        settings.put("legacyVideoPluginsEnabled", false);
        settings.put("remotePlugins", List.of());
        return Reply.json(200, settings);
    }

    /** RudderStack's. */
    static Reply rudder(WriteKey key) {
        Map<String, Object> off = Map.of("enabled", false);
        Map<String, Object> source = new TreeMap<>();
        source.put("id", key.name());
        source.put("name", key.name());
        source.put("writeKey", key.key());
        source.put("workspaceId", "segue");
        source.put("enabled", true);
        source.put("config", Map.of("statsCollection", Map.of("errors", off, "metrics", off)));
        source.put("connections", List.of());
        source.put("destinations", List.of());
        return Reply.json(200, Map.of("source", source));
    }
}
