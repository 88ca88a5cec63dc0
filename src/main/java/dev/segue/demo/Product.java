package dev.segue.demo;

import java.math.BigDecimal;

/**
 * Something on sale.
 *
 * @param price of one piece, in euro
 */
record Product(String id, String category, String brand, String name, BigDecimal price) {}
