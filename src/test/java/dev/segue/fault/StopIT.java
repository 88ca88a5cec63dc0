// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cli.Main;
import dev.segue.runtime.Application;
import dev.segue.runtime.settings.SettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM at the worst moments: the process ends within ten seconds, and the next one loses and repeats nothing. */
class StopIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_129);
    private static final int EVENTS = 4_000;

    /** Ten seconds, and the time that a busy machine takes to start and end a process. */
    private static final long LONGEST_MILLIS = 13_000;

    /** The JVM's exit code after SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    @Test
    void underLoad() throws Exception {
        System.out.println("stop: seed " + SEED);
        try (FaultStage stage = new FaultStage(directory)) {
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 60);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.publish(stage.records(shop.events(EVENTS)));
                for (int stop = 1; stop <= 2; stop++) {
                    stage.awaitCommitted(processor, EVENTS / 6L * stop);
                    assertThat(stop("under load", processor)).isEqualTo(TERMINATED);
                    stage.requireNotFinished("at stop " + stop);
                    processor = stage.startProcessor();
                }
                System.out.println("stop: under load: " + stage.finish(processor));
            } finally {
                processor.close();
            }
        }
    }

    @Test
    @Tag("faults")
    void whileBrokerIsUnavailable() throws Exception {
        try (FaultStage stage = new FaultStage(directory)) {
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 60);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.publish(stage.records(shop.events(EVENTS)));
                stage.awaitCommitted(processor, EVENTS / 4);
                stage.killBroker();
                Thread.sleep(1_000);
                assertThat(stop("broker away", processor)).isEqualTo(TERMINATED);
                stage.startBroker();
                stage.requireNotFinished("at the stop");
                processor = stage.startProcessor();
                System.out.println("stop: broker away: " + stage.finish(processor));
            } finally {
                processor.close();
            }
        }
    }

    @Test
    @Tag("faults")
    void whileStateIsRestored() throws Exception {
        try (FaultStage stage = new FaultStage(directory)) {
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 60);
            stage.kafka("restore.consumer.max.poll.records", 20);
            stage.kafka("restore.consumer.interceptor.classes", SlowReading.class.getName());
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.publish(stage.records(shop.events(EVENTS)));
                stage.awaitCommitted(processor, EVENTS / 2);
                processor.kill();
                stage.requireNotFinished("at the kill");
                stopWhileRestoring(stage);
                processor = stage.startProcessor();
                System.out.println("stop: while restoring: " + stage.finish(processor));
            } finally {
                processor.close();
            }
        }
    }

    /** In this process, where the test can see that state is still being restored. */
    private static void stopWhileRestoring(FaultStage stage) throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Application application = Application.load(
                SettingsReader.read("settings", stage.settingsText("a", stage.bootstrapServers()), name -> null),
                () -> Instant.ofEpochMilli(1),
                meters);
        application.start();
        FaultStage.await("state is being read back", () -> left(meters) > 100);
        double left = left(meters);
        long start = System.nanoTime();
        assertThat(application.stop()).as("stopped in time").isTrue();
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("stop: while restoring: took " + millis + " ms, " + left + " records were left");
        assertThat(application.counts().events()).as("it had not begun").isZero();
        assertThat(millis).isLessThan(LONGEST_MILLIS);
    }

    private static double left(SimpleMeterRegistry meters) {
        return meters.get("segue.restore.left").gauge().value();
    }

    /** The shipped command: 143 if all finished work was committed, 1 if that was impossible. */
    @Test
    void exitCodeShowsWhetherWorkWasCommitted() throws Exception {
        try (FaultStage stage = new FaultStage(directory);
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String settings = stage.settingsText("a", stage.bootstrapServers());
            ChildJvm running = command("running", settings);
            FaultStage.await("it runs", () -> running.said().contains("running with"));
            assertThat(stop("the command", running)).isEqualTo(TERMINATED);

            ChildJvm waiting = command(
                    "registry",
                    settings.replaceFirst(
                            "registry: .*", "registry: {url: 'http://127.0.0.1:" + silent.getLocalPort() + "'}"));
            FaultStage.await("it asks the registry", () -> {
                silent.accept().close();
                return true;
            });
            assertThat(stop("the command, registry silent", waiting)).isEqualTo(TERMINATED);

            ChildJvm cutOff = command("broker", settings);
            FaultStage.await("it runs", () -> cutOff.said().contains("running with"));
            stage.killBroker();
            // Between two ticks there may be nothing to commit; one of four hits a commit.
            Thread.sleep(1_000);
            assertThat(stop("the command, broker away", cutOff)).isEqualTo(1);
            assertThat(cutOff.said()).contains("did not stop within").doesNotContain("\tat ");

            ChildJvm early = command("early", settings);
            Thread.sleep(3_000);
            early.requireAlive();
            assertThat(stop("the command, broker away at the start", early)).isEqualTo(TERMINATED);
        }
    }

    private ChildJvm command(String name, String settings) throws Exception {
        Path file = Files.writeString(directory.resolve("command-" + name + ".yaml"), settings);
        return ChildJvm.start(directory, Main.class, "run", "--config", file.toString());
    }

    private static int stop(String when, ChildJvm processor) throws Exception {
        long start = System.nanoTime();
        int code = processor.terminate();
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("stop: " + when + ": took " + millis + " ms, exit code " + code + "; it said: "
                + processor.said().lines().filter(line -> line.contains("stop")).toList());
        assertThat(millis).isLessThan(LONGEST_MILLIS);
        return code;
    }
}
