// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegueTopologyTest {
    /** A renamed node or store loses state at the next deployment: think twice before you change the golden file. */
    @Test
    void matchesDescription(@TempDir Path directory) throws Exception {
        try (TopologyScenario scenario = new TopologyScenario(directory);
                var golden = Objects.requireNonNull(getClass().getResourceAsStream("topology.txt"))) {
            assertThat(scenario.topology(Map.of()).describe().toString())
                    .isEqualToNormalizingNewlines(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
