// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A customer's activity without a break of {@link #SILENCE}. The events of a session may arrive in any order.
 *
 * @param start time of the earliest event, in milliseconds since the epoch
 * @param last time of the latest event
 * @param heard the customer's time when the last event arrived; later than {@code last} if events arrive late
 * @param events number of events
 * @param views number of pages viewed
 * @param landing the first page; null if no page was viewed that says which it is
 * @param exit the last page
 * @param orders number of orders
 * @param referrer where the first event that says so came from; null if none did
 * @param pages hashes of the pages that were viewed, at most {@value #MOST_PAGES}
 * @param forms the forms that were begun or sent, at most {@value #MOST_FORMS}
 */
public record Session(
        long start,
        long last,
        long heard,
        long events,
        long views,
        @Nullable View landing,
        @Nullable View exit,
        long orders,
        @Nullable String referrer,
        Set<Long> pages,
        Map<String, FormUse> forms) {
    /** A session ends when nothing has come for so long. */
    public static final Duration SILENCE = Duration.ofMinutes(30);

    private static final int MOST_PAGES = 200;
    private static final int MOST_FORMS = 16;
    private static final long GAP = SILENCE.toMillis();

    public Session {
        pages = Collections.unmodifiableSortedSet(new TreeSet<>(pages));
        forms = Collections.unmodifiableSortedMap(new TreeMap<>(forms));
    }

    /** A page and when it was viewed. */
    public record View(String page, long at) {}

    /** @param now the customer's time, which is the event's or later */
    public static Session of(Event event, long now) {
        return new Session(event.time(), event.time(), now, 0, 0, null, null, 0, null, Set.of(), Map.of())
                .with(event, now);
    }

    /** Returns whether an event is less than the silence away from the others. */
    public boolean includes(Event event) {
        return event.time() > start - GAP && event.time() < last + GAP;
    }

    /** Returns the session with one more event, which it includes. */
    public Session with(Event event, long now) {
        String page = PageName.of(event);
        View view = page == null ? null : new View(page, event.time());
        String from = PageName.text(event, "referrer");
        return new Session(
                Math.min(start, event.time()),
                Math.max(last, event.time()),
                Math.max(heard, now),
                events + 1,
                views + (event.type().name().equals(EventNames.PAGE_VIEWED) ? 1 : 0),
                first(landing, view),
                last(exit, view),
                orders + (event.type().name().equals(EventNames.ORDER_COMPLETED) ? 1 : 0),
                referrer == null ? from : referrer,
                isNews(page) ? union(pages, Set.of(PageName.hash(page))) : pages,
                formsWith(event));
    }

    /** Returns whether a page would be the first view of it in this session. */
    public boolean isNews(@Nullable String page) {
        return page != null && pages.size() < MOST_PAGES && !pages.contains(PageName.hash(page));
    }

    private static Set<Long> union(Set<Long> some, Set<Long> others) {
        Set<Long> all = new TreeSet<>(some);
        for (Long other : others) {
            if (all.size() < MOST_PAGES) {
                all.add(other);
            }
        }
        return all;
    }

    private Map<String, FormUse> formsWith(Event event) {
        FormUse use = FormUse.of(event);
        return use == null ? forms : union(forms, Map.of(FormUse.name(event), use));
    }

    private static Map<String, FormUse> union(Map<String, FormUse> some, Map<String, FormUse> others) {
        Map<String, FormUse> all = new TreeMap<>(some);
        others.forEach((form, use) -> {
            if (all.size() < MOST_FORMS || all.containsKey(form)) {
                all.merge(form, use, FormUse::and);
            }
        });
        return all;
    }

    /** Returns the session of a person with two ids, if theirs are less than the silence apart; otherwise null. */
    public @Nullable Session and(Session other) {
        if (other.last <= start - GAP || other.start >= last + GAP) {
            return null;
        }
        return new Session(
                Math.min(start, other.start),
                Math.max(last, other.last),
                Math.max(heard, other.heard),
                events + other.events,
                views + other.views,
                first(landing, other.landing),
                last(exit, other.exit),
                orders + other.orders,
                referrer == null || (other.referrer != null && other.start < start) ? other.referrer : referrer,
                union(pages, other.pages),
                union(forms, other.forms));
    }

    /** Of views at one instant, the one that came first. */
    private static @Nullable View first(@Nullable View known, @Nullable View view) {
        return known == null || (view != null && view.at < known.at) ? view : known;
    }

    /** Of views at one instant, the one that came last. */
    private static @Nullable View last(@Nullable View known, @Nullable View view) {
        return known == null || (view != null && view.at >= known.at) ? view : known;
    }

    /** When the session ends unless another event arrives, in milliseconds since the epoch. */
    public long endsAt() {
        return Math.max(last, heard) + GAP;
    }

    /** Returns whether it consists of a single view of a page. */
    public boolean bounced() {
        return events == 1 && views == 1;
    }
}
