// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Segue's work so far, by its own metrics. */
record WorkDone(double events, double wakeUps, double evaluations) {
    /** @param metrics the address of the metrics */
    static WorkDone read(URI metrics) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(metrics).build();
        return parse(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    /** @param metrics in the text format of Prometheus */
    static WorkDone parse(String metrics) {
        return new WorkDone(
                value(metrics, "segue_events_total"),
                value(metrics, "segue_wake_ups_total"),
                value(metrics, "segue_evaluations_total"));
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the metrics have no " + name));
    }

    WorkDone minus(WorkDone before) {
        return new WorkDone(events - before.events, wakeUps - before.wakeUps, evaluations - before.evaluations);
    }
}
