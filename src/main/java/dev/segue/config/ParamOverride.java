// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

/**
 * A replacement for the value of a definition's param. Names and value are checked when definitions are read.
 *
 * @param segment the definition's name
 */
public record ParamOverride(SourceWord segment, SourceWord param, SourceWord value) {}
