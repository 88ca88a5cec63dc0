// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A visitor's messages to the shop: forms, chat, subscriptions, reviews. */
final class Conversation {
    static final List<String> BENEFITS = List.of("quality", "performance", "service", "features", "other");
    private static final List<String> GOALS = List.of("gift", "replacement", "treat", "hobby");

    private final Visit visit;
    private final SplittableRandom random;

    Conversation(Visit visit, SplittableRandom random) {
        this.visit = visit;
        this.random = random;
    }

    /** Starts a form and sends it with the given probability. */
    void fillsIn(String form, double sends) {
        visit.does("form_started", Map.of("form", form));
        visit.maybe(sends, () -> visit.does("form_submitted", Map.of("form", form)));
    }

    /** Answers the quiz that helps to choose a product. */
    void takesQuiz() {
        visit.does("form_started", Map.of("form", "quiz"));
        visit.does("form_submitted", quiz(random));
    }

    /** The fields of a completed quiz. */
    static Map<String, Object> quiz(SplittableRandom random) {
        // Sorted, because the same seed must give the same bytes.
        Map<String, String> answers = new TreeMap<>();
        answers.put("goal", GOALS.get(random.nextInt(GOALS.size())));
        answers.put("benefit", BENEFITS.get(random.nextInt(BENEFITS.size())));
        return Map.of("form", "quiz", "answers", answers);
    }

    void chats(int messages) {
        for (int count = 1; count <= messages; count++) {
            visit.does(
                    "chat_message_sent",
                    Map.of("conversation_id", "chat-" + visit.session(), "message_id", Integer.toString(count)));
        }
    }

    void asks() {
        visit.does("question_asked", Map.of("topic", "delivery", "text", "When would it be here?"));
    }

    void subscribes(String medium) {
        visit.does("subscribed", list(medium));
    }

    void unsubscribes(String medium) {
        visit.does("unsubscribed", list(medium));
    }

    /** Reviews a product of this visit's purchase, if there is one. */
    void reviews(int leastStars) {
        if (visit.purchase() != null) {
            ShopProduct product =
                    visit.purchase().products().keySet().iterator().next();
            visit.does(
                    "product_reviewed",
                    Map.of("product_id", product.id(), "review_id", "r-" + visit.session(), "rating", (double)
                            random.nextInt(leastStars, 6)));
        }
    }

    /** The fields of a subscription to the newsletter, and of its end. */
    static Map<String, Object> list(String medium) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("list_id", "news");
        fields.put("list_name", "News of the shop");
        fields.put("medium", medium);
        return fields;
    }
}
