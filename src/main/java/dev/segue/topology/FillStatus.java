// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.topology.FillProgress.Phase;
import dev.segue.value.CountText;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far an instance has filled definitions from the past.
 *
 * @param reading number of its partitions whose past is being read, or will be
 * @param gathering number of its partitions that wait for events of their customers' other ids from other partitions
 * @param uniting number of its partitions whose customers are being united with it
 * @param eventsRead offsets that were read, of the partitions that are being read
 * @param eventsLeft offsets that are left
 * @param left about how long reading them takes; null if it is not known yet
 * @param customersLeft customers that are not united yet
 * @param stuck the longest time for which a partition has made no progress
 * @param failure why a partition cannot be read at the moment; null if all can
 */
public record FillStatus(
        int reading,
        int gathering,
        int uniting,
        long eventsRead,
        long eventsLeft,
        @Nullable Duration left,
        long customersLeft,
        Duration stuck,
        @Nullable String failure) {

    static FillStatus of(Collection<TaskProgress> tasks) {
        int reading = 0;
        int gathering = 0;
        int uniting = 0;
        long read = 0;
        long left = 0;
        long elapsed = 0;
        long customers = 0;
        long stuck = 0;
        for (TaskProgress task : tasks) {
            FillProgress fill = task.fill();
            if (fill.phase() == Phase.NONE) {
                continue;
            }
            boolean reads = fill.phase() == Phase.READING || fill.phase() == Phase.LENDING;
            reading += reads ? 1 : 0;
            gathering += fill.phase() == Phase.GATHERING ? 1 : 0;
            uniting += fill.phase() == Phase.UNITING ? 1 : 0;
            if (reads) {
                read += fill.eventsRead();
                left += fill.eventsLeft();
                elapsed = Math.max(elapsed, fill.elapsed());
            }
            customers += fill.phase() == Phase.LENDING ? 0 : Math.max(0, task.customers() - fill.customersUnited());
            stuck = Math.max(stuck, fill.stuck());
        }
        String failure = tasks.stream()
                .map(task -> task.fill().failure())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Duration rest = read == 0 ? null : Duration.ofNanos((long) ((double) elapsed / read * left));
        return new FillStatus(
                reading, gathering, uniting, read, left, rest, customers, Duration.ofNanos(stuck), failure);
    }

    /** The number of partitions that are being filled. */
    int partitions() {
        return reading + gathering + uniting;
    }

    /** Returns whether nothing is being filled. */
    public boolean isNone() {
        return partitions() == 0;
    }

    /** Returns one sentence without a full stop. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (reading > 0) {
            long all = eventsRead + eventsLeft;
            text.append("past events are read for ")
                    .append(partitions(reading))
                    .append(": ")
                    .append(all == 0 ? 0 : eventsRead * 100 / all)
                    .append(" %");
            if (eventsLeft > 0) {
                text.append(", ").append(eventsLeft).append(" events left");
            }
            if (eventsLeft > 0 && left != null) {
                text.append(", about ").append(left.toSeconds() + 1).append(" s");
            }
        }
        if (gathering > 0) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(partitions(gathering))
                    .append(gathering == 1 ? " waits" : " wait")
                    .append(" for the others, which may know more of the same customers");
        }
        if (uniting > 0) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append("the customers of ")
                    .append(partitions(uniting))
                    .append(" are updated");
        }
        return text.append("; ")
                .append(CountText.of(customersLeft, "customer is left", "customers are left"))
                .toString();
    }

    private static String partitions(int number) {
        return number == 1 ? "1 partition" : number + " partitions";
    }
}
