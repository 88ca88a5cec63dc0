// SPDX-License-Identifier: Apache-2.0
/**
 * The shipped segments, one by one: {@link dev.segue.catalogue.ScenariosTest} tells the stories of {@code
 * src/test/resources/scenarios}, whose format {@link dev.segue.catalogue.ScenarioFile} describes; {@link
 * dev.segue.catalogue.CatalogueTest} sees to it that no segment is without; {@link dev.segue.catalogue.CatalogueDocTest}
 * keeps docs/catalogue.md true.
 */
@NullMarked
package dev.segue.catalogue;

import org.jspecify.annotations.NullMarked;
