// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A partition that this instance delivers: how far its decisions are dealt with, and what is to be written about its
 * letters with the next transaction. For one thread.
 */
final class OwnedPartition {
    private final int number;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Map<String, ProducerRecord<String, byte[]>> unwritten = new LinkedHashMap<>();
    private final Set<String> parked = new HashSet<>();
    private long position;
    private long committed;
    private boolean switchedOff;
    private boolean redrives;

    /** A decision that must be dealt with before the offsets behind it may be committed. */
    private record Step(long offset, BooleanSupplier isDone) {}

    /**
     * @param position the next offset to read
     * @param committed the committed offset; -1 if there is none yet
     */
    OwnedPartition(int number, long position, long committed) {
        this.number = number;
        this.position = position;
        this.committed = committed;
    }

    int number() {
        return number;
    }

    void read(long offset) {
        position = offset + 1;
    }

    /** Offsets from this one on are not committed until the condition holds. */
    void await(long offset, BooleanSupplier isDone) {
        steps.add(new Step(offset, isDone));
    }

    /** The offset that may be committed: every decision before it is done with, or its letters are stored. */
    long committable() {
        while (!steps.isEmpty() && steps.element().isDone().getAsBoolean()) {
            steps.remove();
        }
        return steps.isEmpty() ? position : steps.element().offset();
    }

    long committed() {
        return committed;
    }

    /** Everything to be written is written, with this offset. */
    void written(long offset) {
        unwritten.clear();
        committed = offset;
    }

    /** What to write; the latest of each key. */
    Map<String, ProducerRecord<String, byte[]>> unwritten() {
        return unwritten;
    }

    void write(ProducerRecord<String, byte[]> record) {
        unwritten.put(record.key(), record);
    }

    /** Ids of the letters that are parked. */
    Set<String> parked() {
        return parked;
    }

    boolean isSwitchedOff() {
        return switchedOff;
    }

    void setSwitchedOff(boolean value) {
        switchedOff = value;
    }

    /** True while the parked letters are to be sent again. */
    boolean redrives() {
        return redrives;
    }

    void setRedrives(boolean value) {
        redrives = value;
    }
}
