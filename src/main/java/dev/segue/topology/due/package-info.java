// SPDX-License-Identifier: Apache-2.0
/** Which customers of a task are due, and how much of its thread's time their visits may take. */
@NullMarked
package dev.segue.topology.due;

import org.jspecify.annotations.NullMarked;
