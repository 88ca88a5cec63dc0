// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String[] SHIPPED = {
        "segments/cart-abandoned.yaml", "segments/browse-abandoned.yaml", "segments/curious-prospect.yaml"
    };

    @TempDir
    Path directory;

    private static String explain(String subject, String... segments) {
        String[] args = new String[segments.length + 3];
        args[0] = "explain";
        args[1] = subject;
        args[2] = "--segments";
        System.arraycopy(segments, 0, args, 3, segments.length);
        CommandRun run = CommandRun.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run.out()
                .replaceAll("[Vv]ersion [0-9a-f]{12}", "version V")
                .replaceAll("\\d+ event types", "N event types");
    }

    @Test
    void usesOverrides() {
        CommandRun shipped = CommandRun.of("explain", "cart-abandoned");
        CommandRun set = CommandRun.of("explain", "cart-abandoned", "--set", "cart-abandoned.quiet=31m");
        assertThat(set.code()).isZero();
        assertThat(set.out()).contains("- 31m after the latest activity").isNotEqualTo(shipped.out());
        assertThat(shipped.out()).contains("- 1h after the latest activity");
    }

    @Test
    void explainsStateSharingAndDeadlinesOfCartAbandoned() {
        assertThat(explain("cart-abandoned", SHIPPED)).isEqualTo("""
                cart-abandoned: Left something in the cart and went quiet for an hour.
                version V, together with 2 other definitions.

                For its condition, it keeps for each customer:
                - the latest time of activity within 1h
                    changed by N event types: all actions of customers
                    shared with browse-abandoned
                    about 10 bytes for 1 time
                - the cart's steps since the last order, with category, price
                    changed by order_completed, product_added, product_removed
                    not shared
                    about 410 bytes for 10 steps

                It is evaluated after an event that changes one of these, and without an event:
                - 1h after the latest activity
                - 1h after each latest change of a line of the cart
                - 7d after each latest change of a line of the cart

                It depends on no other segment.
                It is used by no other definition.

                Estimated: about 420 bytes per customer, 10 of them shared; and 171 for the customer's base state and one membership.
                The estimate is for a customer with 10 events of each type, all of them recent: 4 bytes per time, 10 per value.
                """);
    }

    @Test
    void namesLinksAmongTheReasonsToEvaluate() throws IOException {
        Path file = Files.writeString(
                directory.resolve("ids.yaml"),
                "segment: many-ids\nwhen: customer.ids.count() > 1 && activity.count() > 3\n");
        assertThat(explain("many-ids", file.toString()))
                .contains("- at once when an id of the customer is linked or released");
    }

    @Test
    void explainsDistinct() {
        assertThat(explain("curious-prospect", "segments/curious-prospect.yaml"))
                .contains(
                        """
                        - the 3 latest times of product_viewed within 14d, one for each product_id
                            changed by product_viewed
                            not shared
                            about 48 bytes for 3 times
                        """,
                        "- the count of order_completed\n",
                        """
                        For the carry, it also keeps:
                        - the times of product_viewed within 14d, one for each category
                        """,
                        "- 14d after the 3rd latest product_viewed, counting each v.product_id once\n");
    }

    @Test
    void explainsAllDefinitionsOfFileTogetherWithOthers() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), """
                segment: vip
                for: 10m
                cooldown: 2d
                when: >-
                  order_completed.map(o, o.total).sum() > 100.0 && purchase.within('90d').map(p, p.total).sum() > 10.0
                  && order_completed.filter(o, o.coupon == 'X').count() == 0 && order_completed.overdue(2.0)
                ---
                trait: near-birthday
                when: yearly(profile.birthday, '7d') && in_segment('vip')
                value: order_completed.before('30d').count()
                """);
        String text = explain(file.toString(), "segments/cart-abandoned.yaml");
        assertThat(text)
                .contains("vip\n", "near-birthday\n", "together with 2 other definitions")
                .contains("- count and sum of order_completed.total\n")
                .contains("- orders within 90d with order_id, total, products.price, products.product_id, products.sku,"
                        + " products.variant, products.quantity; refunds and cancellations\n")
                .contains("    changed by order_cancelled, order_completed, order_refunded\n")
                .contains("- the count of order_completed where coupon == 'X'\n")
                .contains("- 2.0 times the median gap after the latest order_completed\n")
                .contains("- 90d after each purchase\n", "- 10m after 'when' began to hold\n")
                .contains("- 2d after the customer left\n", "It is used by near-birthday.")
                .contains("- the latest stated value of each field of the profile\n")
                .contains("- when the days of yearly(profile.birthday, '7d') begin and when they end\n")
                .contains("- 30d after each order_completed\n")
                .contains("- at once when membership in vip changes\n", "It depends on vip.");
    }

    @Test
    void readsFileAmongSegmentsOnce() {
        assertThat(CommandRun.of("explain", "segments/one-time-buyer.yaml").out())
                .startsWith("one-time-buyer: ")
                .contains("- 30d after the oldest purchase\n");
    }

    @Test
    void suggestsNearestSegmentOrReportsMissingFile() {
        CommandRun name = CommandRun.of("explain", "cart-abandonned");
        assertThat(name.code()).isEqualTo(2);
        assertThat(name.errLines())
                .containsExactly("There is no segment 'cart-abandonned'. Did you mean 'cart-abandoned'?");
        CommandRun file = CommandRun.of("explain", "none.yaml");
        assertThat(file.code()).isEqualTo(2);
        assertThat(file.errLines()).containsExactly("There is no file none.yaml.");
    }

    @Test
    void explainsDeadlineOfEachElementIfValuesMayBeMissing() throws IOException {
        Path file = Files.writeString(directory.resolve("a.yaml"), """
                segment: short-visits
                when: page_viewed.within('1h').filter(p, 100 / int(p.title) > 5).count() >= 3
                """);
        assertThat(explain("short-visits", file.toString()))
                .contains("- the latest time of page_viewed where 100 / int(title) > 5 has no value within 1h")
                .contains("- 1h after each page_viewed.filter(p, 100 / int(p.title) > 5)");
    }

    @Test
    void explainsStreamsThatAreRelated() throws IOException {
        Path file = Files.writeString(directory.resolve("a.yaml"), """
                segment: left-checkout
                when: checkout_started.unanswered(order_completed.filter(o, o.total > 5.0), '1h').within('1d').count() > 0
                ---
                segment: bought-soon
                when: order_completed.follows(product_viewed, '1h').within('1d').map(o, o.total).sum() > 9.0
                """);
        assertThat(explain("left-checkout", file.toString()))
                .contains("- the times of checkout_started and of order_completed where total > 5.0 within 1d,"
                        + " with the stream of each\n    changed by checkout_started, order_completed\n")
                .contains("- 1h after each checkout_started\n")
                .contains(
                        "- 1d after each checkout_started.unanswered(order_completed.filter(o, o.total > 5.0), '1h')\n");
        assertThat(explain("bought-soon", file.toString()))
                .contains("- the times of order_completed and of product_viewed within 25h, with total\n")
                .contains("- 1d after each order_completed.follows(product_viewed, '1h')\n");
    }

    @Test
    void explainsGroupsByTheirStream() throws IOException {
        Path file = Files.writeString(directory.resolve("a.yaml"), """
                segment: keen
                when: product_added.groupBy(p, p.product_id).exists(g, g.within('7d').count() >= 3)
                """);
        assertThat(explain("keen", file.toString()))
                .contains("- for each product_id of product_added: the 3 latest times of product_added")
                .contains("- 7d after each product_added");
    }

    @Test
    void explainsWhatStandsAgainstSending() {
        assertThat(explain(
                        "cart-reminder",
                        "segments/cart-abandoned.yaml",
                        "triggers/cart-reminder.yaml",
                        "triggers/channels.yaml"))
                .startsWith("""
                cart-reminder: Reminds the customer of what is left in the cart.
                version V, together with 4 other definitions.

                When cart-abandoned is ENTERED, it sends by email, unless something stands against it:
                - it gives up if the customer leaves cart-abandoned, and after 24h
                - it waits until cart.map(i, i.price * i.quantity).sum() >= 20.0 && activity.within('30m').count() == 0
                - it waits until the customer agrees: profile.consent.email == true
                - it waits while a trigger of a higher priority than 50 is about to use email
                - it sends at most 1 in 3d
                - all triggers of email together send at most 1 in 12h
                - all triggers of email together send at most 4 in 7d
                - it is quiet from 21:00 to 08:00 on the customer's clock
                - 10 % of the customers, always the same, get nothing, to compare with
                Its goal is order_completed within 3d, worth its total.
                It sends template, items, categories, value.

                For its condition, it keeps for each customer:
                """)
                .contains("""
                It is evaluated after an event that changes one of these, and without an event:
                - 30m after the latest activity
                - at once when membership in cart-abandoned changes
                - at each instant at which one of its answers changes, and when its goal comes or is too late

                It depends on cart-abandoned.
                """);
    }

    @Test
    void explainsEachKeyOfTrigger() throws IOException {
        Path file = Files.writeString(directory.resolve("all.yaml"), """
                segment: cart
                when: cart.count() > 0
                ---
                trait: hour
                when: activity.count() > 0
                value: activity.latest().hour
                ---
                channel: support
                consent: 'true'
                ---
                trigger: call
                on: {segment: cart, change: EXITED}
                channel: support
                wait: 1h
                best_hour: {trait: hour, within: 3h}
                quiet: {from: '12:00', to: '13:00'}
                cap: [{at_most: 2, per: week}, {at_most: 3, per: month}]
                over_cap: drop
                cancel: activity.within('10m').count() > 0
                expires: 5h
                """);
        assertThat(explain("call", file.toString())).contains("""
                When cart is EXITED, it sends by support, unless something stands against it:
                - it gives up if the customer comes back to cart, or if activity.within('10m').count() > 0, and after 5h
                - it waits for 1h
                - it waits for the hour of hour, if that comes within 3h
                - it waits while a trigger of a higher priority than 0 is about to use support
                - it is quiet from 12:00 to 13:00 on the customer's clock
                - it sends at most 2 a week
                - it sends at most 3 a month
                - it gives up if that would be one too many

                """);
        assertThat(explain("support", file.toString())).contains("""
                For all its triggers:
                - no customer has to agree

                """);
    }
}
