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

/** Where the expressions and params of one definition stand in its file, and which of its params it reads. */
public final class ExpressionPlaces {
    /** By identity: equal expressions stand in several places. */
    private final IdentityHashMap<Expression, Place> expressions = new IdentityHashMap<>();

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

    public void addParam(String name, Node key) {
        params.put(name, key);
    }

    void read(Set<String> names) {
        read.addAll(names);
    }

    /** A message at the first character of an expression; null where the file has no such expression. */
    public @Nullable Problem at(Expression expression, String message) {
        Place place = expressions.get(expression);
        return place == null ? null : place.text().problem(place.index(), message);
    }

    /** A message at the name of a param. */
    public @Nullable Problem atParam(String name, String message) {
        Node key = params.get(name);
        return key == null ? null : file.problem(key, message);
    }

    /** The params that no expression of the definition reads, ascending. */
    public Set<String> unreadParams() {
        Set<String> unread = new TreeSet<>(params.keySet());
        unread.removeAll(read);
        return unread;
    }
}
