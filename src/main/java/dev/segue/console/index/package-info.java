// SPDX-License-Identifier: Apache-2.0
/**
 * What the console reads from a cluster: {@link dev.segue.console.index.ClusterIndex} follows the published topics with one
 * thread and one consumer without a group, and keeps memberships and statistics on disk, so that its memory does not grow with
 * the shop.
 */
@NullMarked
package dev.segue.console.index;

import org.jspecify.annotations.NullMarked;
