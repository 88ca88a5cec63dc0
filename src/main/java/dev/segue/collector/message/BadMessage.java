// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;

/** A message that cannot become events. Has no stack trace, because every message of a flood may be one. */
public final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String path;

    /**
     * @param detail one sentence
     * @param path where the offending value is in the request, such as {@code $.batch[3].userId}
     */
    BadMessage(Reason reason, String detail, String path) {
        super(detail, null, false, false);
        this.reason = reason;
        this.path = path;
    }

    static BadMessage of(BadRecord bad, String path) {
        return new BadMessage(bad.reason(), String.valueOf(bad.getMessage()), path);
    }

    public Reason reason() {
        return reason;
    }

    public String path() {
        return path;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The path and the detail, for those who do not see the request. */
    public String detailWithPath() {
        return path + ": " + detail();
    }
}
