// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.event.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A template for a definition. Each is a resource of this package, and a valid definition as it is. */
enum Template {
    BLANK("the smallest segment, with every other key as a comment"),
    WINDOW_COUNT("did something at least a number of times within a window"),
    QUIET_AFTER("did something, and then nothing for a while"),
    NOT_SINCE("did one action and has not done another since"),
    PER_ITEM("did something several times with the same product"),
    OVERDUE("is later than usual for this customer"),
    CALENDAR("a date of the customer, or one of the year, is near"),
    GROUP("one of several segments, by a count or an amount"),
    TRAIT("a value, such as the most frequent choice");

    /** Placeholder in the resource for the user's name. */
    private static final String NAME = "my-segment";

    private final String describes;

    Template(String describes) {
        this.describes = describes;
    }

    /** As users write it, such as {@code window-count}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String describes() {
        return describes;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Template::label).toList();
    }

    /** @throws UserError with the nearest name if there is no such template */
    static Template named(String label) {
        return Arrays.stream(values())
                .filter(template -> template.label().equals(label))
                .findFirst()
                .orElseThrow(() -> {
                    String hint = Nearest.hint(label, labels());
                    return new UserError("There is no template '" + label + "'."
                            + (hint.isEmpty() ? " There are: " + String.join(", ", labels()) + "." : hint));
                });
    }

    /** Returns the text of the template for a definition of the given name. */
    String text(String name) {
        String resource = "templates/" + label() + ".yaml";
        try (InputStream stream = Template.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace(NAME, name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
