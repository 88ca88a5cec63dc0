// SPDX-License-Identifier: Apache-2.0
/**
 * Settings as validated records: if one exists, it is valid. {@link dev.segue.config.Settings} contains all others.
 * Files, YAML and Kafka's keys are handled in {@code runtime}.
 */
@NullMarked
package dev.segue.config;

import org.jspecify.annotations.NullMarked;
