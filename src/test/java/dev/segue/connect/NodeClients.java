// SPDX-License-Identifier: Apache-2.0
package dev.segue.connect;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The npm packages of a lock file in src/test/node, installed below target. */
final class NodeClients {
    private NodeClients() {}

    /**
     * The directory with {@code node_modules}; the running test is skipped if Node is not installed, or if npm cannot
     * install the packages.
     */
    static Path install() throws Exception {
        Path source = Path.of("src", "test", "node", "clients");
        Path target =
                Files.createDirectories(Path.of("target", "node", "clients")).toAbsolutePath();
        if (!ClientProcess.succeeds(target, Map.of(), "node", "--version")) {
            abort("node is not installed: the samples in Node are not tested");
        }
        Path lock = target.resolve("package-lock.json");
        boolean installed = Files.exists(target.resolve("node_modules"))
                && Files.exists(lock)
                && Files.mismatch(lock, source.resolve("package-lock.json")) < 0;
        if (!installed) {
            Files.copy(
                    source.resolve("package.json"),
                    target.resolve("package.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.copy(source.resolve("package-lock.json"), lock, StandardCopyOption.REPLACE_EXISTING);
            if (!ClientProcess.succeeds(target, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")) {
                Files.deleteIfExists(lock);
                abort("npm cannot install the packages of " + source + ": the samples in Node are not tested");
            }
        }
        return target;
    }
}
