// SPDX-License-Identifier: Apache-2.0
/**
 * The schema registry: a client for Confluent's REST API, a directory for one machine, and the rules for schema references.
 * Start at {@link dev.segue.serde.registry.SchemaRegistry}.
 */
@NullMarked
package dev.segue.serde.registry;

import org.jspecify.annotations.NullMarked;
