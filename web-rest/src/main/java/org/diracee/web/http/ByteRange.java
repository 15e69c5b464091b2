/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file's bytes that a client wants.
 *
 * @param first counts from 0
 * @param last the last byte, not the one after it
 * @see "RFC 9110, section 14"
 */
public record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    public long length() {
        return last - first + 1;
    }

    /** Whether the header asks for one range, satisfiable or not; anything else is to be ignored. */
    public static boolean isAsked(@Nullable String header) {
        return header != null
                && SINGLE.matcher(header.strip()).matches()
                && !header.strip().equals("bytes=-");
    }

    /** The range that the header asks for; empty if the content has no byte of it. */
    public static Optional<ByteRange> of(String header, long size) {
        Matcher parts = SINGLE.matcher(header.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        if (parts.group(1).isEmpty()) {
            long wanted = Math.min(Long.parseLong(parts.group(2)), size);
            return wanted == 0 ? Optional.empty() : Optional.of(new ByteRange(size - wanted, size - 1));
        }
        long first = Long.parseLong(parts.group(1));
        long last = parts.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(parts.group(2)), size - 1);
        return first > last ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }
}
