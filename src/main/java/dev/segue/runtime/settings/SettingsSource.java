// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.SourceWord;
import dev.segue.yaml.Problem;
import dev.segue.yaml.ScalarText;
import dev.segue.yaml.YamlFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A settings file while it is read: replaces placeholders, and reports refused settings at their places. */
final class SettingsSource {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(?:file:([^}]+)|([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?)}");

    private final YamlFile file;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, Node> places = new HashMap<>();

    /** @param environment returns the value of an environment variable, or null */
    SettingsSource(YamlFile file, UnaryOperator<@Nullable String> environment) {
        this.file = file;
        this.environment = environment;
    }

    void problem(Node node, String message) {
        file.problem(node, message);
    }

    /** @param path of a setting, with the names of its sections, such as {@code topics.retention} */
    void remember(String path, Node place) {
        places.put(path, place);
    }

    /** A message may begin with the path of its setting; otherwise it applies to the whole section. */
    void refuse(String section, String message) {
        String path = message.substring(0, Math.max(0, message.indexOf(' ')));
        Node place = places.getOrDefault(path, places.get(section));
        if (place == null) {
            file.problem(0, message);
        } else {
            file.problem(place, message);
        }
    }

    SourceWord word(ScalarNode node) {
        Problem place = file.text().problem(node, "");
        return new SourceWord(resolve(node), place.file(), place.line(), place.column(), place.sourceLine());
    }

    /**
     * Replaces <code>${NAME}</code> by environment variables and <code>${file:PATH}</code> by the content of files, so
     * that the settings need not contain passwords; with <code>${NAME:-otherwise}</code> the variable may be unset.
     */
    String resolve(ScalarNode node) {
        return PLACEHOLDER.matcher(node.getValue()).replaceAll(found -> {
            Consumer<String> problem =
                    message -> file.problems().add(new ScalarText(file.text(), node).problem(found.start(), message));
            return Matcher.quoteReplacement(
                    found.group(1) == null
                            ? variable(found.group(2), found.group(3), problem)
                            : content(found.group(1), problem));
        });
    }

    private String variable(String name, @Nullable String otherwise, Consumer<String> problem) {
        String value = environment.apply(name);
        String chosen = value == null ? otherwise : value;
        if (chosen == null) {
            problem.accept("the environment variable '" + name + "' is not set");
        }
        return chosen == null ? "" : chosen;
    }

    /** Without the trailing line break that editors and most secret tools write. */
    private static String content(String path, Consumer<String> problem) {
        try {
            return Files.readString(Path.of(path)).stripTrailing();
        } catch (NoSuchFileException missing) {
            problem.accept("there is no file '" + path + "'");
        } catch (CharacterCodingException foreign) {
            problem.accept("the file '" + path + "' is not UTF-8 text");
        } catch (IOException | InvalidPathException unreadable) {
            problem.accept("the file '" + path + "' cannot be read");
        }
        return "";
    }
}
