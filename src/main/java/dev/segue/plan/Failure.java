// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

/**
 * An expression of a definition that had no value for a customer, and so counted as false.
 *
 * @param definition the definition's name, or the aggregate's text if several definitions share it
 * @param message what was wrong, without the customer's data
 */
public record Failure(String definition, String message) {}
