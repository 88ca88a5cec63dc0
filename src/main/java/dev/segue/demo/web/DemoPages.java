// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import java.util.Optional;

/** A part of what the demo serves. Called by several threads. */
interface DemoPages {
    /** The response; empty if the path belongs to another part. */
    Optional<DemoReply> reply(DemoRequest request);
}
