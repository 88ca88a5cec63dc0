// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the shipped segments: {@link dev.segue.catalogue.ScenariosTest} runs {@code src/test/resources/scenarios},
 * whose format {@link dev.segue.catalogue.ScenarioFile} describes; {@link dev.segue.catalogue.CatalogueTest} checks
 * that every segment has a scenario; {@link dev.segue.catalogue.CatalogueDocTest} keeps docs/catalogue.md up to date.
 */
@NullMarked
package dev.segue.catalogue;

import org.jspecify.annotations.NullMarked;
