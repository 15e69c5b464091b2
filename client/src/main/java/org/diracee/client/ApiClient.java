/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one server: sends requests with the caller's token, repeats those that may be repeated, turns refusals into
 * {@link ApiError}. Thread-safe; make one and share it.
 */
public final class ApiClient {

    /** What we say of ourselves in {@code DiracX-Client-Version}. */
    public static final String VERSION = "0.1.0";

    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http;
    private final URI server;
    private final String base;
    private final TokenSource tokens;
    private final RetryPolicy retries;
    private final Duration timeout;
    private final Duration transferTimeout;
    private final Pause pause;

    private ApiClient(Builder builder) {
        this.http = builder.httpClient();
        this.server = builder.server;
        this.base = server.toString().replaceFirst("/+$", "");
        this.tokens = builder.tokens;
        this.retries = builder.retries;
        this.timeout = builder.timeout;
        this.transferTimeout = builder.transferTimeout;
        this.pause = builder.pause;
    }

    /** @param server the base URL of the installation, without {@code /api} */
    public static Builder builder(URI server) {
        return new Builder(server);
    }

    /** Returns a client that shares this one's connections and acts with other tokens. */
    public ApiClient withTokens(TokenSource other) {
        Builder builder = sharing();
        builder.tokens = other;
        return builder.build();
    }

    /** Returns a client that shares this one's connections and repeats in another way. */
    public ApiClient withRetries(RetryPolicy other) {
        Builder builder = sharing();
        builder.retries = other;
        return builder.build();
    }

    private Builder sharing() {
        Builder builder = new Builder(server);
        builder.shared = http;
        builder.tokens = tokens;
        builder.retries = retries;
        builder.timeout = timeout;
        builder.transferTimeout = transferTimeout;
        builder.pause = pause;
        return builder;
    }

    public URI server() {
        return server;
    }

    /** @throws ClientFailure if there is no successful answer that can be read as this type */
    public <T> T call(ApiRequest request, Class<T> type) {
        return exchange(request).json(type);
    }

    /** @throws ClientFailure if there is no successful answer that can be read as this type */
    public <T> T call(ApiRequest request, TypeReference<T> type) {
        return exchange(request).json(type);
    }

    /** Sends the request and returns the answer if its status is 2xx.
     *
     * @throws ClientFailure if there is no successful answer
     */
    public ApiResponse exchange(ApiRequest request) {
        BodyPublisher body =
                request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body());
        return repeating(request, token -> {
            HttpRequest.Builder builder = to(URI.create(base + request.target()))
                    .timeout(request.timeout().orElse(timeout))
                    .method(request.method(), body);
            request.headers().forEach(builder::setHeader);
            token.ifPresent(bearer -> builder.setHeader("Authorization", "Bearer " + bearer));
            HttpResponse<byte[]> answer = send(
                    builder.build(),
                    BodyHandlers.ofByteArray(),
                    request.timeout().orElse(timeout),
                    request.toString());
            return new Answer(answer, answer.body());
        });
    }

    /**
     * Passes a successful answer's body on as it comes, whatever its length. Not repeated once the body has begun. A time-out of the
     * request bounds the body, too; else it may go on for ever.
     *
     * @throws ClientFailure if there is no successful answer, or it breaks off before its end
     */
    public void stream(ApiRequest request, BodyReader reader) {
        BodyPublisher body =
                request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body());
        AtomicReference<IOException> broken = new AtomicReference<>();
        repeating(request, token -> {
            HttpRequest.Builder builder = to(URI.create(base + request.target()))
                    .timeout(request.timeout().orElse(timeout))
                    .method(request.method(), body);
            request.headers().forEach(builder::setHeader);
            token.ifPresent(bearer -> builder.setHeader("Authorization", "Bearer " + bearer));
            HttpResponse<InputStream> answer = send(
                    builder.build(),
                    BodyHandlers.ofInputStream(),
                    request.timeout().orElse(timeout),
                    request.toString());
            try (InputStream content = answer.body()) {
                if (!isSuccess(answer.statusCode())) {
                    return new Answer(answer, content.readAllBytes());
                }
                CompletableFuture<Void> bound = request.timeout()
                        .map(longest -> closeAfter(longest, content))
                        .orElseGet(() -> CompletableFuture.completedFuture(null));
                try {
                    reader.read(content);
                } finally {
                    bound.cancel(false);
                }
            } catch (IOException failure) {
                broken.set(failure);
            }
            return new Answer(answer, new byte[0]);
        });
        IOException failure = broken.get();
        if (failure != null) {
            throw new ServerUnreachable(server, "the answer broke off: " + message(failure), failure);
        }
    }

    private static CompletableFuture<Void> closeAfter(Duration longest, InputStream content) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        content.close();
                    } catch (IOException gone) {
                        throw new UncheckedIOException(gone);
                    }
                },
                CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Takes the body of an answer. */
    public interface BodyReader {
        void read(InputStream body) throws IOException;
    }

    /**
     * Uploads a file as a form: all fields, then the file as the part {@code file}. No token is sent, the address itself
     * is the permission. Not repeated.
     *
     * @throws ClientFailure if there is no successful answer
     */
    public void upload(URI address, Map<String, String> fields, Path file) {
        upload(address, fields, file, TransferProgress.NONE);
    }

    /** The same, telling how far it is. */
    public void upload(URI address, Map<String, String> fields, Path file, TransferProgress progress) {
        String boundary = "dirac-" + UUID.randomUUID();
        StringBuilder head = new StringBuilder();
        fields.forEach((name, value) -> head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value)));
        head.append(("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .formatted(boundary));
        String tail = "\r\n--%s--\r\n".formatted(boundary);
        BodyPublisher body;
        try {
            body = BodyPublishers.concat(
                    BodyPublishers.ofString(head.toString()),
                    new WatchedBody(BodyPublishers.ofFile(file), progress),
                    BodyPublishers.ofString(tail));
        } catch (FileNotFoundException gone) {
            throw new UncheckedIOException(gone);
        }
        HttpRequest request = to(resolved(address))
                .timeout(transferTimeout)
                .setHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body)
                .build();
        HttpResponse<byte[]> answer = send(request, BodyHandlers.ofByteArray(), transferTimeout, "the upload");
        if (!isSuccess(answer.statusCode())) {
            throw ApiError.of(answer.statusCode(), answer.body(), retryAfter(answer));
        }
    }

    /**
     * Downloads into a file, which is replaced. No token is sent, the address itself is the permission. A connection that
     * breaks is taken up where it broke, if the server says that the content is still the same.
     *
     * @param maxBytes a longer content is refused
     * @throws ClientFailure if there is no successful answer; the file is deleted then
     */
    public void download(URI address, Path file, long maxBytes) {
        download(address, file, maxBytes, TransferProgress.NONE);
    }

    /** The same, telling how far it is. */
    public void download(URI address, Path file, long maxBytes, TransferProgress progress) {
        ApiRequest asGet = ApiRequest.get("the download").anonymous();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ArrivingFile arriving = new ArrivingFile(channel, maxBytes, progress);
            repeating(asGet, token -> {
                HttpRequest.Builder request = to(resolved(address))
                        .setHeader("Accept", "*/*")
                        .timeout(timeout)
                        .GET();
                arriving.askForTheRest(request);
                HttpResponse<byte[]> answer =
                        send(request.build(), arriving.handler(), transferTimeout, "the download");
                return new Answer(answer, answer.body());
            });
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (RuntimeException failed) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException undeletable) {
                failed.addSuppressed(undeletable);
            }
            throw failed;
        }
    }

    /**
     * Sends one request to any address, once, and takes whatever is answered.
     *
     * @throws ServerUnreachable if there is no answer
     */
    <T> HttpResponse<T> sendTo(HttpRequest request, BodyHandler<T> handler, Duration longest) {
        URI address = request.uri();
        return send(
                request,
                handler,
                longest,
                request.method() + " " + address.getRawPath(),
                URI.create(address.getScheme() + "://" + address.getRawAuthority()));
    }

    /** What a request of one's own to this server shows. */
    Optional<String> bearer() {
        return tokens.token();
    }

    private URI resolved(URI address) {
        return server.resolve(address);
    }

    private HttpRequest.Builder to(URI target) {
        return HttpRequest.newBuilder(target)
                .setHeader("Accept", "application/json")
                .setHeader("DiracX-Client-Version", VERSION);
    }

    private ApiResponse repeating(ApiRequest request, Sender sender) {
        Optional<String> token = request.isAuthenticated() ? tokens.token() : Optional.empty();
        boolean replaced = false;
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= retries.attempts();
            Answer answer;
            try {
                answer = sender.send(token);
            } catch (ServerUnreachable failure) {
                if (last || !(request.isRepeatable() || neverSent(failure))) {
                    throw failure;
                }
                pause(retries.pause(attempt), request);
                continue;
            }
            int status = answer.response().statusCode();
            if (isSuccess(status) || request.takesAnyStatus()) {
                return new ApiResponse(
                        request.toString(), status, answer.response().headers(), answer.body());
            }
            if (status == UNAUTHORIZED && token.isPresent() && !replaced) {
                replaced = true;
                Optional<String> other = tokens.replacement(token.get());
                if (other.isPresent()) {
                    token = other;
                    continue;
                }
            }
            ApiError error = ApiError.of(status, answer.body(), retryAfter(answer.response()));
            if (last || !request.isRepeatable() || !isPassing(error)) {
                throw error;
            }
            Duration asked = error.retryAfter().orElse(Duration.ZERO);
            if (asked.compareTo(retries.longestPause()) > 0) {
                throw error;
            }
            pause(asked.isZero() ? retries.pause(attempt) : asked, request);
        }
    }

    private static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    private static boolean isPassing(ApiError error) {
        return error.status() == UNAVAILABLE
                || error.status() == TOO_MANY_REQUESTS
                || error.isOfStartingServer()
                || (error.status() == CONFLICT && error.retryAfter().isPresent());
    }

    /** Whether not even a connection came about, so that any request may be sent again. */
    private static boolean neverSent(ServerUnreachable failure) {
        return failure.getCause() instanceof ConnectException
                || failure.getCause() instanceof HttpConnectTimeoutException;
    }

    private void pause(Duration length, ApiRequest request) {
        pause(length, request.toString());
    }

    /** @param call what is waited for */
    void pause(Duration length, String call) {
        try {
            pause.sleep(length);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallInterrupted(call);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Duration longest, String call) {
        return send(request, handler, longest, call, server);
    }

    private <T> HttpResponse<T> send(
            HttpRequest request, BodyHandler<T> handler, Duration longest, String call, URI asked) {
        // the request's own time-out ends with the answer's head; the future's covers the body too
        CompletableFuture<HttpResponse<T>> future = http.sendAsync(request, handler);
        try {
            return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallInterrupted(call);
        } catch (TimeoutException late) {
            future.cancel(true);
            throw new ServerUnreachable(asked, "no answer within " + longest.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServerUnreachable(asked, reason(cause, longest), cause);
        }
    }

    private static String reason(Throwable cause, Duration longest) {
        if (cause instanceof HttpConnectTimeoutException) {
            return "no connection came about in time";
        }
        if (cause instanceof java.net.http.HttpTimeoutException) {
            return "no answer within " + longest.toSeconds() + " s";
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
                return "its name is not known";
            }
            if (at instanceof java.security.cert.CertificateException
                    || at instanceof java.security.cert.CertPathValidatorException) {
                return "its certificate is not trusted (" + message(at) + ")";
            }
        }
        if (cause instanceof ConnectException) {
            return cause.getMessage() == null || cause.getMessage().isBlank()
                    ? "connection refused"
                    : cause.getMessage();
        }
        if (cause instanceof SSLException) {
            return "the TLS handshake failed (" + message(cause) + ")";
        }
        return message(cause);
    }

    private static String message(Throwable cause) {
        Throwable shown = cause instanceof UncheckedIOException && cause.getCause() != null ? cause.getCause() : cause;
        return shown.getMessage() == null ? shown.getClass().getSimpleName() : shown.getMessage();
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    private record Answer(HttpResponse<?> response, byte[] body) {}

    private interface Sender {
        Answer send(Optional<String> token);
    }

    interface Pause {
        void sleep(Duration length) throws InterruptedException;
    }

    /** Collects what a client needs. */
    public static final class Builder {

        private final URI server;
        private @Nullable Path trusted;
        private @Nullable ClientCertificate certificate;
        private @Nullable SSLContext tls;
        private @Nullable HttpClient shared;
        private TokenSource tokens = TokenSource.none();
        private RetryPolicy retries = RetryPolicy.STANDARD;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration timeout = Duration.ofSeconds(60);
        private Duration transferTimeout = Duration.ofMinutes(15);
        private Pause pause = length -> Thread.sleep(length.toMillis());

        private Builder(URI server) {
            if (!("https".equals(server.getScheme()) || "http".equals(server.getScheme()))
                    || server.getHost() == null) {
                throw new IllegalArgumentException(
                        "'" + server + "' is no server address: https://host[:port] is expected");
            }
            this.server = server;
        }

        /**
         * Trusts these certificates and no others.
         *
         * @param pem a file of PEM certificates, or a directory of such files
         * @throws IOException if there is no certificate to read
         */
        public Builder caFile(Path pem) throws IOException {
            trusted = pem;
            tls = TrustedCertificates.contextOf(pem, certificate);
            return this;
        }

        /**
         * Shows this certificate or proxy to the server, which counts only where no token is sent.
         *
         * @param chain its own certificate first
         * @throws IOException if the certificates of {@link #caFile} cannot be read
         */
        public Builder certificate(PrivateKey key, List<X509Certificate> chain) throws IOException {
            certificate = new ClientCertificate(key, chain);
            tls = TrustedCertificates.contextOf(trusted, certificate);
            return this;
        }

        public Builder tokens(TokenSource source) {
            tokens = source;
            return this;
        }

        public Builder retries(RetryPolicy policy) {
            retries = policy;
            return this;
        }

        public Builder connectTimeout(Duration longest) {
            connectTimeout = longest;
            return this;
        }

        /** Bounds every try of a call, 60 s unless set. */
        public Builder timeout(Duration longest) {
            timeout = longest;
            return this;
        }

        /** Bounds an upload or download as a whole, 15 min unless set. */
        public Builder transferTimeout(Duration longest) {
            transferTimeout = longest;
            return this;
        }

        Builder pause(Pause other) {
            pause = other;
            return this;
        }

        public ApiClient build() {
            return new ApiClient(this);
        }

        private HttpClient httpClient() {
            if (shared != null) {
                return shared;
            }
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(connectTimeout);
            if (tls != null) {
                builder.sslContext(tls);
            }
            return builder.build();
        }
    }
}
