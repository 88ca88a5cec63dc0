package dev.segue.demo.shop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What a visitor says to the shop: in forms, in the chat, as a subscriber, in reviews. */
final class Conversation {
    static final List<String> BENEFITS = List.of("quality", "performance", "service", "features", "other");
    private static final List<String> GOALS = List.of("gift", "replacement", "treat", "hobby");

    private final Visit visit;
    private final SplittableRandom random;

    Conversation(Visit visit, SplittableRandom random) {
        this.visit = visit;
        this.random = random;
    }

    /** Begins a form and perhaps sends it. */
    void fillsIn(String form, double sends) {
        visit.does("form_started", Map.of("form", form));
        visit.maybe(sends, () -> visit.does("form_submitted", Map.of("form", form)));
    }

    /** Answers the quiz that helps to choose. */
    void takesQuiz() {
        visit.does("form_started", Map.of("form", "quiz"));
        visit.does("form_submitted", quiz(random));
    }

    /** The fields of a quiz that somebody has sent. */
    static Map<String, Object> quiz(SplittableRandom random) {
        // In one order: the same seed must give the same bytes.
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

    /** Says something about what was bought in this visit, if anything was. */
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

    /** The fields of subscribing to the news and of leaving them. */
    static Map<String, Object> list(String medium) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("list_id", "news");
        fields.put("list_name", "News of the shop");
        fields.put("medium", medium);
        return fields;
    }
}
