// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a contender has come.
 *
 * @param events that it has processed
 * @param work null if the contender does not count it
 * @param outputs the ends of the topics to which it writes answers
 * @param changelogBytes -1 if it has no changelog
 */
record Snapshot(long events, @Nullable WorkDone work, Map<TopicPartition, Long> outputs, long changelogBytes) {
    static Snapshot take(Launch launch, Child child) throws Exception {
        Stage stage = launch.stage();
        return new Snapshot(
                stage.committed(launch.name(), launch.events()),
                launch.entry().isSegue() ? WorkDone.read(metrics(child)) : null,
                stage.ends(launch.outputs()),
                stage.bytes(launch.name(), "-changelog"));
    }

    private static URI metrics(Child child) {
        return child.said()
                .lines()
                .filter(line -> line.startsWith(SegueContender.METRICS))
                .map(line -> URI.create(line.substring(SegueContender.METRICS.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the process has no metrics; it said: " + child.said()));
    }
}
