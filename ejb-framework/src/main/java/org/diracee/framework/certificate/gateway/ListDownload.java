/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches revocation lists over HTTP, within bounds of size and time. */
@ApplicationScoped
public class ListDownload {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration ALL = Duration.ofSeconds(60);

    private @Nullable HttpClient client;

    /**
     * The content at the address.
     *
     * @param largest the most bytes that it may have
     * @throws IOException if there is none within the bounds
     */
    public byte[] get(URI address, int largest) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> answer = client().sendAsync(
                        HttpRequest.newBuilder(address).timeout(ALL).GET().build(),
                        HttpResponse.BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                            if (content.size() + bytes.length > largest) {
                                throw new IllegalStateException("it is larger than " + largest + " bytes");
                            }
                            content.writeBytes(bytes);
                        })));
        try {
            int status = answer.get(ALL.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw new IOException("status " + status);
            }
            return content.toByteArray();
        } catch (TimeoutException slow) {
            throw new IOException("no complete answer within " + ALL.toSeconds() + " s", slow);
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed.getCause());
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is shutting down");
        } finally {
            answer.cancel(true);
        }
    }

    /** Made when it is needed, because it has threads of its own. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .connectTimeout(CONNECTING)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            client = made;
        }
        return made;
    }
}
