// SPDX-License-Identifier: Apache-2.0
/**
 * Determines from checked expressions what must be kept of a customer to answer them: which elements, for how long, with
 * which fields, and whether groups can have aggregates of their own.
 */
@NullMarked
package dev.segue.plan.need;

import org.jspecify.annotations.NullMarked;
