// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import java.util.List;
import java.util.stream.Stream;

/** Definitions of which some are never edited, and the others need their past whenever they are. */
final class FillDefinitions {
    /** The names of the segments that are never edited begin with this. */
    static final String STEADY = "steady";

    /** Always the same. */
    private static final List<String> UNEDITED = List.of("""
            segment: steady-buyer
            when: purchase.count() >= 2
            carry:
              orders: purchase.count()
            """, """
            segment: steady-watching
            when: product_viewed.within('1d').count() >= 2
            until: product_added.within('1d').count() > 0
            for: 30m
            """, """
            trait: steady-favourite
            value: product_viewed.within('2d').map(v, v.product_id).most().value
            """);

    private FillDefinitions() {}

    /** The definitions before the first edit: one of those that are changed later, and none that is added. */
    static List<String> first() {
        return with("segment: loyal\nwhen: purchase.count() >= 4\n");
    }

    /** @param edit from 1; neighbours differ in every edited definition */
    static List<String> edited(int edit) {
        int level = 1 + edit % 3;
        return with(
                """
                segment: loyal
                when: purchase.count() >= %d
                carry:
                  orders: purchase.count()
                update: carry
                """.formatted(level),
                """
                segment: spender
                when: purchase.filter(p, p.total > %d.0).count() >= 1
                until: purchase.within('1d').count() == 0
                """.formatted(40 * level),
                """
                segment: browsing
                when: product_viewed.within('1d').count() >= %d
                for: 20m
                carry:
                  seen: product_viewed.last(3).map(v, v.product_id)
                update: carry
                """.formatted(level),
                """
                segment: undecided
                when: in_segment('browsing') && purchase.count() <= %d
                cooldown: 3h
                """.formatted(level),
                """
                group: tier
                first:
                  gold: purchase.map(p, p.total).sum() > %d.0
                  silver: purchase.count() > 0
                """.formatted(100 * level),
                """
                trait: category
                value: product_added.within('%dh').map(v, v.category).most().value
                """.formatted(20 + level));
    }

    private static List<String> with(String... others) {
        return Stream.concat(UNEDITED.stream(), List.of(others).stream()).toList();
    }
}
