// SPDX-License-Identifier: Apache-2.0
/** How a customer's value compares with those of all others: buckets of values, and the cuts between percentiles. */
@NullMarked
package dev.segue.plan.population;

import org.jspecify.annotations.NullMarked;
