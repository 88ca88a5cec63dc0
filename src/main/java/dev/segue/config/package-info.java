/**
 * Settings as validated records: if one exists, it is valid. {@link dev.segue.config.Settings} is the whole of them,
 * {@link dev.segue.config.SettingsReader} reads them from YAML and tells every mistake at once with its line. Nothing
 * here knows Kafka's keys; those are in {@code runtime}.
 */
@NullMarked
package dev.segue.config;

import org.jspecify.annotations.NullMarked;
