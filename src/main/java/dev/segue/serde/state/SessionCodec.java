// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.event.Session;
import org.jspecify.annotations.Nullable;

/** Encodes the open session of a customer; times are differences from the customer's own. */
final class SessionCodec {
    private SessionCodec() {}

    static void write(StateWriter out, @Nullable Session session, long now) {
        out.oneByte(session == null ? 0 : 1);
        if (session == null) {
            return;
        }
        out.signed(now - session.start());
        out.signed(now - session.last());
        out.signed(now - session.heard());
        out.unsigned(session.events());
        out.unsigned(session.views());
        writeView(out, session.landing(), now);
        writeView(out, session.exit(), now);
        out.unsigned(session.orders());
        out.text(session.referrer() == null ? "" : session.referrer());
    }

    private static void writeView(StateWriter out, Session.@Nullable View view, long now) {
        out.text(view == null ? "" : view.page());
        if (view != null) {
            out.signed(now - view.at());
        }
    }

    static @Nullable Session read(StateReader in, long now) {
        if (in.oneByte() == 0) {
            return null;
        }
        return new Session(
                now - in.signed(),
                now - in.signed(),
                now - in.signed(),
                in.unsigned(),
                in.unsigned(),
                readView(in, now),
                readView(in, now),
                in.unsigned(),
                orNull(in.text()));
    }

    private static Session.@Nullable View readView(StateReader in, long now) {
        String page = in.text();
        return page.isEmpty() ? null : new Session.View(page, now - in.signed());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
