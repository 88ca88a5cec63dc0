// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The work of a contender so far. Taken only while the contender waits for events: requesting its metrics for the first
 * time can take a second or two.
 *
 * @param wakeUps instants at which a deadline of a customer was due; 0 if it is not Segue
 * @param evaluations evaluated definitions; 0 likewise
 * @param outputs the ends of the topics to which it writes answers
 * @param changelogBytes size of its changelog topics; -1 if it has none
 */
record Snapshot(double wakeUps, double evaluations, Map<TopicPartition, Long> outputs, long changelogBytes) {
    /** Before its first event. */
    static final Snapshot NOTHING = new Snapshot(0, 0, Map.of(), 0);

    static Snapshot take(Launch launch, Child child) throws Exception {
        Stage stage = launch.stage();
        String metrics = launch.entry().isSegue() ? metrics(child) : "";
        return new Snapshot(
                value(metrics, "segue_wake_ups_total"),
                value(metrics, "segue_evaluations_total"),
                stage.ends(launch.outputs()),
                stage.bytes(launch.name(), "-changelog"));
    }

    private static String metrics(Child child) throws IOException, InterruptedException {
        URI address = child.said()
                .lines()
                .filter(line -> line.startsWith(SegueContender.METRICS))
                .map(line -> URI.create(line.substring(SegueContender.METRICS.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the process has no metrics; it said: " + child.said()));
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** @param metrics in the text format of Prometheus; empty if there are none */
    static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseGet(() -> {
                    if (metrics.isEmpty()) {
                        return 0;
                    }
                    throw new IllegalStateException("the metrics have no " + name);
                });
    }
}
