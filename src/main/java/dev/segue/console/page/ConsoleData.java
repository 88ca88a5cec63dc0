// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Consumer;

/** What pages are made from: everything is the state of the moment of the call. Safe for several threads. */
public interface ConsoleData {
    /** The clock by which the data is dated; a simulated shop has its own. */
    Instant now();

    LiveDefinitions definitions();

    Freshness freshness();

    /** Returns how many customers are in any segment, group or trait. */
    long customers();

    /** Returns how many members a segment, a choice of a group or a trait has. */
    long members(String segment);

    /**
     * Returns members in order of the bytes of their ids.
     *
     * @param after only members after this id; empty to begin with the first
     * @param most at most so many
     */
    List<Member> members(String segment, String after, int most);

    /** Returns all memberships of one customer, in no particular order. */
    List<Member> memberships(String customer);

    /**
     * Returns ids of customers in any segment that begin with a text, in order of their bytes.
     *
     * @param after only ids after this one; empty to begin with the first
     * @param most at most so many
     */
    List<String> customers(String prefix, String after, int most);

    /** Reads what the log says of one customer, which takes a moment. */
    CustomerTrail trail(String customer);

    /** Returns the values of a trait, the most frequent first. */
    ValueCounts values(String trait, int most);

    /**
     * Returns the counts of a subject by the beginning of their window, in milliseconds since the epoch.
     *
     * @param from the first window that is wanted
     */
    NavigableMap<Long, WindowCounts> windows(Subject subject, WindowSize size, long from);

    /** Returns the windows of all subjects of a kind that begin at an instant or later, in order of time. */
    List<Statistic> statistics(StatisticKind kind, WindowSize size, long from);

    /** Returns the latest changes of a segment, the latest first. Only some are kept. */
    List<Change> changes(String segment, int most);

    /** Returns the latest decisions of a trigger, the latest first. Only some are kept. */
    List<TriggerDecision> decisions(String trigger, int most);

    /**
     * Passes on each change from now on, as it is read. The listener must return at once.
     *
     * @return ends that; may be called twice
     */
    Runnable follow(Consumer<Change> listener);
}
