// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cli.Main;
import dev.segue.event.Event;
import dev.segue.serde.event.EventLine;
import dev.segue.serde.event.EventSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 26: the language and the time zone of the machine affect no result. Turkish has its own lower case of I, Arabic
 * its own digits, Apia is thirteen hours ahead of UTC and once skipped a 30th of December.
 */
class HostLocaleIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_130);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EVENTS = 3_000;

    @TempDir
    Path directory;

    @Test
    void yieldsSameBytesUnderEveryLocaleAndZone() throws Exception {
        System.out.println("host locale: seed " + SEED);
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        List<Event> events = new RandomShop(SEED, schemas.vocabulary(), 40).events(EVENTS);
        Path file = Files.writeString(
                directory.resolve("events.jsonl"),
                events.stream().map(EventLine::of).collect(Collectors.joining("\n", "", "\n")));
        byte[] plain = changes(file, "plain", List.of("-Duser.language=en", "-Duser.timezone=UTC"));
        assertThat(new String(plain, StandardCharsets.UTF_8).lines().count()).isGreaterThan(EVENTS / 4);
        assertThat(changes(
                        file,
                        "turkish",
                        List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Apia")))
                .isEqualTo(plain);
        assertThat(changes(
                        file,
                        "arabic",
                        List.of(
                                "-Duser.language=ar",
                                "-Duser.country=EG",
                                "-Duser.timezone=Asia/Kathmandu",
                                "-Dfile.encoding=ISO-8859-1")))
                .isEqualTo(plain);
        System.out.println("host locale: " + plain.length + " bytes of changes, three times the same");
    }

    /** Replays the events under the whole shipped catalogue, in a JVM of its own. */
    private byte[] changes(Path events, String name, List<String> options) throws Exception {
        Path out = directory.resolve(name + ".jsonl");
        List<String> all = new ArrayList<>(List.of("-Xmx256m"));
        all.addAll(options);
        try (ChildJvm replay = ChildJvm.start(
                directory,
                all,
                Main.class,
                "replay",
                "--events",
                events.toString(),
                "--until",
                "+400d",
                "--out",
                out.toString())) {
            assertThat(replay.awaitEnd(PATIENCE)).as(replay.said()).isZero();
        }
        return Files.readAllBytes(out);
    }
}
