/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.AccessPurpose;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.boundary.StorageSpace;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.dms.storage.boundary.StoredPage;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.dms.storage.control.StorageProtocol;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.s3.boundary.S3Bucket;
import org.diracee.framework.s3.boundary.S3Listing;
import org.diracee.framework.s3.boundary.S3Signature;
import org.diracee.kernel.value.VoName;

/**
 * Speaks to buckets of S3 stores. Clients are given links signed for one file and one act, never the secret. An S3 store has no
 * directories: they are where there are files below them.
 *
 * @see "DMS reference 4.4; Amazon S3 API reference"
 */
@ApplicationScoped
public class S3StorageElement implements StorageProtocol {

    private static final Duration LINK_LIFE = Duration.ofMinutes(20);
    private static final String ADLER32 = "x-amz-meta-adler32";
    private static final SortedMap<String, String> NO_QUERY = new TreeMap<>();
    private static final int MOST_LISTED = 1000;
    private static final int MOST_PARTS = 10_000;
    private static final int LONGEST_XML = 16 * 1024 * 1024;
    private static final Pattern SHA256 = Pattern.compile("[A-Za-z0-9+/]{43}=");
    private static final Pattern UPLOAD = Pattern.compile("<UploadId>([^<]+)</UploadId>");

    private HttpOptions options;
    private S3Options buckets;
    private HttpCalls calls;
    private ServerCredentials credentials;
    private Clock clock;

    protected S3StorageElement() {} // for the container's proxy

    @Inject
    public S3StorageElement(
            HttpOptions options, S3Options buckets, HttpCalls calls, ServerCredentials credentials, Clock clock) {
        this.options = options;
        this.buckets = buckets;
        this.calls = calls;
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public Set<String> plugins() {
        return Set.of("S3");
    }

    @Override
    public Optional<StoredEntry> stat(StoragePlace place) {
        if (!S3Options.key(place).isEmpty()) {
            try (HttpAnswer answer = send(place, "HEAD", NO_QUERY, Map.of("x-amz-checksum-mode", "ENABLED"))) {
                if (answer.isGood()) {
                    return Optional.of(new StoredEntry(
                            place.lfn().name(),
                            false,
                            answer.headers().firstValueAsLong("content-length").orElse(0),
                            modified(answer),
                            checksums(answer)));
                }
                if (answer.status() != 404) {
                    throw answer.failure("looked at");
                }
            }
        }
        // a missing bucket is told by the list alone
        S3Listing below = listing(place, Optional.empty(), 1);
        return below.objects().isEmpty() && below.prefixes().isEmpty()
                ? Optional.empty()
                : Optional.of(new StoredEntry(
                        place.lfn().name(),
                        true,
                        0,
                        Optional.empty(),
                        new Checksums(Optional.empty(), Optional.empty())));
    }

    @Override
    public StoredPage list(StoragePlace directory, Optional<String> after, int limit) {
        S3Listing listing = listing(directory, after, limit);
        if (listing.objects().isEmpty() && listing.prefixes().isEmpty() && after.isEmpty()) {
            throw new StorageFailure(Reason.ABSENT, directory + " is no directory");
        }
        List<StoredEntry> entries = new ArrayList<>();
        Checksums none = new Checksums(Optional.empty(), Optional.empty());
        listing.prefixes()
                .forEach(prefix -> entries.add(new StoredEntry(
                        name(prefix.substring(0, prefix.length() - 1)), true, 0, Optional.empty(), none)));
        listing.objects().stream()
                .filter(object -> !object.key().endsWith("/"))
                .forEach(object -> entries.add(new StoredEntry(
                        name(object.key()), false, object.size(), Optional.of(object.modified()), none)));
        entries.sort(Comparator.comparing(StoredEntry::name));
        return new StoredPage(entries, listing.continuation());
    }

    private S3Listing listing(StoragePlace directory, Optional<String> after, int limit) {
        SortedMap<String, String> query = new TreeMap<>();
        query.put("list-type", "2");
        query.put("delimiter", "/");
        query.put("max-keys", Integer.toString(Math.min(limit, MOST_LISTED)));
        String key = S3Options.key(directory);
        if (!key.isEmpty()) {
            query.put("prefix", key + "/");
        }
        after.ifPresent(token -> query.put("continuation-token", token));
        S3Bucket bucket = bucket(directory);
        try (HttpAnswer answer = send(directory, "GET", bucket.address(), query, Map.of(), new byte[0])) {
            if (answer.status() != 200) {
                throw unusable(directory, answer, "listed");
            }
            return S3Listing.read(answer.body().readNBytes(LONGEST_XML));
        } catch (IOException unreadable) {
            throw new StorageFailure(Reason.AWAY, directory + ": " + HttpCalls.why(unreadable), unreadable);
        }
    }

    /** There is nothing to make. */
    @Override
    public void makeDirectory(StoragePlace directory) {
        bucket(directory);
    }

    @Override
    public boolean remove(StoragePlace file) {
        Optional<StoredEntry> there = stat(file);
        if (there.filter(StoredEntry::directory).isPresent()) {
            throw new StorageFailure(Reason.BROKEN, file + " is a directory, and was not removed as a file");
        }
        return there.isPresent() && delete(file);
    }

    private boolean delete(StoragePlace file) {
        try (HttpAnswer answer = send(file, "DELETE", NO_QUERY, Map.of())) {
            if (!answer.isGood() && answer.status() != 404) {
                throw answer.failure("removed");
            }
            return answer.isGood();
        }
    }

    /** One that is empty is not there. */
    @Override
    public boolean removeDirectory(StoragePlace directory) {
        Optional<StoredEntry> there = stat(directory);
        if (there.isPresent()) {
            throw new StorageFailure(
                    there.get().directory() ? Reason.PRESENT : Reason.BROKEN,
                    directory
                            + (there.get().directory()
                                    ? " is not empty"
                                    : " is a file, and was not removed as a directory"));
        }
        return false;
    }

    @Override
    public StorageContent read(StoragePlace file, long from, OptionalLong length) {
        if (from == 0 && length.isEmpty()) {
            return ByteRange.whole(send(file, "GET", NO_QUERY, Map.of()));
        }
        StoredEntry stored = stat(file)
                .filter(entry -> !entry.directory())
                .orElseThrow(() -> new StorageFailure(Reason.ABSENT, file + " is not there"));
        ByteRange range = ByteRange.of(stored.size(), from, length);
        return range.isEmpty()
                ? range.nothing()
                : range.part(send(file, "GET", NO_QUERY, Map.of("range", range.header())));
    }

    @Override
    public StoredEntry write(StoragePlace file, long size, Checksums expected, InputStream content) {
        if (stat(file).isPresent()) {
            throw new StorageFailure(Reason.PRESENT, file + " is there already");
        }
        LeavingBytes bytes = new LeavingBytes(content, size, expected.sha256().isPresent());
        Map<String, String> kept =
                expected.adler32().map(sum -> Map.of(ADLER32, sum)).orElse(Map.of());
        // after a failure of these nothing is removed: a store keeps objects whole or not at all, so what is there may
        // be another's
        if (size > buckets.partSize(file.endpoint())) {
            inParts(file, size, kept, bytes);
        } else {
            put(file, NO_QUERY, kept, bytes, size);
        }
        try {
            return whole(file, size, expected, bytes.checksums());
        } catch (StorageFailure failure) {
            try {
                delete(file);
            } catch (StorageFailure second) {
                throw new StorageFailure(
                        failure.reason(),
                        failure.detail() + "; what came of it may still be there: " + second.detail(),
                        failure);
            }
            throw failure;
        }
    }

    /** @return the store's mark of what it got */
    private String put(
            StoragePlace file,
            SortedMap<String, String> query,
            Map<String, String> headers,
            LeavingBytes bytes,
            long size) {
        Map<String, String> all = new HashMap<>(headers);
        if (query.isEmpty()) {
            all.put("if-none-match", "*");
        }
        URI path = address(file);
        Map<String, String> signed = signature(file, clock.instant()).headersOfStream("PUT", path, query, all);
        HttpCall call = new HttpCall(
                file, "PUT", S3Signature.address(path, query), signed, Optional.empty(), Optional.of(bytes), size);
        try (HttpAnswer answer = calls.send(call, Optional.empty())) {
            if (!answer.isGood()) {
                throw answer.failure("written");
            }
            answer.drain();
            return answer.header("etag").orElse("");
        } catch (StorageFailure failure) {
            throw bytes.failure()
                    .map(source -> new StorageFailure(
                            Reason.OTHER_CONTENT, file + " was not written: " + source.getMessage(), source))
                    .orElse(failure);
        }
    }

    private void inParts(StoragePlace file, long size, Map<String, String> kept, LeavingBytes bytes) {
        long partSize = Math.max(buckets.partSize(file.endpoint()), (size + MOST_PARTS - 1) / MOST_PARTS);
        SortedMap<String, String> begin = new TreeMap<>(Map.of("uploads", ""));
        String upload = xml(file, "POST", begin, kept, new byte[0], UPLOAD);
        SortedMap<String, String> which = new TreeMap<>(Map.of("uploadId", upload));
        try {
            StringBuilder parts = new StringBuilder("<CompleteMultipartUpload>");
            int number = 1;
            for (long from = 0; from < size; from += partSize) {
                long length = Math.min(partSize, size - from);
                SortedMap<String, String> query = new TreeMap<>(which);
                query.put("partNumber", Integer.toString(number));
                LeavingBytes part = new LeavingBytes(new ByteRange.Cut(bytes, 0, length), length, false);
                String mark = put(file, query, Map.of(), part, length);
                parts.append("<Part><PartNumber>")
                        .append(number)
                        .append("</PartNumber><ETag>")
                        .append(mark.replace("\"", "&quot;"))
                        .append("</ETag></Part>");
                number++;
            }
            requireEnd(file, bytes, size);
            parts.append("</CompleteMultipartUpload>");
            xml(
                    file,
                    "POST",
                    which,
                    Map.of("if-none-match", "*"),
                    parts.toString().getBytes(StandardCharsets.UTF_8),
                    Pattern.compile("<(CompleteMultipartUploadResult)"));
        } catch (StorageFailure failure) {
            try {
                send(file, "DELETE", which, Map.of()).close();
            } catch (StorageFailure second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    private static void requireEnd(StoragePlace file, LeavingBytes bytes, long size) {
        try {
            if (bytes.read() >= 0) {
                throw new IOException("more than the announced " + size + " bytes came");
            }
        } catch (IOException more) {
            throw new StorageFailure(Reason.OTHER_CONTENT, file + " was not written: " + more.getMessage(), more);
        }
    }

    private String xml(
            StoragePlace file,
            String method,
            SortedMap<String, String> query,
            Map<String, String> headers,
            byte[] body,
            Pattern wanted) {
        try (HttpAnswer answer = send(file, method, address(file), query, headers, body)) {
            if (!answer.isGood()) {
                throw answer.failure("written");
            }
            // an error may come with a good status, too
            Matcher found = wanted.matcher(new String(answer.body().readNBytes(LONGEST_XML), StandardCharsets.UTF_8));
            if (!found.find()) {
                throw new StorageFailure(
                        Reason.AWAY, file + " was not written: the store did not put its parts together");
            }
            return found.group(1);
        } catch (IOException broken) {
            throw new StorageFailure(Reason.AWAY, file + " was not written: " + HttpCalls.why(broken), broken);
        }
    }

    private StoredEntry whole(StoragePlace file, long size, Checksums expected, Checksums sent) {
        if (sent.contradict(expected)) {
            throw new StorageFailure(
                    Reason.OTHER_CONTENT,
                    file + " was not kept: the bytes that came have the checksums " + HttpStorage.text(sent) + ", not "
                            + HttpStorage.text(expected) + " as announced");
        }
        StoredEntry stored = stat(file)
                .orElseThrow(() -> new StorageFailure(Reason.BROKEN, file + " was written, but the store has it not"));
        if (stored.size() != size || stored.checksums().contradict(sent)) {
            throw new StorageFailure(
                    Reason.OTHER_CONTENT,
                    file + " arrived with " + stored.size() + " bytes, not " + size + "; it was removed");
        }
        return new StoredEntry(stored.name(), false, size, stored.modified(), sent);
    }

    @Override
    public Optional<ClientAccess> access(StoragePlace file, AccessPurpose purpose, OptionalLong size) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String method = purpose == AccessPurpose.READ ? "GET" : "PUT";
        // whoever may create must not overwrite, so that this is signed, too
        Map<String, String> headers = purpose == AccessPurpose.READ ? Map.of() : Map.of("if-none-match", "*");
        Map<String, String> signed = new HashMap<>(headers);
        // clients write it by themselves
        size.ifPresent(announced -> signed.put("content-length", Long.toString(announced)));
        return Optional.of(new ClientAccess(
                signature(file, now).link(method, address(file), LINK_LIFE, signed),
                method,
                headers,
                now.plus(LINK_LIFE)));
    }

    /** Nobody can ask a bucket. */
    @Override
    public Optional<StorageSpace> space(StorageEndpoint endpoint, VoName vo) {
        return Optional.empty();
    }

    private HttpAnswer send(
            StoragePlace place, String method, SortedMap<String, String> query, Map<String, String> headers) {
        return send(place, method, address(place), query, headers, new byte[0]);
    }

    private HttpAnswer send(
            StoragePlace place,
            String method,
            URI path,
            SortedMap<String, String> query,
            Map<String, String> headers,
            byte[] body) {
        Map<String, String> signed = signature(place, clock.instant()).headers(method, path, query, headers, body);
        HttpCall call = HttpCall.of(place, method, S3Signature.address(path, query), Optional.empty());
        for (Map.Entry<String, String> header : signed.entrySet()) {
            call = call.with(header.getKey(), header.getValue());
        }
        return calls.send(
                body.length == 0
                        ? call
                        : call.sending(
                                new LeavingBytes(new ByteArrayInputStream(body), body.length, false), body.length),
                Optional.empty());
    }

    private static StorageFailure unusable(StoragePlace place, HttpAnswer answer, String doing) {
        return answer.status() == 404
                ? HttpOptions.wrong(place.endpoint(), "the store has no such bucket")
                : answer.failure(doing);
    }

    private S3Signature signature(StoragePlace place, Instant at) {
        S3Bucket bucket = bucket(place);
        String secret = credentials
                .secret(bucket.secretAlias())
                .orElseThrow(() -> HttpOptions.wrong(
                        place.endpoint(), "Aws_secret_access_key names no secret that the server has"));
        return new S3Signature(bucket.region(), bucket.keyName(), secret, at);
    }

    private S3Bucket bucket(StoragePlace place) {
        return buckets.bucket(place, options.root(place.endpoint()));
    }

    private URI address(StoragePlace place) {
        return URI.create(bucket(place).address() + "/" + UrlPath.encoded(S3Options.key(place)));
    }

    private static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static Optional<Instant> modified(HttpAnswer answer) {
        try {
            return answer.header("last-modified")
                    .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException nonsense) {
            return Optional.empty();
        }
    }

    private static Checksums checksums(HttpAnswer answer) {
        return new Checksums(
                answer.header(ADLER32).filter(text -> text.matches("[0-9a-fA-F]{1,8}")),
                answer.header("x-amz-checksum-sha256")
                        .filter(text -> SHA256.matcher(text).matches()) // not that of parts
                        .map(text ->
                                HexFormat.of().formatHex(Base64.getDecoder().decode(text))));
    }
}
