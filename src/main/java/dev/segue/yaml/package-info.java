// SPDX-License-Identifier: Apache-2.0
/**
 * Strict reading of YAML, for definitions, settings and mappings alike: every node keeps its place in the file, unknown
 * and repeated keys are problems, and a {@link dev.segue.yaml.Problem} shows line, column and a caret. Start at {@link
 * dev.segue.yaml.YamlDocuments} and {@link dev.segue.yaml.YamlMap}.
 */
@NullMarked
package dev.segue.yaml;

import org.jspecify.annotations.NullMarked;
