// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionSet;
import dev.segue.runtime.operate.PublishedDefinitions;
import dev.segue.runtime.settings.SettingsReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves definitions while {@code segue run --watch} runs. */
class WatchIT {
    private static final String KEEN = "segment: keen\nwhen: product_viewed.count() >= 1\n";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ShopStage stage;
    private Path settings;
    private Thread processor;

    @BeforeEach
    void open() throws Exception {
        stage = new ShopStage(directory);
        settings = stage.settings("segue.yaml", """
                application_id: shop
                http: {port: 0}
                topics: {partitions: 1, replication_factor: 1, retention: 3650d, control_retention: 30d}
                processing: {state_directory: %s}
                """.formatted(directory.resolve("state")));
    }

    @AfterEach
    void close() throws Exception {
        processor.interrupt();
        processor.join();
        stage.close();
    }

    private void start(String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("run", "--config", settings.toString()));
        args.addAll(List.of(more));
        processor = new Thread(
                () -> Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new)));
        processor.start();
        ShopStage.waitFor(() -> out.toString().contains("running with 1 definition: curious"));
    }

    private Path file(String name) {
        return directory.resolve("segments").resolve(name);
    }

    /** As many editors save: a temporary file in the same directory takes the name. */
    private void save(String name, String text) throws Exception {
        Path temporary = Files.writeString(file("." + name + ".swp"), text);
        Files.move(temporary, file(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void await(StringWriter where, String text) throws Exception {
        ShopStage.waitFor(() -> where.toString().contains(text));
    }

    private List<DefinitionSet> sets() throws Exception {
        return new PublishedDefinitions(SettingsReader.read("segue.yaml", Files.readString(settings), name -> null))
                .read()
                .sets()
                .sets();
    }

    @Test
    void publishesWhatIsSaved() throws Exception {
        start("--watch");
        assertThat(out.toString())
                .contains("publishes the definitions whenever one is saved in " + file("").toString());
        String wrong = KEEN.replace("product_viewed", "produkt_viewed");
        save("keen.yaml", wrong);
        await(err, "Nothing was published. The next save is checked again.");
        CommandRun check = ShopStage.run("check", settings);
        assertThat(check.err()).contains("keen.yaml:2:7");
        assertThat(err.toString()).isEqualTo(check.err() + "Nothing was published. The next save is checked again.\n");
        assertThat(sets()).hasSize(1);

        save("keen.yaml", KEEN);
        await(out, "published revision 2: 1 new (keen)\n");
        Files.writeString(file("keen.yaml"), KEEN.replace("1", "2"));
        await(out, "published revision 3: 1 changed (keen)\n");
        Files.delete(file("keen.yaml"));
        await(
                out,
                "published revision 4: 1 removed (keen); its memberships end, because " + file("keen.yaml")
                        + " was deleted\n");
        assertThat(sets().get(3).sources()).extracting(source -> source.name()).containsExactly("curious");
        assertThat(err.toString()).isEqualTo(check.err() + "Nothing was published. The next save is checked again.\n");
    }

    /** The processor also evaluates what was saved, and follows publishers elsewhere as before. */
    @Test
    void evaluatesWhatIsSaved() throws Exception {
        start("--watch");
        save("keen.yaml", KEEN);
        await(out, "published revision 2: 1 new (keen)\n");
        assertThat(ShopStage.run("rollback", settings, "1").out()).contains("Published revision 3");
        save("keen.yaml", KEEN.replace("1", "2"));
        await(out, "published revision 4: 1 new (keen)\n");
        stage.send();
        // The events are long past, so nobody is curious any more.
        assertThat(stage.changes("segment-changes", ShopStage.CUSTOMERS))
                .allMatch(change -> change.segment().equals("keen"));
    }

    @Test
    void publishesNothingWithoutTheOption() throws Exception {
        start();
        save("keen.yaml", KEEN);
        assertThat(ShopStage.run("apply", settings, "--dry-run").out()).contains("new        keen");
        assertThat(sets()).hasSize(1);
    }
}
