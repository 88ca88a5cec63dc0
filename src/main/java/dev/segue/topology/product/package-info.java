// SPDX-License-Identifier: Apache-2.0
/**
 * What is known of products: the conductor's knowledge ({@link dev.segue.topology.product.KnownProducts}), and that of one task
 * with the customers whose results depend on it ({@link dev.segue.topology.product.TaskProducts}).
 */
@NullMarked
package dev.segue.topology.product;

import org.jspecify.annotations.NullMarked;
