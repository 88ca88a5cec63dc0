// SPDX-License-Identifier: Apache-2.0
/**
 * Describes a plan for people: which aggregates a definition needs, when it is evaluated next, and {@link
 * dev.segue.plan.explain.Why} a customer is or is not in a segment.
 */
@NullMarked
package dev.segue.plan.explain;

import org.jspecify.annotations.NullMarked;
