// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.identity.Alias;

/** Encodes what is left of an id that goes on as another customer. */
public final class AliasCodec {
    private static final int VERSION = 1;

    private AliasCodec() {}

    public static byte[] write(Alias alias) {
        return StateWriter.whole(out -> {
            out.oneByte(VERSION);
            out.text(alias.into());
            out.fixedLong(alias.at());
            out.oneByte(alias.device() ? 1 : 0);
        });
    }

    /** @throws CorruptState if the bytes are damaged */
    public static Alias read(byte[] stored) {
        return StateReader.whole(stored, in -> {
            int version = in.oneByte();
            if (version != VERSION) {
                throw new UnknownStateVersion(version, VERSION);
            }
            return new Alias(in.text(), in.fixedLong(), in.oneByte() == 1);
        });
    }
}
