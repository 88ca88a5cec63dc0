// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown with every problem of a mapping, ordered by place. */
public final class InvalidMapping extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidMapping(List<Problem> problems) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
