// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link BodyFuzzTest}, for longer. */
class BodyFuzzIT {
    @Test
    @Tag("faults")
    void noBodyOfManyIsAnErrorOfOurs() throws Exception {
        BodyFuzzTest.fuzz(100_000);
    }
}
