// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** All shoppers, by habit. */
final class Population {
    private final List<Shopper> shoppers = new ArrayList<>();
    private final Map<Habit, List<Shopper>> byHabit = new EnumMap<>(Habit.class);
    private final Map<Shopper, Habit> habits = new HashMap<>();
    private double eagerness;

    Population(int size, Catalogue catalogue, SplittableRandom random) {
        for (Habit habit : Habit.values()) {
            List<Shopper> alike = new ArrayList<>();
            for (int count = size * habit.share() / 100; count > 0; count--) {
                Shopper shopper = new Shopper(shoppers.size() + 1, catalogue, random);
                shoppers.add(shopper);
                alike.add(shopper);
                habits.put(shopper, habit);
            }
            byHabit.put(habit, alike);
            eagerness += habit.eagerness() * alike.size();
        }
    }

    List<Shopper> shoppers() {
        return shoppers;
    }

    Habit habitOf(Shopper shopper) {
        return Objects.requireNonNull(habits.get(shopper));
    }

    /** Returns a random shopper, weighted by eagerness. */
    Shopper random(SplittableRandom random) {
        double left = random.nextDouble(eagerness);
        for (Habit habit : Habit.values()) {
            List<Shopper> alike = byHabit.getOrDefault(habit, List.of());
            left -= habit.eagerness() * alike.size();
            if (left < 0) {
                return alike.get(random.nextInt(alike.size()));
            }
        }
        return shoppers.get(shoppers.size() - 1);
    }
}
