// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.ChangeRow;
import dev.segue.console.page.ConsoleData;
import dev.segue.event.Change;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The changes of one segment as they happen, each as the list item that the page shows. */
final class ChangeSource implements LiveSource {
    /** A page shows so many, so of those that come between two polls earlier ones are dropped. */
    private static final int MOST = 20;

    private final String segment;
    private final Rendering rendering;
    private final Deque<Change> waiting = new ArrayDeque<>();
    private final Runnable end;

    ChangeSource(String segment, Rendering rendering) {
        this.segment = segment;
        this.rendering = rendering;
        this.end = rendering.data().follow(this::take);
    }

    private void take(Change change) {
        if (change.segment().equals(segment)) {
            synchronized (waiting) {
                waiting.addLast(change);
                if (waiting.size() > MOST) {
                    waiting.removeFirst();
                }
            }
        }
    }

    @Override
    public String poll() {
        List<Change> taken;
        synchronized (waiting) {
            taken = new ArrayList<>(waiting);
            waiting.clear();
        }
        ConsoleData data = rendering.data();
        Instant now = data.now();
        ZoneId zone = data.definitions().zone();
        return taken.stream().map(change -> event(change, now, zone)).collect(Collectors.joining());
    }

    private String event(Change change, Instant now, ZoneId zone) {
        String html = rendering.html().render("change", Map.of("row", ChangeRow.of(change, now, zone)));
        return "event: change\n"
                + html.strip().lines().map(line -> "data: " + line + "\n").collect(Collectors.joining())
                + "\n";
    }

    @Override
    public void close() {
        end.run();
    }
}
