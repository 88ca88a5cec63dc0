// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The device in the {@code context} of a tracker's message: what the message states, and otherwise what the user agent
 * says. Only large families are told apart; everything else stays unset.
 */
final class DeviceOf {
    /** Marks of a user agent and what they mean; the first that it contains decides. */
    private record Mark(String mark, String meaning) {}

    private static final List<Mark> SYSTEMS = List.of(
            new Mark("windows", "windows"),
            new Mark("iphone", "ios"),
            new Mark("ipad", "ios"),
            new Mark("ipod", "ios"),
            new Mark("android", "android"),
            new Mark("cros", "chromeos"),
            new Mark("mac os", "macos"),
            new Mark("macintosh", "macos"),
            new Mark("linux", "linux"));

    private static final List<Mark> BROWSERS = List.of(
            new Mark("edg", "edge"),
            new Mark("opr/", "opera"),
            new Mark("samsungbrowser", "samsung"),
            new Mark("firefox", "firefox"),
            new Mark("fxios", "firefox"),
            new Mark("crios", "chrome"),
            new Mark("chrome", "chrome"),
            new Mark("safari", "safari"));

    private DeviceOf() {}

    /** Type, os and browser, as far as they are known; null if none is. */
    static @Nullable Map<String, Object> context(@Nullable Object context) {
        if (!(context instanceof JsonObject members)) {
            return null;
        }
        String agent = text(members.get("userAgent")).toLowerCase(Locale.ROOT);
        String stated = text(member(members, "os", "name"));
        String system = system(stated.isEmpty() ? agent : stated.toLowerCase(Locale.ROOT), stated);
        Map<String, Object> device = new LinkedHashMap<>();
        put(device, "type", type(members, agent, system));
        put(device, "os", system);
        put(device, "browser", find(BROWSERS, agent));
        return device.isEmpty() ? null : device;
    }

    private static String system(String text, String stated) {
        String known = text.equals("ios") || text.equals("ipados") ? "ios" : find(SYSTEMS, text);
        return known.isEmpty() ? stated : known;
    }

    private static String type(JsonObject context, String agent, String system) {
        // Mobile SDKs send the system as device.type.
        if (system.equals("ios") || system.equals("android")) {
            String model = text(member(context, "device", "model")).toLowerCase(Locale.ROOT);
            boolean tablet = agent.contains("ipad")
                    || model.contains("ipad")
                    || model.contains("tablet")
                    || (system.equals("android")
                            && !agent.isEmpty()
                            && !agent.contains("mobile")
                            && agent.contains("mozilla"));
            return tablet ? "tablet" : "mobile";
        }
        return List.of("windows", "macos", "linux", "chromeos").contains(system) ? "desktop" : "";
    }

    private static String find(List<Mark> marks, String text) {
        for (Mark mark : marks) {
            if (text.contains(mark.mark())) {
                return mark.meaning();
            }
        }
        return "";
    }

    private static @Nullable Object member(JsonObject object, String name, String part) {
        return object.get(name) instanceof JsonObject nested ? nested.get(part) : null;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text.strip() : "";
    }

    private static void put(Map<String, Object> device, String name, String value) {
        if (!value.isEmpty()) {
            device.put(name, value);
        }
    }
}
