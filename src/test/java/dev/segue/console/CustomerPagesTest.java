// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.console.page.Address;
import dev.segue.console.page.CustomerTrail;
import dev.segue.event.EventType;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The search for customers, and the page of one. */
class CustomerPagesTest {
    private static final Instant NOON = MemoryData.NOW.minus(Duration.ofMinutes(30));
    private static final String SCRIPT = "<script>alert(1)</script>";

    private final ConsoleStage stage =
            new ConsoleStage(new MemoryData().publish("segment: cart\nwhen: cart.count() > 0"));

    @AfterEach
    void close() {
        stage.close();
    }

    private static CustomerTrail trail(OneCustomer customer) {
        return new CustomerTrail(customer.events, customer.changes, customer.decisions, null, null);
    }

    private String page(String path) throws IOException {
        ConsoleStage.Got got = stage.get(path);
        assertThat(got.status()).as(got.body()).isEqualTo(200);
        return got.body();
    }

    @Test
    void showsMembershipsWithTheirReasonsAndWhatHappened() throws Exception {
        stage.data.member("ann", "cart").member("ann", "city", "Berlin");
        stage.data.trail(
                "ann",
                trail(new OneCustomer("ann")
                        .does("page_viewed", NOON, Map.of("path", "/tents"))
                        .does("product_added", NOON.plusSeconds(60), Map.of("product_id", "tent"))
                        .waits(NOON.plusSeconds(660))));
        String page = page("/customers/ann");
        assertThat(page)
                .contains("<a class=\"name\" href=\"/segments/cart\">cart</a>")
                .contains("product_added.within('1h').count() is at least 1")
                .contains("<dd>Berlin <span")
                .contains("path /tents")
                .contains("Everything that is still in the log.");
        assertThat(page.indexOf("reminder by email")).isPositive();
        assertThat(List.of(
                        page.indexOf(">send<"),
                        page.indexOf(">waiting<"),
                        page.indexOf(">entered<"),
                        page.indexOf(">product added<"),
                        page.indexOf(">page viewed<")))
                .as("the latest is first, and what follows is above its event")
                .isSorted()
                .doesNotContain(-1);
    }

    @Test
    void whatCustomersSendCannotRun() throws Exception {
        stage.data.member(SCRIPT, "cart").member(SCRIPT, "city", SCRIPT);
        stage.data.trail(
                SCRIPT, trail(new OneCustomer(SCRIPT).does("product_added", NOON, Map.of("product_id", SCRIPT))));
        String address = "/customers/%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        assertThat(page(address)).doesNotContain(SCRIPT).contains("&lt;script&gt;alert(1)");
        assertThat(page("/customers?id=%3Cscript"))
                .doesNotContain(SCRIPT)
                .contains("href=\"/customers/%3Cscript%3Ealert%281%29%3C%2Fscript%3E\"");
        assertThat(page("/customers?id=" + address.substring(11))).doesNotContain(SCRIPT);
    }

    @Test
    void saysHowFarBackItReachesAndWhatIsMissing() throws Exception {
        stage.data.trail("ann", new CustomerTrail(List.of(), List.of(), List.of(), NOON, "The log cannot be read."));
        assertThat(page("/customers/ann"))
                .contains("Since 15 Jun 2026, 12:00:00 UTC; earlier records were not read.")
                .contains("role=\"status\">The log cannot be read.")
                .contains("In no segment now.")
                .contains("No trait has a value yet.");
    }

    @Test
    void idsMayBeAnyText() throws Exception {
        for (String id : List.of("a/b", "50%", "a?b#c", "a;b", "ä b+c", "..")) {
            stage.data.member(id, "cart");
            String address = Address.customer(id);
            assertThat(page(address)).as(address).contains("<h1>" + id + "</h1>");
        }
    }

    @Test
    void unknownCustomer() throws Exception {
        ConsoleStage.Got got = stage.get("/customers/nobody");
        assertThat(got.status()).isEqualTo(404);
        assertThat(got.body()).contains("Nothing is known of 'nobody'");
        assertThat(stage.get("/customers/ann/more").status()).isEqualTo(404);
    }

    @Test
    void findsByBeginningPageByPage() throws Exception {
        for (int number = 100; number < 151; number++) {
            stage.data.member("c" + number, "cart");
        }
        stage.data.member("d1", "cart");
        assertThat(page("/customers?id=c"))
                .contains(">c149<")
                .doesNotContain(">c150<")
                .contains("?id=c&amp;after=c149");
        assertThat(page("/customers?id=c&after=c149"))
                .contains(">c150<")
                .doesNotContain(">d1<")
                .doesNotContain("Next 50");
        assertThat(page("/customers?id=x")).contains("No customer in any segment has an id that begins with “x”.");
        ConsoleStage.Got opened = stage.get("/customers?id=c%2F1&open=1");
        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.headers()).containsEntry("location", "/customers/c%2F1");
    }

    /** A lost brace would put all rules behind it into the one before. */
    @Test
    void rulesOfTheStyleSheetAreClosed() throws Exception {
        String css = Files.readString(Path.of("src/main/resources/dev/segue/console/console.css"));
        int depth = 0;
        for (String line : css.lines().toList()) {
            boolean isOwnRule = !line.startsWith(" ") && !line.startsWith("}") && line.contains("{");
            assertThat(depth).as(line).isEqualTo(isOwnRule ? 0 : depth);
            depth += line.chars()
                    .map(each -> each == '{' ? 1 : each == '}' ? -1 : 0)
                    .sum();
        }
        assertThat(depth).isZero();
    }

    @Test
    void nestedFieldsAreReadable() throws Exception {
        OneCustomer ann = new OneCustomer("ann");
        EventType type = ann.schemas.vocabulary().get("profile_updated");
        RecordType consent = ((FieldType.Nested) type.record()
                        .fields()
                        .get(type.record().slot("consent"))
                        .type())
                .record();
        Object[] values = new Object[consent.fields().size()];
        values[consent.slot("email")] = true;
        stage.data.trail(
                "ann", trail(ann.does("profile_updated", NOON, Map.of("consent", new Fields(consent, values)))));
        assertThat(page("/customers/ann")).contains("consent (email true)");
    }
}
