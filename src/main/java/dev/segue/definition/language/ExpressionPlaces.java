// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.yaml.FileText;
import dev.segue.yaml.Problem;
import dev.segue.yaml.ScalarText;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** The places of one definition's keys, expressions and params in its file, and the params that its expressions read. */
public final class ExpressionPlaces {
    /** By identity, because equal expressions can occur in several places. */
    private final IdentityHashMap<Expression, Place> expressions = new IdentityHashMap<>();

    private final Map<String, Node> keys = new HashMap<>();
    private final Map<String, Node> params = new HashMap<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final FileText file;

    private record Place(ScalarText text, int index) {}

    public ExpressionPlaces(FileText file) {
        this.file = file;
    }

    void add(Expression expression, ScalarText text, int index) {
        expressions.put(expression, new Place(text, index));
    }

    public void addKey(String name, Node key) {
        keys.put(name, key);
    }

    public void addParam(String name, Node key) {
        params.put(name, key);
    }

    void read(Set<String> names) {
        read.addAll(names);
    }

    /** Returns a problem at the first character of an expression; null if the file does not contain the expression. */
    public @Nullable Problem at(Expression expression, String message) {
        Place place = expressions.get(expression);
        return place == null ? null : place.text().problem(place.index(), message);
    }

    /** Returns a problem at a key of the definition; null if the file does not contain it. */
    public @Nullable Problem atKey(String name, String message) {
        Node key = keys.get(name);
        return key == null ? null : file.problem(key, message);
    }

    /** Returns a problem at the name of a param; null if the file does not contain it. */
    public @Nullable Problem atParam(String name, String message) {
        Node key = params.get(name);
        return key == null ? null : file.problem(key, message);
    }

    /** Returns the params that no expression of the definition reads, in ascending order. */
    public Set<String> unreadParams() {
        Set<String> unread = new TreeSet<>(params.keySet());
        unread.removeAll(read);
        return unread;
    }
}
