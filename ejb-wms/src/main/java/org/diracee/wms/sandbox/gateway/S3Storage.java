/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.s3.boundary.S3Bucket;
import org.diracee.framework.s3.boundary.S3Listing;
import org.diracee.framework.s3.boundary.S3Signature;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.wms.sandbox.boundary.PresignedTransfer;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.control.PresigningStorage;
import org.diracee.wms.sandbox.control.S3Settings;
import org.diracee.wms.sandbox.control.SandboxLinks;
import org.diracee.wms.sandbox.control.StoreAway;
import org.diracee.wms.sandbox.control.StoredPage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sandboxes in a bucket of an S3 store. Clients post archives there with a form whose policy names key, size and
 * checksum, and fetch them by signed links; this server asks only what is there, lists and deletes.
 */
@ApplicationScoped
public class S3Storage implements PresigningStorage {

    private static final String PREFIX = "/S3/" + SandboxPfn.BUCKET + "/";
    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final Duration ALL = Duration.ofSeconds(10);
    private static final int MOST_LISTED = 1000;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final SortedMap<String, String> NO_QUERY = new TreeMap<>();
    private static final String ELSEWHERE = "us-east-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private S3Settings settings;
    private ServerCredentials credentials;
    private Clock clock;
    private Duration patience = ALL;
    private @Nullable HttpClient client;

    protected S3Storage() {} // for the container's proxy

    @Inject
    public S3Storage(S3Settings settings, ServerCredentials credentials, Clock clock) {
        this(settings, credentials, clock, ALL);
    }

    S3Storage(S3Settings settings, ServerCredentials credentials, Clock clock, Duration patience) {
        this.settings = settings;
        this.credentials = credentials;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public String kind() {
        return "S3";
    }

    @Override
    public PresignedTransfer upload(SandboxPfn pfn, long size) {
        S3Bucket bucket = settings.bucket();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(SandboxLinks.LIFE);
        S3Signature signature = signature(bucket, now);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("key", key(pfn));
        fields.put("x-amz-checksum-algorithm", "SHA256");
        fields.put("x-amz-checksum-sha256", checksum(pfn));
        fields.putAll(signature.formFields());
        List<Object> conditions = new ArrayList<>();
        conditions.add(Map.of("bucket", bucket.name()));
        fields.forEach((name, value) -> conditions.add(Map.of(name, value)));
        conditions.add(List.of("content-length-range", size, size));
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("expiration", expires.toString());
        policy.put("conditions", conditions);
        String encoded = S3Signature.base64(json(policy));
        fields.put("policy", encoded);
        fields.put("x-amz-signature", signature.ofPolicy(encoded));
        return new PresignedTransfer(URI.create(bucket.address() + (bucket.pathStyle() ? "" : "/")), fields, expires);
    }

    @Override
    public PresignedTransfer download(SandboxPfn pfn) {
        S3Bucket bucket = settings.bucket();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        URI link = signature(bucket, now).link("GET", address(bucket, pfn), SandboxLinks.LIFE);
        return new PresignedTransfer(link, Map.of(), now.plus(SandboxLinks.LIFE));
    }

    /** The checksum is compared if the store tells one; the form's policy made it compare that itself. */
    @Override
    public boolean holds(SandboxPfn pfn, long size) {
        S3Bucket bucket = settings.bucket();
        HttpResponse<byte[]> answer =
                send(bucket, "HEAD", address(bucket, pfn), NO_QUERY, Map.of("x-amz-checksum-mode", "ENABLED"));
        if (answer.statusCode() == NOT_FOUND) {
            requireBucket(bucket);
            return false;
        }
        require(bucket, "HEAD", answer, OK);
        return answer.headers().firstValueAsLong("content-length").orElse(-1) == size
                && answer.headers()
                        .firstValue("x-amz-checksum-sha256")
                        .filter(found -> !found.equals(checksum(pfn)))
                        .isEmpty();
    }

    @Override
    public void remove(SandboxPfn pfn) {
        S3Bucket bucket = settings.bucket();
        require(
                bucket,
                "DELETE",
                send(bucket, "DELETE", address(bucket, pfn), NO_QUERY, Map.of()),
                OK,
                NO_CONTENT,
                NOT_FOUND);
    }

    @Override
    public StoredPage stored(Instant before, Optional<String> after, int limit) {
        S3Bucket bucket = settings.bucket();
        SortedMap<String, String> query = new TreeMap<>();
        query.put("list-type", "2");
        query.put("max-keys", Integer.toString(Math.min(limit, MOST_LISTED)));
        after.ifPresent(last -> query.put("start-after", last));
        HttpResponse<byte[]> answer = send(bucket, "GET", bucket.address(), query, Map.of());
        if (answer.statusCode() == NOT_FOUND && bucket.autoCreate()) {
            return new StoredPage(List.of(), Optional.empty());
        }
        require(bucket, "LIST", answer, OK);
        S3Listing listing;
        try {
            listing = S3Listing.read(answer.body());
        } catch (IOException unreadable) {
            throw unusable(bucket, "LIST", unreadable);
        }
        return new StoredPage(
                listing.objects().stream()
                        .filter(object -> object.modified().isBefore(before))
                        .flatMap(object -> name(object.key()).stream())
                        .toList(),
                listing.next());
    }

    /** A form arrives whole or not at all. */
    @Override
    public int removeLeftovers(Instant untouchedSince, int limit) {
        return 0;
    }

    /** Tells a missing bucket, of which a missing object says nothing. */
    private void requireBucket(S3Bucket bucket) {
        HttpResponse<byte[]> answer = send(bucket, "HEAD", bucket.address(), NO_QUERY, Map.of());
        if (answer.statusCode() != NOT_FOUND) {
            require(bucket, "HEAD", answer, OK);
            return;
        }
        if (!bucket.autoCreate()) {
            LOG.s3BucketMissing(bucket.name(), bucket.endpoint().toString());
            throw new StoreAway(
                    "The bucket " + bucket + " for sandboxes does not exist", new IOException("HTTP " + NOT_FOUND));
        }
        String place = bucket.region().equals(ELSEWHERE)
                ? ""
                : "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>"
                        + bucket.region() + "</LocationConstraint></CreateBucketConfiguration>";
        // another node may make it at the same moment
        require(
                bucket,
                "PUT",
                send(bucket, "PUT", bucket.address(), NO_QUERY, Map.of(), place.getBytes(StandardCharsets.UTF_8)),
                OK,
                NO_CONTENT,
                CONFLICT);
        LOG.s3BucketMade(bucket.name(), bucket.endpoint().toString());
    }

    private HttpResponse<byte[]> send(
            S3Bucket bucket, String method, URI path, SortedMap<String, String> query, Map<String, String> headers) {
        return send(bucket, method, path, query, headers, new byte[0]);
    }

    private HttpResponse<byte[]> send(
            S3Bucket bucket,
            String method,
            URI path,
            SortedMap<String, String> query,
            Map<String, String> headers,
            byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(S3Signature.address(path, query))
                .timeout(patience)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        signature(bucket, clock.instant())
                .headers(method, path, query, headers, body)
                .forEach(request::setHeader);
        // the client's own time limit ends with the headers; this one holds for the body, too
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(request.build(), BodyHandlers.ofByteArray());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw away(bucket, new IOException("no complete answer within " + patience.toSeconds() + " s", slow));
        } catch (ExecutionException failed) {
            throw away(bucket, failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw away(bucket, new InterruptedIOException("the server is shutting down"));
        } finally {
            answer.cancel(true);
        }
    }

    private static StoreAway away(S3Bucket bucket, Throwable cause) {
        LOG.s3Away(bucket.endpoint().toString(), cause.toString());
        return new StoreAway(
                "The store of sandboxes at " + bucket.endpoint().getRawAuthority() + " cannot be reached for now",
                cause);
    }

    /** @throws StoreAway if the answer is none of these; who called learns no more than that, the log says why */
    private static void require(S3Bucket bucket, String what, HttpResponse<byte[]> answer, int... expected) {
        int status = answer.statusCode();
        for (int one : expected) {
            if (status == one) {
                return;
            }
        }
        String reason = "HTTP " + status + S3Listing.errorCode(answer.body());
        if (status == FORBIDDEN) {
            LOG.s3Refuses(bucket.toString(), what, reason, bucket.keyName(), bucket.secretAlias());
        } else {
            LOG.s3Fails(bucket.toString(), what, reason);
        }
        throw notWorking(bucket, new IOException(reason));
    }

    private static StoreAway unusable(S3Bucket bucket, String what, IOException cause) {
        LOG.s3Fails(bucket.toString(), what, cause.toString());
        return notWorking(bucket, cause);
    }

    private static StoreAway notWorking(S3Bucket bucket, Throwable cause) {
        return new StoreAway(
                "The store of sandboxes at " + bucket.endpoint().getRawAuthority()
                        + " does not work for this server; its administrators find the reason in its log",
                cause);
    }

    private S3Signature signature(S3Bucket bucket, Instant at) {
        String secret = credentials.secret(bucket.secretAlias()).orElseThrow(() -> {
            LOG.s3SecretMissing(bucket.toString(), bucket.secretAlias());
            return notWorking(bucket, new IOException("no secret of this alias"));
        });
        return new S3Signature(bucket.region(), bucket.keyName(), secret, at);
    }

    private static String key(SandboxPfn pfn) {
        return pfn.toString().substring(PREFIX.length());
    }

    private static Optional<SandboxPfn> name(String key) {
        try {
            return Optional.of(SandboxPfn.parse(PREFIX + key));
        } catch (InvalidValue somethingElse) {
            return Optional.empty(); // not ours
        }
    }

    private static URI address(S3Bucket bucket, SandboxPfn pfn) {
        return URI.create(bucket.address() + "/" + S3Signature.encoded(key(pfn)).replace("%2F", "/"));
    }

    private static String checksum(SandboxPfn pfn) {
        return S3Signature.base64(HexFormat.of().parseHex(pfn.sha256()));
    }

    private static byte[] json(Map<String, Object> policy) {
        try {
            return JSON.writeValueAsBytes(policy);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A policy is texts and numbers", impossible);
        }
    }

    /** Made when it is needed, because it has a thread of its own, which the container's proxy of this must not have. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECTING)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = made;
        }
        return made;
    }
}
