// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

/** When a program opens the collector: only then must the settings have what a collector needs. */
public enum Collecting {
    NEVER,
    /** If {@code collector.enabled} is true. */
    IF_ENABLED,
    ALWAYS
}
