// SPDX-License-Identifier: Apache-2.0
/** What is known of products, and which customers' results depend on it. */
@NullMarked
package dev.segue.plan.product;

import org.jspecify.annotations.NullMarked;
