// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** One shopper: properties that stay the same from visit to visit, and the cart. */
final class Shopper {
    private static final String[] NAMES = {
        "ada", "ali", "amy", "ann", "ben", "bo", "cem", "dan", "eli", "eva", "fay", "gil", "ida", "ines", "ivo", "jan",
        "joe", "kai", "kim", "lea", "leo", "lin", "luc", "mai", "max", "mia", "ned", "noa", "ola", "pia", "ray", "rosa",
        "sam", "sue", "tom", "una", "uwe", "vera", "wim", "yan", "zoe"
    };
    private static final String[][] PLACES = {
        {"DE", "Berlin", "Europe/Berlin"},
        {"DE", "Hamburg", "Europe/Berlin"},
        {"DE", "Munich", "Europe/Berlin"},
        {"AT", "Vienna", "Europe/Vienna"},
        {"FR", "Lyon", "Europe/Paris"},
        {"NL", "Utrecht", "Europe/Amsterdam"},
        {"GB", "Leeds", "Europe/London"}
    };
    private static final String[][] DEVICES = {
        {"mobile", "ios", "safari"},
        {"mobile", "android", "chrome"},
        {"desktop", "windows", "edge"},
        {"desktop", "macos", "safari"},
        {"tablet", "ios", "safari"}
    };

    private static final String[] MEDIA = {"email", "email", "sms", "push"};

    private final int number;
    private final String id;
    private final String favouriteCategory;
    private final ShopProduct staple;
    private final String medium;
    private final String[] place;
    private final String[] device;
    private final Map<ShopProduct, Integer> cart = new LinkedHashMap<>();
    private long busyUntil = Long.MIN_VALUE;

    Shopper(int number, Catalogue catalogue, SplittableRandom random) {
        this.number = number;
        this.id = "%s-%04d".formatted(NAMES[random.nextInt(NAMES.length)], number);
        this.favouriteCategory = catalogue.anyCategory(random);
        this.staple = catalogue.anyOf("beauty", random);
        this.medium = MEDIA[random.nextInt(MEDIA.length)];
        this.place = PLACES[random.nextInt(PLACES.length)];
        this.device = DEVICES[random.nextInt(DEVICES.length)];
    }

    /** The position in the shop's list of shoppers, from 0. */
    int number() {
        return number;
    }

    String id() {
        return id;
    }

    String favouriteCategory() {
        return favouriteCategory;
    }

    /** Returns the product that this shopper buys regularly, if any. */
    ShopProduct staple() {
        return staple;
    }

    /** The channel for messages to this shopper: email, sms or push. */
    String medium() {
        return medium;
    }

    /** Whether the shop may write to this shopper, by medium: four in five agree to e-mail, two in three to push. */
    Map<String, Object> consent() {
        return Map.of("email", number % 5 != 0, "push", number % 3 != 0);
    }

    String country() {
        return place[0];
    }

    String city() {
        return place[1];
    }

    String timezone() {
        return place[2];
    }

    Map<String, Object> device() {
        return Map.of("type", device[0], "os", device[1], "browser", device[2]);
    }

    /** Quantity of each product in the cart, oldest first; quantities are positive. */
    Map<ShopProduct, Integer> cart() {
        return cart;
    }

    /** The end of the current or last visit, in milliseconds since the epoch. */
    long busyUntil() {
        return busyUntil;
    }

    void busyUntil(long time) {
        busyUntil = time;
    }
}
