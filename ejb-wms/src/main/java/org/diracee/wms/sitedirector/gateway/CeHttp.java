/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.diracee.framework.outbound.boundary.OutboundTls;
import org.diracee.wms.sitedirector.control.CeQueue;

/**
 * Calls computing elements over HTTPS, with the Java platform's client. They are trusted by the CA directory, and by the
 * {@code CAFile} of their configuration; if there is neither, by the authorities that the platform trusts.
 */
@ApplicationScoped
public class CeHttp {

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    /** A changed file of certificates counts after this. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    /** How much of an answer is kept: of longer ones, the end. */
    private static final int LONGEST = 16 * 1024 * 1024;

    private final Map<Peer, Kept> clients = new ConcurrentHashMap<>();
    private PilotSettings settings;
    private OutboundTls tls;
    private Clock clock;

    protected CeHttp() {} // for the container's proxy

    @Inject
    public CeHttp(PilotSettings settings, OutboundTls tls, Clock clock) {
        this.settings = settings;
        this.tls = tls;
        this.clock = clock;
    }

    /** @param body up to a limit */
    record Answer(int status, HttpHeaders headers, byte[] body) {}

    /**
     * Whom a connection may be used for: A-REX goes by the first token of a connection, whatever others are sent on it later.
     *
     * @param credential a secret
     */
    private record Peer(Optional<Path> certificates, Optional<String> credential) {

        @Override
        public String toString() {
            return "peer";
        }
    }

    private record Kept(HttpClient client, Instant since) {}

    /**
     * Sends a request and waits for the whole answer.
     *
     * @param credential what the other side knows us by; its proxy is shown here, its token is in the request
     * @throws IOException if there was none in time; nobody knows then whether the request was received
     */
    Answer send(CeQueue queue, Optional<CeCredential> credential, HttpRequest request, Duration limit)
            throws IOException {
        return await(begin(queue, credential, request), limit);
    }

    /** The same without waiting. */
    CompletableFuture<HttpResponse<byte[]>> begin(CeQueue queue, Optional<CeCredential> credential, HttpRequest request)
            throws IOException {
        return client(queue, credential).sendAsync(request, facts -> new TailOfBody(LONGEST));
    }

    static Answer await(CompletableFuture<HttpResponse<byte[]>> begun, Duration limit) throws IOException {
        try {
            HttpResponse<byte[]> answer = begun.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (TimeoutException slow) {
            throw new IOException("no complete answer within " + limit.toSeconds() + " s", slow);
        } catch (ExecutionException failed) {
            throw new IOException(why(failed), failed.getCause());
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is shutting down");
        } finally {
            begun.cancel(true);
        }
    }

    /** Whether the request was certainly not received. */
    static boolean isUnsent(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }

    /** The innermost cause that says something: Java's client says "ConnectException" and no more where nobody listens. */
    private static String why(ExecutionException failed) {
        String said = "";
        String kind = "";
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            said = cause.getMessage() == null ? said : cause.getMessage();
            kind = cause.getClass().getSimpleName();
        }
        return said.isEmpty() ? "nobody answers (" + kind + ")" : said;
    }

    private HttpClient client(CeQueue queue, Optional<CeCredential> credential) throws IOException {
        Instant now = clock.instant();
        clients.values().removeIf(kept -> kept.since().plus(KEPT).isBefore(now));
        Peer peer = new Peer(settings.caFile(queue), credential.map(CeCredential::identity));
        Kept known = clients.get(peer);
        if (known == null) {
            known = new Kept(
                    HttpClient.newBuilder()
                            .sslContext(tls.context(peer.certificates(), credential.flatMap(CeCredential::proxy)))
                            .connectTimeout(CONNECTING)
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .build(),
                    now);
            clients.put(peer, known);
        }
        return known.client();
    }
}
