/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.AccessPurpose;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.boundary.StorageSpace;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.dms.storage.boundary.StoredPage;
import org.diracee.dms.storage.control.StorageAction;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.dms.storage.control.StorageProtocol;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;

/**
 * Speaks to storage elements over HTTP and WebDAV, as XRootD, dCache, StoRM and plain servers understand it.
 *
 * @see "RFC 4918; RFC 3230; HTTP Third Party Copy of the WLCG"
 */
@ApplicationScoped
public class HttpStorage implements StorageProtocol {

    private static final int MOST_LEVELS = 40;

    private static final String DEPTH = "Depth";

    private HttpOptions options;
    private HttpCalls calls;
    private HttpCredentials credentials;
    private DavCopies copies;

    protected HttpStorage() {} // for the container's proxy

    @Inject
    public HttpStorage(HttpOptions options, HttpCalls calls, HttpCredentials credentials) {
        this.options = options;
        this.calls = calls;
        this.credentials = credentials;
        this.copies = new DavCopies(options, credentials, this);
    }

    @Override
    public Set<String> plugins() {
        return Set.of("HTTP", "DAVS", "WEBDAV", "GFAL2_HTTPS");
    }

    /** Asks by PROPFIND first: XRootD answers HEAD of a directory so that the connection cannot be used any more. */
    @Override
    public Optional<StoredEntry> stat(StoragePlace place) {
        HttpCall call = call(place, "PROPFIND", credentials.authorization(place, StorageAction.READ))
                .with(DEPTH, "0");
        Optional<StoredEntry> described = Optional.empty();
        try (HttpAnswer answer = send(call)) {
            if (answer.isOneOf(404, 410)) {
                return Optional.empty();
            }
            if (answer.status() == 207) {
                described = first(answer).map(DavEntries.Resource::entry);
            } else if (!answer.isOneOf(405, 501)) { // those do not speak WebDAV
                throw answer.failure("looked at");
            }
        }
        return described.filter(StoredEntry::directory).isPresent()
                ? described.map(
                        entry -> new StoredEntry(place.lfn().name(), true, 0, entry.modified(), entry.checksums()))
                : summed(place, described);
    }

    /** A file with its checksum, if one is told. */
    private Optional<StoredEntry> summed(StoragePlace place, Optional<StoredEntry> described) {
        HttpCall call = call(place, "HEAD", credentials.authorization(place, StorageAction.READ))
                .with("Want-Digest", "adler32");
        try (HttpAnswer answer = send(call)) {
            if (answer.isOneOf(404, 410)) {
                return Optional.empty();
            }
            if (!answer.isGood()) {
                throw answer.failure("looked at");
            }
            return Optional.of(new StoredEntry(
                    place.lfn().name(),
                    false,
                    length(answer)
                            .or(() -> described.map(StoredEntry::size))
                            .orElseThrow(() -> answer.failure("looked at, as its size is not told")),
                    modified(answer).or(() -> described.flatMap(StoredEntry::modified)),
                    checksums(answer.header("digest").orElse(""))));
        }
    }

    @Override
    public StoredPage list(StoragePlace directory, Optional<String> after, int limit) {
        HttpCall call = call(
                        directory,
                        "PROPFIND",
                        slashed(directory),
                        credentials.authorization(directory, StorageAction.READ))
                .with(DEPTH, "1");
        TreeMap<String, StoredEntry> names = new TreeMap<>();
        boolean[] isDirectory = {false};
        try (HttpAnswer answer = send(call)) {
            if (answer.status() != 207) {
                throw answer.failure("listed");
            }
            entries(answer, DavEntries.MOST_BYTES, resource -> {
                if (resource.path().equals(directory.path().replaceAll("/+$", ""))) {
                    isDirectory[0] = resource.entry().directory();
                    return;
                }
                String name = resource.entry().name();
                if (after.filter(last -> name.compareTo(last) <= 0).isEmpty()) {
                    names.put(name, resource.entry());
                    if (names.size() > limit + 1) {
                        names.pollLastEntry(); // however many there are, these are held
                    }
                }
            });
        }
        if (!isDirectory[0] && names.isEmpty()) {
            throw new StorageFailure(Reason.ABSENT, directory + " is no directory");
        }
        List<StoredEntry> page = names.values().stream().limit(limit).toList();
        return new StoredPage(
                page,
                names.size() > limit ? Optional.of(page.get(page.size() - 1).name()) : Optional.empty());
    }

    @Override
    public void makeDirectory(StoragePlace directory) {
        if (!made(directory, 0)) {
            // some say that it is there by 405, others by what they say of everything
            if (stat(directory).filter(StoredEntry::directory).isEmpty()) {
                throw new StorageFailure(Reason.PRESENT, directory + " is a file, where a directory should be");
            }
        }
    }

    /** Whether it was made just now; else something is there. */
    private boolean made(StoragePlace directory, int level) {
        HttpCall call = call(
                directory, "MKCOL", slashed(directory), credentials.authorization(directory, StorageAction.CREATE));
        try (HttpAnswer answer = send(call)) {
            if (answer.isGood() || answer.status() == 405) {
                return answer.isGood();
            }
            Optional<StoragePlace> parent = parent(directory);
            if (!answer.isOneOf(404, 409) || parent.isEmpty() || level > MOST_LEVELS) {
                throw answer.failure("made");
            }
            made(parent.get(), level + 1);
        }
        try (HttpAnswer again = send(call)) {
            if (!again.isGood() && again.status() != 405) {
                throw again.failure("made");
            }
            return again.isGood();
        }
    }

    @Override
    public boolean remove(StoragePlace file) {
        // what WebDAV removes, it removes with all below
        Optional<StoredEntry> there = stat(file);
        if (there.filter(StoredEntry::directory).isPresent()) {
            throw new StorageFailure(Reason.BROKEN, file + " is a directory, and was not removed as a file");
        }
        return there.isPresent() && delete(file, address(file));
    }

    @Override
    public boolean removeDirectory(StoragePlace directory) {
        Optional<StoredEntry> there = stat(directory);
        if (there.isEmpty()) {
            return false;
        }
        if (!there.get().directory()) {
            throw new StorageFailure(Reason.BROKEN, directory + " is a file, and was not removed as a directory");
        }
        if (!list(directory, Optional.empty(), 1).entries().isEmpty()) {
            throw new StorageFailure(Reason.PRESENT, directory + " is not empty");
        }
        return delete(directory, slashed(directory));
    }

    private boolean delete(StoragePlace place, URI address) {
        HttpCall call = call(
                place,
                "DELETE",
                address,
                // XRootD looks at it first
                credentials.authorization(place, StorageAction.MODIFY, StorageAction.READ));
        try (HttpAnswer answer = send(call)) {
            if (answer.isOneOf(404, 410)) {
                return false;
            }
            if (!answer.isGood() || answer.status() == 207) {
                throw answer.failure("removed");
            }
            return true;
        }
    }

    @Override
    public StorageContent read(StoragePlace file, long from, OptionalLong length) {
        HttpCall call = call(file, "GET", credentials.authorization(file, StorageAction.READ));
        if (from == 0 && length.isEmpty()) {
            return ByteRange.whole(send(call));
        }
        // both ends are named, as XRootD gives no byte for the last one if only the beginning is
        StoredEntry stored = stat(file).orElseThrow(() -> new StorageFailure(Reason.ABSENT, file + " is not there"));
        ByteRange range = ByteRange.of(stored.size(), from, length);
        return range.isEmpty() ? range.nothing() : range.part(send(call.with("Range", range.header())));
    }

    @Override
    public StoredEntry write(StoragePlace file, long size, Checksums expected, InputStream content) {
        requireAbsent(file);
        makeParent(file);
        LeavingBytes bytes = new LeavingBytes(content, size, expected.sha256().isPresent());
        try {
            put(file, size, bytes);
        } catch (StorageFailure failure) {
            throw bytes.count() > 0 ? withoutPart(file, size, failure) : failure;
        }
        try {
            return whole(file, size, expected, bytes.checksums());
        } catch (StorageFailure failure) {
            throw withoutRemains(file, failure);
        }
    }

    private void put(StoragePlace file, long size, LeavingBytes bytes) {
        HttpCall call = call(file, "PUT", credentials.authorization(file, StorageAction.CREATE))
                .with("If-None-Match", "*")
                .sending(bytes, size);
        try (HttpAnswer answer = send(call)) {
            if (answer.isGood()) {
                answer.drain();
                return;
            }
            // whoever may only create is told so by 403 if the file came to be meanwhile
            if (answer.isOneOf(403, 409, 412)) {
                requireAbsent(file);
            }
            throw answer.failure("written");
        } catch (StorageFailure failure) {
            throw bytes.failure()
                    .map(source -> new StorageFailure(
                            Reason.OTHER_CONTENT, file + " was not written: " + source.getMessage(), source))
                    .orElse(failure);
        }
    }

    /** Some make directories by themselves when a file comes, others fail in any way; who may not make any is told by the file. */
    void makeParent(StoragePlace file) {
        parent(file).ifPresent(parent -> {
            try {
                made(parent, 0);
            } catch (StorageFailure failure) {
                if (failure.reason() != Reason.DENIED) {
                    throw failure;
                }
            }
        });
    }

    private StoredEntry whole(StoragePlace file, long size, Checksums expected, Checksums sent) {
        if (sent.contradict(expected)) {
            throw new StorageFailure(
                    Reason.OTHER_CONTENT,
                    file + " was not kept: the bytes that came have the checksums " + text(sent) + ", not "
                            + text(expected) + " as announced");
        }
        StoredEntry stored = stat(file)
                .orElseThrow(() ->
                        new StorageFailure(Reason.BROKEN, file + " was written, but the storage element has it not"));
        if (stored.directory() || stored.size() != size || stored.checksums().contradict(sent)) {
            throw new StorageFailure(
                    Reason.OTHER_CONTENT,
                    file + " arrived with " + stored.size() + " bytes and the checksums " + text(stored.checksums())
                            + ", not with " + size + " bytes and " + text(sent) + "; it was removed");
        }
        return new StoredEntry(stored.name(), false, size, stored.modified(), sent);
    }

    /** @throws StorageFailure if something is there */
    void requireAbsent(StoragePlace place) {
        if (stat(place).isPresent()) {
            throw new StorageFailure(Reason.PRESENT, place + " is there already");
        }
    }

    /**
     * Removes the part of a file that a transfer may have left which broke off; one that was refused left none. Something whole stays:
     * it is either what was wanted, or somebody else has written it meanwhile.
     */
    StorageFailure withoutPart(StoragePlace file, long size, StorageFailure failure) {
        switch (failure.reason()) {
            case ABSENT, PRESENT, DENIED, BROKEN -> {
                return failure;
            }
            case FULL, OTHER_CONTENT, AWAY -> {
                // looked at
            }
        }
        try {
            Optional<StoredEntry> left = stat(file);
            if (left.isEmpty()) {
                return failure;
            }
            if (left.get().directory() || left.get().size() >= size) {
                return new StorageFailure(
                        failure.reason(),
                        failure.detail() + "; what is there now, with "
                                + left.get().size() + " bytes, was not removed, as it may be another's",
                        failure);
            }
        } catch (StorageFailure second) {
            return stillThere(failure, second);
        }
        return withoutRemains(file, failure);
    }

    /** Removes what we have put under the name. */
    StorageFailure withoutRemains(StoragePlace file, StorageFailure failure) {
        try {
            delete(file, address(file));
            return failure;
        } catch (StorageFailure second) {
            return stillThere(failure, second);
        }
    }

    private static StorageFailure stillThere(StorageFailure failure, StorageFailure second) {
        return new StorageFailure(
                failure.reason(),
                failure.detail() + "; what came of it may still be there, as it could not be removed: "
                        + second.detail(),
                failure);
    }

    @Override
    public Optional<ClientAccess> access(StoragePlace file, AccessPurpose purpose, OptionalLong size) {
        return switch (purpose) {
            case READ ->
                credentials
                        .givenToken(file, StorageAction.READ)
                        .map(token -> new ClientAccess(
                                address(file),
                                "GET",
                                Map.of("Authorization", HttpCredentials.bearer(token)),
                                token.expires()));
            case CREATE ->
                credentials
                        .givenToken(file, StorageAction.CREATE)
                        .map(token -> new ClientAccess(
                                address(file), "PUT", writing(file, HttpCredentials.bearer(token)), token.expires()));
        };
    }

    private Map<String, String> writing(StoragePlace file, String authorization) {
        Map<String, String> headers = new HashMap<>(Map.of("Authorization", authorization, "If-None-Match", "*"));
        if (options.asksBeforeSending(file.endpoint())) {
            headers.put("Expect", "100-continue");
        }
        return headers;
    }

    @Override
    public boolean copy(StoragePlace source, StoragePlace target, long size, Checksums expected) {
        return plugins().contains(source.endpoint().plugin())
                && plugins().contains(target.endpoint().plugin())
                && copies.copy(source, target, size, expected);
    }

    @Override
    public Optional<StorageSpace> space(StorageEndpoint endpoint, VoName vo) {
        StoragePlace root = new StoragePlace(endpoint, vo, new Lfn("/" + vo), options.path(endpoint, vo));
        HttpCall call = call(root, "PROPFIND", slashed(root), credentials.authorization(root, StorageAction.READ))
                .with(DEPTH, "0")
                .with("Content-Type", "application/xml");
        try (HttpAnswer answer = send(call)) {
            if (answer.isOneOf(404, 405, 501)) {
                return Optional.empty();
            }
            if (answer.status() != 207) {
                throw answer.failure("asked for its space");
            }
            return first(answer).flatMap(resource -> resource.quotaAvailable()
                    .flatMap(free -> resource.quotaUsed().map(used -> new StorageSpace(free + used, free))));
        }
    }

    /** Asks for something. */
    HttpAnswer send(HttpCall call) {
        return calls.send(call, credentials.person(call.place(), call.authorization()));
    }

    HttpCall call(StoragePlace place, String method, Optional<String> authorization) {
        return call(place, method, address(place), authorization);
    }

    private static HttpCall call(StoragePlace place, String method, URI url, Optional<String> authorization) {
        return HttpCall.of(place, method, url, authorization);
    }

    /** Where it is. */
    URI address(StoragePlace place) {
        if (place.path().indexOf('?') >= 0) {
            throw new StorageFailure(
                    Reason.BROKEN, place + " cannot be named: XRootD takes what follows ? for something else");
        }
        return URI.create(options.root(place.endpoint()) + UrlPath.encoded(place.path()));
    }

    private URI slashed(StoragePlace directory) {
        String address = address(directory).toString();
        return URI.create(address.endsWith("/") ? address : address + "/");
    }

    /** The directory that it is in; empty if that is the one that LFNs are appended to. */
    static Optional<StoragePlace> parent(StoragePlace place) {
        int slash = place.path().lastIndexOf('/');
        return place.lfn()
                .parent()
                .filter(parent -> slash > 0)
                .map(parent -> new StoragePlace(
                        place.endpoint(), place.vo(), parent, place.path().substring(0, slash)));
    }

    /** The one resource that was asked for; some servers tell of all below it, too. */
    private static Optional<DavEntries.Resource> first(HttpAnswer answer) {
        AtomicReference<DavEntries.Resource> found = new AtomicReference<>();
        entries(answer, DavEntries.MOST_BYTES_OF_ONE, resource -> found.compareAndSet(null, resource));
        return Optional.ofNullable(found.get());
    }

    private static void entries(HttpAnswer answer, long mostBytes, Consumer<DavEntries.Resource> receiver) {
        try {
            DavEntries.read(answer.body(), mostBytes, receiver);
        } catch (IOException unreadable) {
            throw new StorageFailure(
                    unreadable.getCause() instanceof XMLStreamException ? Reason.BROKEN : Reason.AWAY,
                    answer.call().place() + ": " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static Optional<Long> length(HttpAnswer answer) {
        OptionalLong length = answer.headers().firstValueAsLong("content-length");
        return length.isPresent() ? Optional.of(length.getAsLong()) : Optional.empty();
    }

    private static Optional<Instant> modified(HttpAnswer answer) {
        try {
            return answer.header("last-modified")
                    .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException nonsense) {
            return Optional.empty();
        }
    }

    /** @see "RFC 3230 4.3.2" */
    static Checksums checksums(String digest) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String each : digest.split(",", -1)) {
            int sign = each.indexOf('=');
            if (sign > 0) {
                values.put(
                        each.substring(0, sign).strip().toLowerCase(Locale.ROOT),
                        each.substring(sign + 1).strip());
            }
        }
        return new Checksums(
                Optional.ofNullable(values.get("adler32")).filter(text -> text.matches("[0-9a-fA-F]{1,8}")),
                Optional.empty());
    }

    static String text(Checksums checksums) {
        return checksums.adler32().map(value -> "adler32 " + value).orElse("no adler32")
                + checksums.sha256().map(value -> ", sha256 " + value).orElse("");
    }
}
