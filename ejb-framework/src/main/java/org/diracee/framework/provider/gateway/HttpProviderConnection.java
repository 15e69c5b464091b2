/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.diracee.framework.outbound.boundary.CalledHost;
import org.diracee.framework.provider.control.ProviderConnection;
import org.jspecify.annotations.Nullable;

/** Calls providers over HTTP with the Java platform's client, which trusts the authorities that the platform trusts. */
@ApplicationScoped
public class HttpProviderConnection implements ProviderConnection {

    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final Duration ALL = Duration.ofSeconds(8);
    private static final int LONGEST = 1_048_576;

    private final Duration all;
    private final int longest;
    private @Nullable HttpClient client;

    /** Called by the container. */
    public HttpProviderConnection() {
        this(ALL, LONGEST);
    }

    HttpProviderConnection(Duration all, int longest) {
        this.all = all;
        this.longest = longest;
    }

    @Override
    public Answer get(URI address) throws IOException {
        return send(request(address).GET());
    }

    @Override
    public Answer post(URI address, Map<String, String> form, Optional<String> credentials) throws IOException {
        HttpRequest.Builder request = request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))));
        credentials.ifPresent(value -> request.header("Authorization", value));
        return send(request);
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(all).header("Accept", "application/json");
    }

    /** The client's own time limit ends with the headers; this one holds for the body, too. */
    private Answer send(HttpRequest.Builder request) throws IOException {
        HttpRequest complete = request.build();
        // in another thread, because a name server may keep us waiting, too
        CompletableFuture<HttpResponse<byte[]>> answer = CompletableFuture.runAsync(
                        () -> requireReachable(complete.uri().getHost()))
                .thenCompose(allowed -> client().sendAsync(complete, facts -> new BoundedBody(longest)));
        try {
            HttpResponse<byte[]> response = answer.get(all.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException slow) {
            throw new IOException("no complete answer within " + all.toSeconds() + " s", slow);
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed.getCause());
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is shutting down");
        } finally {
            answer.cancel(true);
        }
    }

    /**
     * Refuses names that lead to where no provider is. A name that leads elsewhere a moment later is no way around it: what answers
     * there has no certificate for the name.
     */
    private static void requireReachable(String host) {
        CalledHost written = CalledHost.of(host);
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                CalledHost found = CalledHost.of(address);
                if (found == CalledHost.NEVER || found == CalledHost.LOOPBACK && written != CalledHost.LOOPBACK) {
                    throw new UncheckedIOException(new IOException(
                            host + " is at " + address.getHostAddress() + ", where no provider may be"));
                }
            }
        } catch (UnknownHostException unknown) {
            throw new UncheckedIOException(unknown);
        }
    }

    /** Made when it is needed, because it has a thread of its own, which the container's proxy of this must not have. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .connectTimeout(CONNECTING)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = made;
        }
        return made;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
