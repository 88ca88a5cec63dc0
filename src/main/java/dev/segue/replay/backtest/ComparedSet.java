// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.definition.Definition;
import java.util.List;

/**
 * Definitions that are in force together.
 *
 * @param name for people, such as the directory
 */
public record ComparedSet(String name, List<Definition> definitions) {

    /** The empty set. */
    public static ComparedSet nothing() {
        return new ComparedSet("nothing", List.of());
    }
}
