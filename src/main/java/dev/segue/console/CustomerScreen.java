// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.Address;
import dev.segue.console.page.CustomerPage;
import dev.segue.console.page.CustomersPage;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** The search for customers, and the page of one. */
record CustomerScreen(Rendering rendering) implements Screen {
    private static final String SECTION = "customers";

    @Override
    public Optional<WebReply> answer(WebRequest request) {
        return switch (request.path().size()) {
            case 1 -> Optional.of(search(request));
            case 2 -> Optional.of(one(request));
            default -> Optional.empty();
        };
    }

    private WebReply search(WebRequest request) {
        String id = request.parameter("id").strip();
        if (!request.parameter("open").isEmpty() && !id.isEmpty()) {
            return WebReply.seeOther(Address.customer(id), Map.of());
        }
        CustomersPage page = CustomersPage.of(rendering.data(), id, request.parameter("after"));
        return rendering.page("customers", "Customers", SECTION, page, request.viewer());
    }

    private WebReply one(WebRequest request) {
        String id = request.part(1);
        return CustomerPage.of(rendering.data(), id)
                .map(page -> rendering.page("customer", page.customer(), SECTION, page, request.viewer()))
                .orElseGet(() -> rendering.problem(
                        HttpStatus.NOT_FOUND_404,
                        "Unknown customer",
                        "Nothing is known of '" + id + "': no membership, and no event in the part of the log that was"
                                + " read. Ids are compared exactly, with upper and lower case.",
                        request.viewer()));
    }
}
