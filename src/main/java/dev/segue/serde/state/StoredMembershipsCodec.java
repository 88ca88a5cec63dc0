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

    private StoredMembershipsCodec() {}

    static byte[] write(List<Membership> memberships) {
        return StateWriter.whole(out -> write(out, memberships));
    }

    private static void write(StateWriter out, List<Membership> memberships) {
        out.unsigned(memberships.size());
        for (Membership membership : memberships) {
            out.text(membership.segment());
            writeVersion(out, membership.version());
            out.signed(membership.enteredAt());
            out.fixedOrNothing(membership.carryHash());
            out.value(membership.group());
            out.value(membership.value());
        }
    }

    /** @throws CorruptState if the bytes are not in the format of {@link #write} */
    static List<Membership> read(byte[] stored) {
        return StateReader.whole(stored, StoredMembershipsCodec::read);
    }

    private static List<Membership> read(StateReader in) {
        List<Membership> memberships = new ArrayList<>();
        for (int left = in.count(6); left > 0; left--) {
            memberships.add(new Membership(
                    in.text(), readVersion(in), in.signed(), in.fixedOrNothing(), (String) in.value(), in.value()));
        }
        return memberships;
    }

    /**
     * Reads only the names of the segments, from a state's chunk of memberships: a scan of all customers needs no more.
     */
    static List<String> readSegments(StateReader in) {
        in.count(1);
        int size = in.count(6);
        List<String> segments = new ArrayList<>(size);
        for (int left = size; left > 0; left--) {
            segments.add(in.text());
            skipVersion(in);
            in.signed();
            in.fixedOrNothing();
            in.value();
            in.value();
        }
        return segments;
    }

    private static void writeVersion(StateWriter out, String version) {
        boolean digits = isHex(version);
        out.oneByte(digits ? 1 : 0);
        if (digits) {
            out.sixBytes(HexFormat.fromHexDigitsToLong(version));
        } else {
            out.text(version);
        }
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

    private static void skipVersion(StateReader in) {
        if (in.oneByte() == 1) {
            in.sixBytes();
        } else {
            in.text();
        }
    }

    private static String readVersion(StateReader in) {
        return in.oneByte() == 1 ? HEX.toHexDigits(in.sixBytes(), DIGITS) : in.text();
    }
}
