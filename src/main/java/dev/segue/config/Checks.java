// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Range checks of several settings. Each problem is noted, so that all of them are reported at once. */
final class Checks {
    private final List<String> problems = new ArrayList<>();

    Checks that(boolean holds, String message, Object... values) {
        note(() -> Check.that(holds, message, values));
        return this;
    }

    Checks within(String key, long value, long least, long most) {
        note(() -> Check.within(key, value, least, most));
        return this;
    }

    Checks within(String key, Duration value, Duration least, Duration most) {
        note(() -> Check.within(key, value, least, most));
        return this;
    }

    private void note(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException problem) {
            problems.add(String.valueOf(problem.getMessage()));
        }
    }

    /** @throws InvalidValues if any check has failed */
    void end() {
        if (!problems.isEmpty()) {
            throw new InvalidValues(problems);
        }
    }
}
