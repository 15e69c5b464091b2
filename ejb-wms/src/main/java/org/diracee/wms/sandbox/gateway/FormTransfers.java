/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.wms.sandbox.boundary.PresignedTransfer;
import org.diracee.wms.sandbox.control.OutsideTransfers;
import org.diracee.wms.sandbox.control.StoreAway;

/** Fetches from, and posts forms to, the store outside as clients do. */
@ApplicationScoped
public class FormTransfers implements OutsideTransfers {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration ALL = Duration.ofMinutes(5);
    private static final int FIRST_FAILURE = 300;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_FAILURE = 500;

    /** Too slow, and too often. */
    private static final Set<Integer> PASSING = Set.of(408, 429);

    @Override
    public void download(PresignedTransfer link, Path target) {
        send(HttpRequest.newBuilder(link.url()).GET(), BodyHandlers.ofFile(target));
    }

    @Override
    public void upload(PresignedTransfer form, Path archive) {
        String boundary = UUID.randomUUID().toString();
        StringBuilder fields = new StringBuilder();
        form.fields().forEach((name, value) -> fields.append("--" + boundary + "\r\n")
                .append("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
        fields.append("--" + boundary + "\r\n")
                .append("Content-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n")
                .append("Content-Type: application/octet-stream\r\n\r\n");
        try {
            BodyPublisher body = BodyPublishers.concat(
                    text(fields.toString()), BodyPublishers.ofFile(archive), text("\r\n--" + boundary + "--\r\n"));
            send(
                    HttpRequest.newBuilder(form.url())
                            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                            .POST(body),
                    BodyHandlers.discarding());
        } catch (FileNotFoundException gone) {
            throw new IllegalStateException("The archive that is to be stored is gone", gone);
        }
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    /** With a client of its own, whose threads end with it: this is done seldom. */
    private static void send(HttpRequest.Builder request, HttpResponse.BodyHandler<?> handler) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            int status = client.send(request.timeout(ALL).build(), handler).statusCode();
            if (status >= BAD_REQUEST && status < SERVER_FAILURE && !PASSING.contains(status)) {
                throw new InvalidRequest("The store of sandboxes refuses the transfer: HTTP " + status);
            }
            if (status >= FIRST_FAILURE) {
                throw away(new IOException("HTTP " + status));
            }
        } catch (IOException failure) {
            throw away(failure);
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw away(shuttingDown);
        }
    }

    private static StoreAway away(Exception cause) {
        return new StoreAway("The store of sandboxes does not take part for now", cause);
    }
}
