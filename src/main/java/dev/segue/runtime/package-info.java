// SPDX-License-Identifier: Apache-2.0
/**
 * One running processor: {@link dev.segue.runtime.Application} builds, starts, watches and stops it; {@link
 * dev.segue.runtime.Health} and {@link dev.segue.runtime.Monitoring} report on it over HTTP.
 */
@NullMarked
package dev.segue.runtime;

import org.jspecify.annotations.NullMarked;
