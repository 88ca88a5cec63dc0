package dev.segue.definition;

/**
 * The text of one file of definitions.
 *
 * @param file how messages call it, such as {@code segments/cart-abandoned.yaml}
 * @param text its whole content
 */
public record DefinitionText(String file, String text) {}
