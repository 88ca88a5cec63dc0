// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery.payload;

import dev.cel.common.types.CelKind;
import dev.segue.event.TriggerDecision;
import dev.segue.serde.event.JsonLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A text in which <code>{{expression}}</code> stands for the value of an expression in CEL. Safe for several threads. */
public final class TextTemplate {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Set<CelKind> WRITABLE =
            Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.BOOL, CelKind.TIMESTAMP);

    private final List<Part> parts;

    private TextTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private interface Part {
        String of(TriggerDecision decision) throws PayloadFailure;
    }

    /** @throws InvalidTemplate with the first problem */
    public static TextTemplate read(String text) throws InvalidTemplate {
        DecisionCel cel = new DecisionCel();
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf(OPEN, at);
            String plain = text.substring(at, open < 0 ? text.length() : open);
            parts.add(decision -> plain);
            if (open < 0) {
                break;
            }
            int begin = open + OPEN.length();
            int close = text.indexOf(CLOSE, begin);
            if (close < 0) {
                throw new InvalidTemplate("'{{' has no '}}' behind it", open);
            }
            parts.add(expression(cel, text.substring(begin, close), begin));
            at = close + CLOSE.length();
        }
        return new TextTemplate(parts);
    }

    private static Part expression(DecisionCel cel, String text, int begin) throws InvalidTemplate {
        try {
            DecisionCel.Compiled compiled = cel.compile(text, WRITABLE, "a text or a number");
            return decision -> write(compiled.of(decision));
        } catch (InvalidTemplate invalid) {
            throw new InvalidTemplate(String.valueOf(invalid.getMessage()), begin + invalid.offset());
        }
    }

    private static String write(Object value) throws PayloadFailure {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Instant instant) {
            String json = JsonLines.write(writer -> JsonLines.writeValue(writer, instant));
            return json.substring(1, json.length() - 1);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new PayloadFailure("a value of the template is neither a text nor a number");
    }

    /** @throws PayloadFailure if an expression fails for this decision */
    public String of(TriggerDecision decision) throws PayloadFailure {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.of(decision));
        }
        return text.toString();
    }
}
