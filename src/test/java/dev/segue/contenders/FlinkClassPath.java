// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps Flink apart from Kafka Streams: both bring the same classes in two versions of a library, and neither works
 * with the other's.
 */
final class FlinkClassPath {
    /** Contains the Kafka clients that Flink's connector was built for; the profile `bench` creates it. */
    private static final Path LIBRARIES = Path.of("target", "bench", "flink");

    private FlinkClassPath() {}

    /** The class path of a process on Flink. */
    static String of(String ours) throws IOException {
        try (Stream<Path> libraries = Files.list(LIBRARIES)) {
            Stream<String> others =
                    parts(ours).filter(part -> !part.contains("/rocksdbjni") && !part.contains("/kafka-clients/"));
            return Stream.concat(libraries.map(Path::toString), others).collect(joined());
        }
    }

    /** The class path of a process without Flink. */
    static String without(String ours) {
        return parts(ours).filter(part -> !part.contains("/frocksdbjni")).collect(joined());
    }

    private static Stream<String> parts(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator));
    }

    private static Collector<CharSequence, ?, String> joined() {
        return Collectors.joining(File.pathSeparator);
    }
}
