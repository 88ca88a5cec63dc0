// SPDX-License-Identifier: Apache-2.0
/**
 * The web console: {@link dev.segue.console.Console} opens its port, {@link dev.segue.console.ConsoleHandler} checks and answers
 * requests, and each {@link dev.segue.console.Screen} makes one page. Pages are rendered on the server.
 */
@NullMarked
package dev.segue.console;

import org.jspecify.annotations.NullMarked;
