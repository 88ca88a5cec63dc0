// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.state.Membership;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Encodes a stored customer's memberships as bytes that depend on nothing else. */
public final class StoredMembershipsCodec {
    /** Versions of definitions have this many hexadecimal digits. */
    private static final int DIGITS = 12;

    private static final HexFormat HEX = HexFormat.of();

    private static final int HEX_VERSION = 1;
    private static final int CARRY = 2;
    private static final int GROUP = 4;
    private static final int VALUE = 8;

    private StoredMembershipsCodec() {}

    static byte[] write(List<Membership> memberships) {
        return StateWriter.whole(out -> write(out, memberships));
    }

    private static void write(StateWriter out, List<Membership> memberships) {
        out.unsigned(memberships.size());
        long before = 0;
        for (Membership membership : memberships) {
            boolean hex = isHex(membership.version());
            out.oneByte((hex ? HEX_VERSION : 0)
                    | (membership.carryHash() != 0 ? CARRY : 0)
                    | (membership.group() != null ? GROUP : 0)
                    | (membership.value() != null ? VALUE : 0));
            out.text(membership.segment());
            if (hex) {
                out.sixBytes(HexFormat.fromHexDigitsToLong(membership.version()));
            } else {
                out.text(membership.version());
            }
            out.signed(membership.enteredAt() - before);
            before = membership.enteredAt();
            if (membership.carryHash() != 0) {
                out.fixedLong(membership.carryHash());
            }
            if (membership.group() != null) {
                out.text(membership.group());
            }
            if (membership.value() != null) {
                out.value(membership.value());
            }
        }
    }

    /** @throws CorruptState if the bytes are not in the format of {@link #write} */
    static List<Membership> read(byte[] stored) {
        return StateReader.whole(stored, StoredMembershipsCodec::read);
    }

    private static List<Membership> read(StateReader in) {
        List<Membership> memberships = new ArrayList<>();
        long before = 0;
        for (int left = in.count(4); left > 0; left--) {
            memberships.add(readOne(in, before));
            before = memberships.get(memberships.size() - 1).enteredAt();
        }
        return memberships;
    }

    /** @param before when the membership before it began */
    private static Membership readOne(StateReader in, long before) {
        int has = in.oneByte();
        String segment = in.text();
        String version = (has & HEX_VERSION) != 0 ? HEX.toHexDigits(in.sixBytes(), DIGITS) : in.text();
        long enteredAt = before + in.signed();
        long carryHash = (has & CARRY) != 0 ? in.fixedLong() : 0;
        String group = (has & GROUP) != 0 ? in.text() : null;
        Object value = (has & VALUE) != 0 ? in.required() : null;
        return new Membership(segment, version, enteredAt, carryHash, group, value);
    }

    /**
     * Reads only the names of the segments, from a state's chunk of memberships: a scan of all customers needs no more.
     */
    static List<String> readSegments(StateReader in) {
        in.count(1);
        int size = in.count(4);
        List<String> segments = new ArrayList<>(size);
        for (int left = size; left > 0; left--) {
            segments.add(readOne(in, 0).segment());
        }
        return segments;
    }

    private static boolean isHex(String version) {
        for (int index = 0; index < version.length(); index++) {
            char digit = version.charAt(index);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return version.length() == DIGITS;
    }
}
