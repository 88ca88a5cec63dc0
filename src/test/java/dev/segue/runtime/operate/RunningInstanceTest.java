// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.segue.config.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningInstanceTest {
    private HttpServer server;
    private String body = "";

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health/ready", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private RunningInstance instance() {
        return new RunningInstance(
                HttpSettings.defaults().withPort(server.getAddress().getPort()));
    }

    @Test
    void readsOneCheckEvenIfTheInstanceIsNotReady() throws Exception {
        body = "{\"ok\":false,\"checks\":[{\"check\":\"broker\",\"why\":\"answers\"},"
                + "{\"check\":\"definitions\",\"why\":\"revision 3 is evaluated\"}]}";
        assertThat(instance().check("definitions")).contains("revision 3 is evaluated");
        assertThat(instance().check("other")).isEmpty();
    }

    @Test
    void knowsNothingOfOtherServersAndOfNone() throws Exception {
        body = "<html>";
        assertThat(instance().check("definitions")).isEmpty();
        RunningInstance stopped = instance();
        server.stop(0);
        assertThat(stopped.check("definitions")).isEmpty();
        assertThat(new RunningInstance(HttpSettings.defaults().withPort(0)).check("definitions"))
                .isEmpty();
    }
}
