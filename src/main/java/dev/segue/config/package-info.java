/**
 * Settings as validated records: if one exists, it is valid. {@link dev.segue.config.Settings} is the whole of
 * them. Nothing here knows files, YAML or Kafka's keys; those are in {@code runtime}.
 */
@NullMarked
package dev.segue.config;

import org.jspecify.annotations.NullMarked;
