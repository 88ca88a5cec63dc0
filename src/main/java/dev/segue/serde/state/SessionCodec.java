// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.event.FormUse;
import dev.segue.event.Session;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
        out.unsigned(session.pages().size());
        session.pages().forEach(out::sixBytes);
        out.unsigned(session.forms().size());
        session.forms().forEach((form, use) -> {
            out.text(form);
            writeTime(out, use.begun(), now);
            writeTime(out, use.sent(), now);
        });
    }

    private static void writeTime(StateWriter out, @Nullable Long at, long now) {
        out.oneByte(at == null ? 0 : 1);
        if (at != null) {
            out.signed(now - at);
        }
    }

    private static @Nullable Long readTime(StateReader in, long now) {
        return in.oneByte() == 0 ? null : Long.valueOf(now - in.signed());
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
                orNull(in.text()),
                readPages(in),
                readForms(in, now));
    }

    private static Set<Long> readPages(StateReader in) {
        Set<Long> pages = new TreeSet<>();
        for (int left = in.count(6); left > 0; left--) {
            pages.add(in.sixBytes());
        }
        return pages;
    }

    private static Map<String, FormUse> readForms(StateReader in, long now) {
        Map<String, FormUse> forms = new TreeMap<>();
        for (int left = in.count(3); left > 0; left--) {
            forms.put(in.text(), new FormUse(readTime(in, now), readTime(in, now)));
        }
        return forms;
    }

    private static Session.@Nullable View readView(StateReader in, long now) {
        String page = in.text();
        return page.isEmpty() ? null : new Session.View(page, now - in.signed());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
