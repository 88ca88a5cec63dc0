// SPDX-License-Identifier: Apache-2.0
/**
 * One person under several ids: which events link ids, which id goes on, and what moves from one to the other. Nothing
 * here knows where customers are stored.
 */
@org.jspecify.annotations.NullMarked
package dev.segue.plan.identity;
