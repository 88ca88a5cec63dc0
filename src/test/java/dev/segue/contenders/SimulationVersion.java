// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.segue.demo.ShopEvents;
import dev.segue.demo.shop.SimulatedShop;
import dev.segue.serde.event.EventEncoder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A hash of all that determines the simulated events besides their parameters: the shop's code and the schemas. */
final class SimulationVersion {
    private SimulationVersion() {}

    static String of(Path schemas) throws IOException {
        Hasher hasher = Hashing.sha256().newHasher();
        add(hasher, schemas);
        add(hasher, directoryOf(SimulatedShop.class));
        add(hasher, directoryOf(EventEncoder.class));
        add(hasher, directoryOf(ShopEvents.class).resolve("ShopEvents.class"));
        return hasher.hash().toString();
    }

    private static void add(Hasher hasher, Path place) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(place)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            hasher.putString(file.getFileName() + "\n", StandardCharsets.UTF_8);
            hasher.putBytes(Files.readAllBytes(file));
        }
    }

    /** The directory of a class: the benchmark never runs from a jar. */
    private static Path directoryOf(Class<?> type) throws IOException {
        try {
            Path file =
                    Path.of(type.getResource(type.getSimpleName() + ".class").toURI());
            return file.toAbsolutePath().getParent();
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
    }
}
