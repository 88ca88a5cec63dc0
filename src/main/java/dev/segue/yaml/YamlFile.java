// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One YAML file while it is read: its text, and the list that its problems are added to. Several files can share one
 * list.
 */
public final class YamlFile {
    private final FileText text;
    private final List<Problem> problems;

    /** A file with a list of its own. */
    public YamlFile(FileText text) {
        this(text, new ArrayList<>());
    }

    public YamlFile(FileText text, List<Problem> problems) {
        this.text = text;
        this.problems = problems;
    }

    public FileText text() {
        return text;
    }

    /** The list itself, in the order found. */
    public List<Problem> problems() {
        return problems;
    }

    /** Adds a problem at the start of a node. */
    public void problem(Node node, String message) {
        problems.add(text.problem(node, message));
    }

    /** Adds a problem at a character offset. */
    public void problem(int offset, String message) {
        problems.add(text.problem(offset, message));
    }
}
