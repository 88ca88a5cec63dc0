// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.SmallShop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The reader reads any file or reports what is wrong. {@code -Dsegue.fuzz.seconds=60} runs longer, {@code
 * -Dsegue.fuzz.seed=N} repeats a failure.
 */
class ReaderFuzzTest {
    private static final List<String> WORDS = List.of(
            "segment: a\n",
            "group: g\n",
            "trait: t\n",
            "when: ",
            "until: ",
            "first:\n  x: ",
            "value: ",
            "carry: {x: ",
            "params: {n: 3}\n",
            "for: 1h\n",
            "update: carry\n",
            "---\n",
            "? ",
            "- ",
            "| \n ",
            ">-\n  ",
            "&a ",
            "*a ",
            "!!str ",
            "'",
            "\"",
            "\\",
            "#",
            "\t",
            "\r\n",
            "\r",
            " ",
            "  ",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            ".",
            ",",
            ":",
            "order_completed",
            "product_viewed",
            "cart",
            "activity",
            "purchase",
            "item_bought",
            "profile",
            "params.n",
            "profile.birthday",
            ".count()",
            ".within('7d')",
            ".before('1h')",
            ".after(cart)",
            ".last(3)",
            ".latest()",
            ".first()",
            ".map(e, e.time)",
            ".filter(e, true)",
            ".exists(e, e.price > 1.0)",
            ".all(e, false)",
            ".share(e, true)",
            ".groupBy(e, e.product_id)",
            ".sum()",
            ".most()",
            ".distinct()",
            ".median()",
            ".overdue(2.0)",
            "in_segment('a')",
            "yearly('12-25', '3d')",
            "upcoming(",
            "has(",
            "&&",
            "||",
            "!",
            "==",
            ">",
            "in",
            "+",
            "-",
            "/",
            "? 1 : 2",
            "1",
            "0.5",
            "99999999999999999999",
            "1e999",
            "true",
            "null",
            "b''",
            "r'\\'",
            "'''",
            "e",
            "e.e",
            "[0]",
            ".size()",
            ".matches('[')",
            "\u00e9",
            "\ud83d\ude00",
            "\ud83d",
            "\ufeff",
            "\u2028",
            "\u0085",
            "\u0000",
            "\ufffd");

    private final DefinitionReader reader = new DefinitionReader(SmallShop.VOCABULARY);

    @Test
    void readsOrRefusesAnyText() throws IOException {
        long seed = Long.getLong("segue.fuzz.seed", 20_261_121L);
        long end = System.nanoTime() + Integer.getInteger("segue.fuzz.seconds", 4) * 1_000_000_000L;
        System.out.println("reader fuzz: seed " + seed);
        List<String> seeds = seeds();
        int good = 0;
        int bad = 0;
        long slowest = 0;
        long slowestSeed = seed;
        for (long run = 0; System.nanoTime() < end; run++) {
            DefinitionText text = text(new Random(seed + run), seeds);
            long start = System.nanoTime();
            try {
                reader.read(List.of(text));
                good++;
            } catch (InvalidDefinitions invalid) {
                bad++;
                assertThat(invalid.problems())
                        .allSatisfy(problem -> assertThat(problem.render().lines())
                                .hasSize(problem.sourceLine().isEmpty() ? 1 : 3));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
                throw new AssertionError("seed " + (seed + run) + " breaks the reader with\n" + text.text(), broken);
            }
            long nanos = System.nanoTime() - start;
            if (nanos > slowest) {
                slowest = nanos;
                slowestSeed = seed + run;
            }
        }
        System.out.println("reader fuzz: " + good + " read, " + bad + " refused, heap at most "
                + Runtime.getRuntime().maxMemory() / 1_048_576 + " MB; the slowest took " + slowest / 1_000_000
                + " ms, with seed " + slowestSeed);
        assertThat(bad).isPositive();
        assertThat(good).isPositive();
    }

    private static List<String> seeds() throws IOException {
        List<String> seeds = new ArrayList<>();
        for (Path directory : List.of(Path.of("segments"), Path.of("src/test/resources/dev/segue/definition/bad"))) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    if (Files.size(file) < 8_000) {
                        seeds.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        seeds.add("segment: plain\nwhen: cart.count() > 0 && product_viewed.within('7d').count() > 1\n");
        return seeds;
    }

    private static DefinitionText text(Random random, List<String> seeds) {
        return switch (random.nextInt(8)) {
            case 0 -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield DefinitionText.decode("fuzz.yaml", bytes);
            }
            case 1 -> new DefinitionText("fuzz.yaml", words(random, 40));
            case 2 -> new DefinitionText("fuzz.yaml", "segment: a\nwhen: >-\n  " + words(random, 12));
            case 3 -> new DefinitionText("fuzz.yaml", deep(random));
            default -> mutated(random, seeds);
        };
    }

    private static String words(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(most) + 1; count > 0; count--) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
            if (random.nextInt(3) == 0) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    /** Repeats a few words: deep nesting and long chains. */
    private static String deep(Random random) {
        String head = random.nextBoolean() ? "segment: a\nwhen: >-\n  " : "";
        return head + words(random, 4).repeat(random.nextInt(800)) + words(random, 3);
    }

    private static DefinitionText mutated(Random random, List<String> seeds) {
        StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int times = random.nextInt(5); times > 0; times--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, WORDS.get(random.nextInt(WORDS.size())));
                case 2 -> text.insert(from, text.substring(from, to));
                default -> text.replace(from, Math.min(text.length(), from + 1), words(random, 2));
            }
        }
        return new DefinitionText("fuzz.yaml", text.toString());
    }
}
