// SPDX-License-Identifier: Apache-2.0
/**
 * A simulated shop: shoppers with habits, whose visits become events. The benchmark and many tests use it too. Start at
 * {@link dev.segue.demo.shop.SimulatedShop}.
 */
@NullMarked
package dev.segue.demo.shop;

import org.jspecify.annotations.NullMarked;
