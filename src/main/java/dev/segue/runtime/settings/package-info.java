// SPDX-License-Identifier: Apache-2.0
/**
 * Reads {@code segue.yaml} into {@link dev.segue.config.Settings}. Start at {@link
 * dev.segue.runtime.settings.SettingsReader}.
 */
@NullMarked
package dev.segue.runtime.settings;

import org.jspecify.annotations.NullMarked;
