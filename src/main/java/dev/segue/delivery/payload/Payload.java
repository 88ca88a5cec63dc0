// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery.payload;

import dev.cel.common.types.CelKind;
import dev.cel.common.values.NullValue;
import dev.segue.event.Nearest;
import dev.segue.event.TriggerDecision;
import dev.segue.serde.event.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The body of a request: a decision as JSON. Safe for several threads. */
public interface Payload {
    /** Segue's own payload, as Standard Webhooks recommends: type, timestamp and data. */
    String STANDARD = "standard";

    /** The payloads for services of others, each a file of the same name with an expression. */
    Set<String> READY = Set.of("klaviyo-event", "customer-io-event", "meta-custom-audience");

    /**
     * The text of the body.
     *
     * @throws PayloadFailure if an expression fails for this decision
     */
    String of(TriggerDecision decision) throws PayloadFailure;

    /**
     * Reads the name of a payload, or an expression in CEL whose value is a map.
     *
     * @throws InvalidTemplate with the first problem
     */
    static Payload read(String text) throws InvalidTemplate {
        String word = text.strip();
        if (word.equals(STANDARD)) {
            return decision -> JsonLines.write(standard(decision));
        }
        if (READY.contains(word)) {
            return expression(ready(word));
        }
        if (word.matches("[a-z-]*")) {
            Set<String> names = new TreeSet<>(READY);
            names.add(STANDARD);
            throw new InvalidTemplate(
                    "'" + word + "' is not one of " + String.join(", ", names) + ", nor a map such as"
                            + " {'id': decision.activation_id}." + Nearest.hint(word, names),
                    0);
        }
        return expression(text);
    }

    private static Payload expression(String text) throws InvalidTemplate {
        DecisionCel.Compiled compiled = new DecisionCel().compile(text, Set.of(CelKind.MAP), "a map");
        return decision -> {
            Object value = plain(compiled.of(decision));
            if (value instanceof Map<?, ?> map) {
                return JsonLines.write(json -> JsonLines.writeValue(json, map));
            }
            throw new PayloadFailure("the value of the payload is not a map");
        };
    }

    /** The text of a file that comes with Segue. */
    private static String ready(String name) {
        try (InputStream file = Payload.class.getResourceAsStream(name + ".cel")) {
            if (file == null) {
                throw new IllegalStateException("the payload " + name + " is not part of this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, Object> standard(TriggerDecision decision) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "decision." + decision.kind().name().toLowerCase(Locale.ROOT));
        body.put("timestamp", decision.decidedAt());
        body.put("data", DecisionView.of(decision));
        return body;
    }

    /** A value of CEL in the classes that are written as JSON. Entries that are null are left out. */
    private static @Nullable Object plain(Object value) throws PayloadFailure {
        if (value instanceof NullValue) {
            return null;
        }
        if (value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Double
                || value instanceof Instant) {
            if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
                throw new PayloadFailure("a number of the payload is not finite");
            }
            return value;
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() / 1000.0;
        }
        if (value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>();
            for (Object element : list) {
                Object plain = plain(element);
                if (plain != null) {
                    converted.add(plain);
                }
            }
            return converted;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> converted = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object plain = plain(entry.getValue());
                if (plain != null) {
                    converted.put(String.valueOf(entry.getKey()), plain);
                }
            }
            return converted;
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new PayloadFailure("a value of the payload cannot be written as JSON");
    }
}
