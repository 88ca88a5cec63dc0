// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.event.Origin;
import dev.segue.plan.state.ProfileLayer;
import dev.segue.plan.state.ProfileState;
import java.util.Map;
import java.util.TreeMap;

/** Encodes profiles. */
final class ProfileStateCodec {
    /** The origins by the numbers that are stored; only appended to. */
    private static final Origin[] ORIGINS = {Origin.STATED, Origin.OBSERVED, Origin.PARTNER, Origin.BOUGHT};

    private ProfileStateCodec() {}

    static void write(StateWriter out, ProfileState profile) {
        out.unsigned(profile.layers().size());
        for (int number = 0; number < ORIGINS.length; number++) {
            ProfileLayer layer = profile.layers().get(ORIGINS[number]);
            if (layer != null) {
                out.unsigned(number * 2L + (layer.erasedAt() == Long.MIN_VALUE ? 0 : 1));
                write(out, layer);
            }
        }
    }

    private static void write(StateWriter out, ProfileLayer layer) {
        if (layer.erasedAt() != Long.MIN_VALUE) {
            out.signed(layer.erasedAt());
        }
        out.unsigned(layer.fields().size());
        layer.fields().forEach((name, stated) -> {
            out.text(name);
            out.signed(stated.at());
            out.value(stated.value());
        });
    }

    static ProfileState read(StateReader in) {
        ProfileState profile = new ProfileState();
        for (int left = in.count(2); left > 0; left--) {
            long coded = in.unsigned();
            if (coded >= ORIGINS.length * 2L) {
                throw new CorruptState("an origin of unknown number " + coded / 2);
            }
            long erasedAt = (coded & 1) == 0 ? Long.MIN_VALUE : in.signed();
            Map<String, ProfileState.Stated> fields = new TreeMap<>();
            for (int field = in.count(3); field > 0; field--) {
                fields.put(in.text(), new ProfileState.Stated(in.signed(), in.value()));
            }
            profile.restore(ORIGINS[(int) (coded / 2)], fields, erasedAt);
        }
        return profile;
    }
}
