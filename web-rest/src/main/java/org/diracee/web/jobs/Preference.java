/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request prefers.
 *
 * @see "RFC 7240"
 */
final class Preference {

    private static final int LONGEST = 30;
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:$|[,;])", Pattern.CASE_INSENSITIVE);

    private Preference() {}

    /** For how many seconds the caller would wait, at most {@value #LONGEST}; a preference that is none is ignored. */
    static Optional<Integer> waiting(@Nullable String prefer) {
        if (prefer == null) {
            return Optional.empty();
        }
        Matcher wait = WAIT.matcher(prefer);
        return wait.find() ? Optional.of(Math.min(Integer.parseInt(wait.group(1)), LONGEST)) : Optional.empty();
    }
}
