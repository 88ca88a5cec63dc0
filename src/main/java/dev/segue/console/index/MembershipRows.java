// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.console.page.Member;
import dev.segue.console.page.ValueCounts;
import dev.segue.event.BadRecord;
import dev.segue.event.CustomerProfile;
import dev.segue.serde.output.MembershipDecoder;
import dev.segue.value.ValueText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Who is in which segment. Counts while it reads, so that sizes cost nothing. */
final class MembershipRows implements IndexedTopic {
    private static final byte[] NOTHING = {};
    /** A trait of amounts has a value for each customer, which a page need not count. */
    private static final int MOST_VALUES = 20_000;

    private final IndexStore store;
    private final MembershipDecoder decoder;
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();
    private final AtomicLong customers = new AtomicLong();

    MembershipRows(IndexStore store, MembershipDecoder decoder) {
        this.store = store;
        this.decoder = decoder;
    }

    @Override
    public @Nullable Long tail() {
        return null;
    }

    @Override
    public void take(String key, byte @Nullable [] value) throws BadRecord {
        int bar = key.lastIndexOf('|');
        if (bar < 0) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the key '" + key + "' is not customer|segment");
        }
        String customer = key.substring(0, bar);
        String segment = key.substring(bar + 1);
        byte[] row = IndexKeys.member(segment, customer);
        byte[] before = store.get(row);
        String valueAfter = value == null ? null : text(decoder.decode(value));
        countValue(segment, before == null ? null : text(decoder.decode(before)), valueAfter);
        if (value == null) {
            if (before != null) {
                store.delete(row);
                store.delete(IndexKeys.segment(customer, segment));
                count(segment, customer, -1);
            }
            return;
        }
        store.put(row, value);
        if (before == null) {
            store.put(IndexKeys.segment(customer, segment), NOTHING);
            count(segment, customer, 1);
        }
    }

    private void count(String segment, String customer, int more) {
        sizes.compute(segment, (name, size) -> {
            long now = (size == null ? 0 : size) + more;
            return now == 0 ? null : now;
        });
        long segments = add(IndexKeys.count(customer), more);
        if (segments == 0 || segments == more) {
            customers.addAndGet(more);
        }
    }

    private void countValue(String trait, @Nullable String before, @Nullable String now) {
        if (before == null ? now == null : before.equals(now)) {
            return;
        }
        if (before != null) {
            long unused = add(IndexKeys.value(trait, before), -1);
        }
        if (now != null) {
            long unused = add(IndexKeys.value(trait, now), 1);
        }
    }

    /** Adds to a stored number, which is not stored while it is 0; returns the sum. */
    private long add(byte[] key, int more) {
        byte[] stored = store.get(key);
        long sum = (stored == null ? 0 : number(stored)) + more;
        if (sum == 0) {
            store.delete(key);
        } else {
            store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(sum).array());
        }
        return sum;
    }

    private static long number(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong();
    }

    private static @Nullable String text(CustomerProfile.Membership membership) {
        Object value = membership.value();
        return value == null ? null : value instanceof String text ? text : ValueText.of(value);
    }

    @Override
    public void clear() {
        store.clear(IndexKeys.memberships());
        sizes.clear();
        customers.set(0);
    }

    long customers() {
        return customers.get();
    }

    long size(String segment) {
        return sizes.getOrDefault(segment, 0L);
    }

    List<Member> members(String segment, String after, int most) {
        List<Member> members = new ArrayList<>();
        byte[] prefix = IndexKeys.members(segment);
        byte[] last = IndexKeys.member(segment, after);
        byte[] from = after.isEmpty() ? prefix : Arrays.copyOf(last, last.length + 1);
        store.scan(from, prefix, (key, value) -> {
            if (members.size() < most) {
                members.add(new Member(IndexKeys.memberOf(key, segment), decoded(value)));
            }
            return members.size() < most;
        });
        return members;
    }

    List<Member> memberships(String customer) {
        List<Member> memberships = new ArrayList<>();
        byte[] prefix = IndexKeys.segments(customer);
        store.scan(prefix, prefix, (key, nothing) -> {
            byte[] value = store.get(IndexKeys.member(IndexKeys.segmentOf(key, customer), customer));
            if (value != null) {
                memberships.add(new Member(customer, decoded(value)));
            }
            return true;
        });
        return memberships;
    }

    List<String> customers(String prefix, String after, int most) {
        List<String> ids = new ArrayList<>();
        byte[] last = IndexKeys.count(after);
        byte[] wanted = IndexKeys.count(prefix);
        byte[] from = after.isEmpty() ? wanted : Arrays.copyOf(last, last.length + 1);
        store.scan(from, wanted, (key, count) -> {
            if (ids.size() < most) {
                ids.add(IndexKeys.customerOf(key));
            }
            return ids.size() < most;
        });
        return ids;
    }

    ValueCounts values(String trait, int most) {
        Comparator<ValueCounts.Count> rank = Comparator.comparingLong(ValueCounts.Count::customers)
                .thenComparing(ValueCounts.Count::value, Comparator.reverseOrder());
        PriorityQueue<ValueCounts.Count> top = new PriorityQueue<>(rank);
        int[] different = {0};
        byte[] prefix = IndexKeys.values(trait);
        store.scan(prefix, prefix, (key, count) -> {
            if (different[0] == MOST_VALUES) {
                different[0]++;
                return false;
            }
            different[0]++;
            top.add(new ValueCounts.Count(IndexKeys.valueOf(key, trait), number(count)));
            if (top.size() > most) {
                top.remove();
            }
            return true;
        });
        List<ValueCounts.Count> sorted = new ArrayList<>(top);
        sorted.sort(rank.reversed());
        return new ValueCounts(sorted, Math.min(different[0], MOST_VALUES), different[0] <= MOST_VALUES);
    }

    /** Only what could be decoded is stored. */
    private CustomerProfile.Membership decoded(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (BadRecord impossible) {
            throw new IllegalStateException("a stored membership cannot be read", impossible);
        }
    }
}
