// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other ids of a customer, in the order in which they were linked. Not thread-safe. */
public final class LinkedIds {
    public static final long NOTHING_MOVED = Long.MIN_VALUE;

    private final List<Link> links = new ArrayList<>();
    /** The ids that definitions see until {@link #show}; null if these are the current ones. */
    private @Nullable List<Link> shown;

    /**
     * One other id.
     *
     * @param since time of the event that linked it, in milliseconds since the epoch
     * @param seenAt time of the latest event of the customer that names it; the customer who named a shared device last
     *     has it
     * @param movedAt time of the event that let its data move here, in milliseconds since the epoch; {@link
     *     #NOTHING_MOVED} if none did
     */
    public record Link(String id, long since, long seenAt, long movedAt) {}

    public LinkedIds() {}

    /** Restores stored links. */
    public LinkedIds(List<Link> stored) {
        links.addAll(stored);
    }

    public List<Link> all() {
        return Collections.unmodifiableList(links);
    }

    /** Returns the ids that definitions see, in ascending order: links that are made or ended count from {@link #show} on. */
    public List<String> shown() {
        return (shown == null ? links : shown).stream().map(Link::id).sorted().toList();
    }

    /** Returns whether definitions see the current ids. */
    public boolean isShown() {
        return shown == null;
    }

    /**
     * Lets definitions see the current ids.
     *
     * @return whether they saw others
     */
    public boolean show() {
        boolean differs = shown != null;
        shown = null;
        return differs;
    }

    public int size() {
        return links.size();
    }

    /** Returns how many were linked after an instant and up to another one, in milliseconds since the epoch. */
    public long linked(long after, long upTo) {
        return links.stream()
                .filter(link -> link.since() > after && link.since() <= upTo)
                .count();
    }

    /** Null if the id is not linked. */
    public @Nullable Link find(String id) {
        for (Link link : links) {
            if (link.id().equals(id)) {
                return link;
            }
        }
        return null;
    }

    /** Links an id, or notes that it was seen again. */
    public void add(String id, long at) {
        add(new Link(id, at, at, NOTHING_MOVED));
    }

    /** Links an id whose data has moved here. */
    public void moved(String id, long at) {
        add(new Link(id, at, at, at));
    }

    private void add(Link added) {
        for (int index = 0; index < links.size(); index++) {
            Link known = links.get(index);
            if (known.id().equals(added.id())) {
                links.set(
                        index,
                        new Link(
                                known.id(),
                                Math.min(known.since(), added.since()),
                                Math.max(known.seenAt(), added.seenAt()),
                                Math.max(known.movedAt(), added.movedAt())));
                return;
            }
        }
        keepShown();
        links.add(added);
    }

    private void keepShown() {
        if (shown == null) {
            shown = List.copyOf(links);
        }
    }

    /** Links all ids of the same person's other history, except the person's own id. */
    public void addAll(LinkedIds others, String own) {
        others.links.stream().filter(link -> !link.id().equals(own)).forEach(this::add);
    }

    public void remove(String id) {
        if (find(id) != null) {
            keepShown();
            links.removeIf(link -> link.id().equals(id));
        }
    }
}
