/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.wms.sandbox.boundary.PresignedTransfer;
import org.diracee.wms.sandbox.control.StoreAway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormTransfersTest {

    private final FormTransfers transfers = new FormTransfers();
    private HttpServer store;
    private volatile String posted = "";
    private volatile int status = 200;

    @TempDir
    private Path directory;

    FormTransfersTest() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void open() {
        store.createContext("/", exchange -> {
            posted = exchange.getRequestHeaders().getFirst("Content-Type") + "\n"
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = "stored".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        store.start();
    }

    @AfterEach
    void close() {
        store.stop(0);
    }

    @Test
    void postsTheFieldsBeforeTheFile() throws IOException {
        Path archive = Files.writeString(directory.resolve("archive"), "packed");

        transfers.upload(link(Map.of("key", "demo/sandbox")), archive);

        assertThat(posted)
                .startsWith("multipart/form-data; boundary=")
                .containsSubsequence("name=\"key\"\r\n\r\ndemo/sandbox\r\n", "name=\"file\"", "\r\n\r\npacked\r\n--");
    }

    @Test
    void fetchesByTheLink() {
        Path target = directory.resolve("target");

        transfers.download(link(Map.of()), target);

        assertThat(target).hasContent("stored");
    }

    @Test
    void aStoreThatDoesNotWorkIsAway() throws IOException {
        Path archive = Files.writeString(directory.resolve("archive"), "packed");
        status = 503;
        assertThatThrownBy(() -> transfers.upload(link(Map.of()), archive)).isInstanceOf(StoreAway.class);
        status = 429;
        assertThatThrownBy(() -> transfers.upload(link(Map.of()), archive)).isInstanceOf(StoreAway.class);
        close();
        assertThatThrownBy(() -> transfers.download(link(Map.of()), archive)).isInstanceOf(StoreAway.class);
    }

    @Test
    void whatTheStoreRefusesIsNotTriedAgain() throws IOException {
        Path archive = Files.writeString(directory.resolve("archive"), "packed");
        status = 400;
        assertThatThrownBy(() -> transfers.upload(link(Map.of()), archive))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("HTTP 400");
    }

    private PresignedTransfer link(Map<String, String> fields) {
        return new PresignedTransfer(
                URI.create("http://127.0.0.1:" + store.getAddress().getPort() + "/bucket"), fields, Instant.MAX);
    }
}
