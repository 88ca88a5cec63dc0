// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.identity.Alias;
import java.util.ArrayList;
import java.util.List;

/** Encodes what is left of an id that goes on as another customer. */
public final class AliasCodec {
    private static final int VERSION = 2;

    private AliasCodec() {}

    public static byte[] write(Alias alias) {
        return StateWriter.whole(out -> {
            out.oneByte(VERSION);
            out.text(alias.into());
            out.fixedLong(alias.at());
            out.oneByte(alias.device() ? 1 : 0);
            out.unsigned(alias.earlier().size());
            for (Alias.Owner owner : alias.earlier()) {
                out.text(owner.id());
                out.fixedLong(owner.until());
            }
        });
    }

    /** @throws CorruptState if the bytes are damaged */
    public static Alias read(byte[] stored) {
        return StateReader.whole(stored, in -> {
            int version = in.oneByte();
            if (version != VERSION) {
                throw new UnknownStateVersion(version, VERSION);
            }
            String into = in.text();
            long at = in.fixedLong();
            boolean device = in.oneByte() == 1;
            List<Alias.Owner> earlier = new ArrayList<>();
            for (int left = in.count(Long.BYTES + 1); left > 0; left--) {
                earlier.add(new Alias.Owner(in.text(), in.fixedLong()));
            }
            return new Alias(into, at, device, earlier);
        });
    }
}
