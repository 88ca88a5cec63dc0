package dev.segue.cli;

import dev.segue.event.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A file to start a definition from. Each is a resource of this package, and a definition in order as it stands. */
enum Template {
    BLANK("the smallest segment, with every other key as a comment"),
    WINDOW_COUNT("did something at least so many times within a while"),
    QUIET_AFTER("did something, and then nothing at all for a while"),
    NOT_SINCE("did one thing and has not done another since"),
    PER_ITEM("did something several times with the same product"),
    OVERDUE("is later than usual for this very customer"),
    CALENDAR("a date of the customer, or one of the year, is near"),
    GROUP("one of several segments, by how much of something there is"),
    TRAIT("a value, such as what is chosen most often");

    /** The name that the resource has in the place of the user's. */
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

    /** @throws UserError naming the nearest where there is none of that name */
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

    /** The text of a definition of the given name. */
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
