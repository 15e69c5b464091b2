/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.dms.storage.control.StorageAction;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.framework.exchange.boundary.ServiceToken;

/**
 * Lets storage elements copy files between them, the target fetching or the source sending. Whoever does it gets a token for the other
 * side, good for this one file.
 *
 * @see "HTTP Third Party Copy of the WLCG"
 */
final class DavCopies {

    private static final String STRIPE = "stripe bytes transferred:";
    private static final int LONGEST_LINE = 4096;

    private final HttpOptions options;
    private final HttpCredentials credentials;
    private final HttpStorage storage;

    DavCopies(HttpOptions options, HttpCredentials credentials, HttpStorage storage) {
        this.options = options;
        this.credentials = credentials;
        this.storage = storage;
    }

    /** @return whether it was done; {@code false} if these two cannot */
    boolean copy(StoragePlace source, StoragePlace target, long size, Checksums expected) {
        Optional<ServiceToken> reading = credentials.givenToken(source, StorageAction.READ);
        Optional<ServiceToken> writing = credentials.givenToken(target, StorageAction.CREATE);
        boolean pulls = reading.isPresent() && does(target, CopyDirection.PULL);
        boolean pushes = writing.isPresent() && does(source, CopyDirection.PUSH);
        if (!pulls && !pushes) {
            return false;
        }
        storage.requireAbsent(target);
        storage.makeParent(target); // a pull does not
        if (pulls) {
            try {
                follow(pull(source, target, reading.get()), target, size, expected);
                requireWhole(target, size, expected);
                return true;
            } catch (StorageFailure failure) {
                if (!pushes || isFinal(failure.reason())) {
                    throw failure;
                }
            }
        }
        follow(push(source, target, writing.orElseThrow()), target, size, expected);
        requireWhole(target, size, expected);
        return true;
    }

    /** Whether the other direction cannot help. */
    private static boolean isFinal(Reason reason) {
        return reason == Reason.OTHER_CONTENT || reason == Reason.FULL || reason == Reason.PRESENT;
    }

    private boolean does(StoragePlace place, CopyDirection direction) {
        return options.copies(place.endpoint())
                .orElseGet(() -> credentials.token(place, StorageAction.READ).isPresent()
                        ? List.of(CopyDirection.values())
                        : List.of())
                .contains(direction);
    }

    private HttpCall pull(StoragePlace source, StoragePlace target, ServiceToken reading) {
        return storage.call(
                        target, "COPY", credentials.authorization(target, StorageAction.CREATE, StorageAction.MODIFY))
                .with("Source", storage.address(source).toString())
                .with("TransferHeaderAuthorization", HttpCredentials.bearer(reading));
    }

    private HttpCall push(StoragePlace source, StoragePlace target, ServiceToken writing) {
        return storage.call(source, "COPY", credentials.authorization(source, StorageAction.READ))
                .with("Destination", storage.address(target).toString())
                .with("TransferHeaderAuthorization", HttpCredentials.bearer(writing));
    }

    /** A copy whose end is not told may be there nevertheless; one that is refused because a file is there is not ours. */
    private void follow(HttpCall call, StoragePlace target, long size, Checksums expected) {
        try {
            follow(call);
        } catch (StorageFailure failure) {
            if (failure.reason() == Reason.PRESENT || !isThere(target, size, expected)) {
                throw storage.withoutPart(target, size, failure);
            }
        }
    }

    /** Reads how it goes on until it is over; the status alone says little. */
    private void follow(HttpCall call) {
        HttpCall begun = call.with("Credential", "none").with("Overwrite", "F");
        try (HttpAnswer answer = storage.send(begun)) {
            if (!answer.isGood()) {
                throw answer.failure("copied");
            }
            String last = lastWords(answer.body(), call);
            if (!last.toLowerCase(Locale.ROOT).startsWith("success")) {
                throw new StorageFailure(
                        Reason.AWAY,
                        call.place() + " was not copied: "
                                + (last.isEmpty()
                                        ? "the copy ended without a word"
                                        : last.replaceAll("[^\\x20-\\x7e]+", " ")));
            }
        } catch (IOException broken) {
            throw new StorageFailure(Reason.AWAY, call.place() + " was not copied: " + HttpCalls.why(broken), broken);
        }
    }

    private boolean isThere(StoragePlace target, long size, Checksums expected) {
        try {
            return expected.adler32().isPresent()
                    && storage.stat(target)
                            .filter(entry -> !entry.directory() && entry.size() == size)
                            .filter(entry -> entry.checksums().adler32().equals(expected.adler32()))
                            .isPresent();
        } catch (StorageFailure unknown) {
            return false;
        }
    }

    private String lastWords(InputStream body, HttpCall call) throws IOException {
        long patience = options.stallTimeout(call.place().endpoint()).toNanos();
        long moved = -1;
        long since = System.nanoTime();
        String last = "";
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (String line = line(lines); line != null; line = line(lines)) {
            String words = line.strip();
            String small = words.toLowerCase(Locale.ROOT);
            if (small.startsWith(STRIPE)) {
                long now = number(small.substring(STRIPE.length()).strip());
                if (now > moved) {
                    moved = now;
                    since = System.nanoTime();
                }
            }
            if (System.nanoTime() - since > patience) {
                throw new IOException("it moved no byte for "
                        + options.stallTimeout(call.place().endpoint()).toSeconds() + " s");
            }
            if (small.startsWith("success") || small.startsWith("failure")) {
                return words;
            }
            last = words.isEmpty() ? last : words;
        }
        return last.toLowerCase(Locale.ROOT).equals("end") ? "" : last;
    }

    @SuppressWarnings("NullAway") // null is the end of the stream
    private static String line(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = lines.read(); next >= 0; next = lines.read()) {
            if (next == '\n') {
                return line.toString();
            }
            if (line.length() < LONGEST_LINE) {
                line.append((char) next);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private void requireWhole(StoragePlace target, long size, Checksums expected) {
        try {
            StoredEntry arrived = storage.stat(target)
                    .orElseThrow(() -> new StorageFailure(Reason.BROKEN, target + " was copied, but is not there"));
            if (arrived.directory()
                    || arrived.size() != size
                    || arrived.checksums().contradict(expected)) {
                throw new StorageFailure(
                        Reason.OTHER_CONTENT,
                        target + " arrived with " + arrived.size() + " bytes and "
                                + HttpStorage.text(arrived.checksums()) + ", not with " + size + " bytes and "
                                + HttpStorage.text(expected) + "; it was removed");
            }
        } catch (StorageFailure failure) {
            throw storage.withoutRemains(target, failure);
        }
    }
}
