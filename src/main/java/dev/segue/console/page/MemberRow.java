// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.value.ValueText;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A member of a segment.
 *
 * @param value of a trait, as text; empty for others
 */
public record MemberRow(String customer, String address, ShownTime since, String value) {

    static MemberRow of(Member member, Instant now, ZoneId zone) {
        Object value = member.membership().value();
        return new MemberRow(
                member.customer(),
                Address.customer(member.customer()),
                ShownTime.of(member.membership().enteredAt(), now, zone),
                value == null ? "" : value instanceof String text ? text : ValueText.of(value));
    }
}
