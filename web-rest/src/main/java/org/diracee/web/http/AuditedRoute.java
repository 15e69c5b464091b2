/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the audit log says was asked for: the words of a route, with an asterisk for what may be an id or anything else, so that whoever
 * asks for the same in many ways is one row, and nothing that a stranger writes into a path is kept.
 */
public final class AuditedRoute {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final int MOST_SEGMENTS = 6;

    private AuditedRoute() {}

    /** For example {@code DELETE /api/suspensions/*}. */
    public static String of(String method, String path) {
        return (METHODS.contains(method) ? method : "*")
                + Arrays.stream(path.split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .limit(MOST_SEGMENTS)
                        .map(segment -> WORD.matcher(segment).matches() ? segment : "*")
                        .collect(Collectors.joining("/", " /", ""));
    }
}
