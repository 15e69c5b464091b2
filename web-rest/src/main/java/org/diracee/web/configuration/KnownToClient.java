/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.diracee.web.http.HttpDate;
import org.jspecify.annotations.Nullable;

/**
 * What a client says it has of a document already.
 *
 * @param ifNoneMatch its tags, with or without quotes
 * @param ifModifiedSince the time of what it has
 */
record KnownToClient(@Nullable String ifNoneMatch, @Nullable String ifModifiedSince) {

    /**
     * Whether it needs nothing: it has this very revision, or a later one than this node, which must not bring it back in time.
     * A date that is none says nothing.
     *
     * @see "DiracX REST reference 11"
     */
    boolean suffices(String tag, Instant since) {
        Instant seconds = since.truncatedTo(ChronoUnit.SECONDS);
        return names(tag)
                || Optional.ofNullable(ifModifiedSince)
                        .flatMap(HttpDate::parse)
                        .filter(known -> known.isAfter(seconds))
                        .isPresent();
    }

    private boolean names(String tag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(one -> one.strip().replaceFirst("^W/", "").replaceAll("^\"|\"$", ""))
                        .anyMatch(one -> one.equals(tag) || one.equals("*"));
    }
}
