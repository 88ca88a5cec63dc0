// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.segue.demo.ShopEvents;
import dev.segue.demo.shop.SimulatedShop;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A hash of everything that determines the simulated events besides their parameters: Segue's code and the schemas. All
 * of the code, because simulating takes seconds, and a list of the classes that matter would become incomplete.
 */
final class SimulationVersion {
    private SimulationVersion() {}

    static String of(Path schemas) throws IOException {
        Hasher hasher = Hashing.sha256().newHasher();
        add(hasher, schemas);
        add(hasher, source(SimulatedShop.class));
        try (InputStream parameters = ShopEvents.class.getResourceAsStream("ShopEvents.class")) {
            hasher.putBytes(parameters.readAllBytes());
        }
        return hasher.hash().toString();
    }

    /** The jar or directory that a class was loaded from. */
    private static Path source(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
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
}
