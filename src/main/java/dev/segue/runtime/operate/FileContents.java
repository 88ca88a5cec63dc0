// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.definition.DefinitionText;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of definitions at one moment.
 *
 * @param texts of all files; empty if they cannot be read
 * @param trouble why they cannot be read; null if they can
 */
public record FileContents(
        List<DefinitionText> texts, @Nullable String trouble) {
    public FileContents {
        texts = List.copyOf(texts);
    }

    /** @param places files or directories */
    public static FileContents read(List<Path> places) {
        try {
            return new FileContents(SegmentFiles.read(places), null);
        } catch (InvalidSettings unreadable) {
            return new FileContents(List.of(), String.join("\n", unreadable.problems()));
        } catch (UncheckedIOException unreadable) {
            return new FileContents(List.of(), String.valueOf(unreadable.getMessage()));
        }
    }

    /** Returns the names of the files as they are in messages. */
    Set<String> names() {
        return texts.stream().map(DefinitionText::file).collect(Collectors.toSet());
    }
}
