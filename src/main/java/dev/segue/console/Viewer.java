// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

/**
 * Who has sent a request.
 *
 * @param session distinguishes logins, so that a form of one is not accepted from another
 * @param isLoggedIn false if the console has no login
 */
public record Viewer(Role role, String session, boolean isLoggedIn) {
    /** Who can reach a port without a login. */
    static final Viewer ANYBODY = new Viewer(Role.OPERATOR, "", false);
}
