/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.framework.outbound.boundary.CalledHost;
import org.diracee.framework.outbound.boundary.OutboundTls;
import org.diracee.kernel.proxy.ProxyCredential;

/**
 * Calls storage elements over HTTP with the Java platform's client. Where one sends us on to another machine, that is followed only to
 * hosts that its configuration names, and never further into a private network than the storage element itself is.
 */
@ApplicationScoped
public class HttpCalls {

    /** A changed file of certificates counts after this. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_LOCATION = 8192;

    private final Map<Peer, Kept> clients = new ConcurrentHashMap<>();
    private HttpOptions options;
    private OutboundTls tls;
    private Clock clock;

    protected HttpCalls() {} // for the container's proxy

    @Inject
    public HttpCalls(HttpOptions options, OutboundTls tls, Clock clock) {
        this.options = options;
        this.tls = tls;
        this.clock = clock;
    }

    /** Whom a connection may be used for. @param shown a secret */
    private record Peer(Optional<Path> certificates, Optional<String> shown, Duration patience) {

        @Override
        public String toString() {
            return "peer";
        }
    }

    private record Kept(HttpClient client, Instant since) {}

    /**
     * Asks and waits for the answer to begin.
     *
     * @param person whose certificate is shown
     * @throws StorageFailure if no answer came
     */
    HttpAnswer send(HttpCall call, Optional<ProxyCredential> person) {
        URI root = options.root(call.place().endpoint());
        HttpCall next = call;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpAnswer answer = answer(next, root, person);
            Optional<URI> elsewhere = elsewhere(answer);
            if (elsewhere.isEmpty()) {
                return answer;
            }
            answer.drain();
            requireAllowed(call, root, elsewhere.get());
            if (next.content().filter(bytes -> bytes.count() > 0).isPresent()) {
                throw broken(
                        call, "it sent us on to another machine after it had taken bytes; set ExpectContinue = yes");
            }
            next = next.to(elsewhere.get());
        }
        throw broken(call, "it sent us on more than " + MOST_REDIRECTS + " times");
    }

    /** What may be asked twice is: a connection that was kept may have been closed by the other side. */
    private HttpAnswer answer(HttpCall call, URI root, Optional<ProxyCredential> person) {
        try {
            requireReachable(call, root);
            try {
                return once(call, person);
            } catch (IOException broken) {
                if (!call.mayBeRepeated() || broken.getCause() instanceof TimeoutException || isUnsent(broken)) {
                    throw broken;
                }
                return once(call, person);
            }
        } catch (IOException failure) {
            throw new StorageFailure(
                    Reason.AWAY,
                    call.place() + ": " + call.method() + " at " + call.url().getRawAuthority() + " failed: "
                            + why(failure),
                    failure);
        }
    }

    private HttpAnswer once(HttpCall call, Optional<ProxyCredential> person) throws IOException {
        StorageEndpoint endpoint = call.place().endpoint();
        HttpResponse<InputStream> response = answered(
                call,
                client(endpoint, person)
                        .sendAsync(request(call), facts -> new ArrivingBytes(options.stallTimeout(endpoint))));
        return new HttpAnswer(call, response.statusCode(), response.headers(), response.body());
    }

    private static boolean isUnsent(IOException failure) {
        return failure instanceof ConnectException || failure instanceof SSLException;
    }

    private HttpRequest request(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.url())
                .method(
                        call.method(),
                        call.content().isEmpty()
                                ? BodyPublishers.noBody()
                                : call.size() == 0
                                        ? BodyPublishers.ofByteArray(new byte[0])
                                        : BodyPublishers.fromPublisher(
                                                BodyPublishers.ofInputStream(
                                                        () -> call.content().get()),
                                                call.size()))
                // one that does not want it, or wants it elsewhere, says so before it gets the bytes
                .expectContinue(call.size() > 0
                        && options.asksBeforeSending(call.place().endpoint()));
        call.headers().forEach(request::setHeader);
        call.authorization().ifPresent(value -> request.setHeader("Authorization", value));
        return request.build();
    }

    private HttpResponse<InputStream> answered(HttpCall call, CompletableFuture<HttpResponse<InputStream>> begun)
            throws IOException {
        StorageEndpoint endpoint = call.place().endpoint();
        try {
            while (true) {
                long moved = call.content().map(LeavingBytes::count).orElse(0L);
                boolean isSending = moved < call.size();
                Duration patience = isSending ? options.stallTimeout(endpoint) : options.answerTimeout(endpoint);
                try {
                    return begun.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException slow) {
                    if (call.content().map(LeavingBytes::count).orElse(0L) == moved) {
                        throw new IOException(
                                isSending
                                        ? "it took no byte for " + patience.toSeconds() + " s"
                                        : "no answer within " + patience.toSeconds() + " s",
                                slow);
                    }
                }
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known ? known : new IOException(why(failed), failed);
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is shutting down");
        } finally {
            begun.cancel(true);
        }
    }

    /** The innermost cause that says something: Java's client says "ConnectException" and no more where nobody listens. */
    static String why(Throwable failure) {
        String said = "";
        String kind = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            said = cause.getMessage() == null ? said : cause.getMessage();
            kind = cause.getClass().getSimpleName();
        }
        return said.isEmpty() ? "nobody answers (" + kind + ")" : said;
    }

    private static Optional<URI> elsewhere(HttpAnswer answer) {
        if (!answer.isOneOf(301, 302, 303, 307, 308)) {
            return Optional.empty();
        }
        String location = answer.header("location").orElse("");
        try {
            if (location.isEmpty() || location.length() > LONGEST_LOCATION) {
                throw broken(answer.call(), "it sent us on without saying where to");
            }
            return Optional.of(answer.call().url().resolve(location));
        } catch (IllegalArgumentException malformed) {
            throw broken(answer.call(), "it sent us on to what is no address");
        }
    }

    private void requireAllowed(HttpCall call, URI root, URI to) {
        String host = String.valueOf(to.getHost()).toLowerCase(Locale.ROOT);
        boolean isNamed = host.equals(root.getHost().toLowerCase(Locale.ROOT))
                || options.redirectHosts(call.place().endpoint()).stream()
                        .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                        .anyMatch(allowed ->
                                allowed.startsWith("*.") ? host.endsWith(allowed.substring(1)) : host.equals(allowed));
        if (to.getHost() == null || to.getRawUserInfo() != null || !isNamed) {
            throw broken(call, "it sent us on to " + to.getHost() + ", which is not among its RedirectHosts");
        }
        if (!root.getScheme().equals(to.getScheme()) && !"https".equals(to.getScheme())) {
            throw broken(call, "it sent us on to " + to.getScheme() + ": allowed is https");
        }
    }

    /** Where names lead to is looked at, too: what only this server can reach must not be read through a storage element. */
    private static void requireReachable(HttpCall call, URI root) throws IOException {
        String host = call.url().getHost();
        boolean isOwn = host.equalsIgnoreCase(root.getHost());
        for (InetAddress address : resolved(host)) {
            CalledHost where = CalledHost.of(address);
            boolean isAllowed =
                    switch (where) {
                        case NEVER -> false;
                        case ELSEWHERE -> true;
                        case LOOPBACK, PRIVATE -> isOwn || isThere(root, where);
                    };
            if (!isAllowed) {
                throw broken(call, host + " is where this server calls nobody");
            }
        }
    }

    private static boolean isThere(URI root, CalledHost where) throws IOException {
        for (InetAddress address : resolved(root.getHost())) {
            if (CalledHost.of(address) == where) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress[] resolved(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new IOException("the host " + host + " is not known", unknown);
        }
    }

    private static StorageFailure broken(HttpCall call, String what) {
        return new StorageFailure(Reason.BROKEN, call.place() + ": " + what);
    }

    private HttpClient client(StorageEndpoint endpoint, Optional<ProxyCredential> person) throws IOException {
        Instant now = clock.instant();
        clients.values().removeIf(kept -> kept.since().plus(KEPT).isBefore(now));
        Peer peer = new Peer(
                options.certificates(endpoint),
                person.map(credential -> credential.chain().pem()),
                options.connectTimeout(endpoint));
        Kept known = clients.get(peer);
        if (known == null) {
            known = new Kept(
                    HttpClient.newBuilder()
                            .sslContext(tls.context(peer.certificates(), person))
                            .connectTimeout(peer.patience())
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .build(),
                    now);
            clients.put(peer, known);
        }
        return known.client();
    }
}
