/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the requests that a page of another site makes a browser send. A browser shows its certificate with them as with any other,
 * so that they must not count as the user's. Programs send none of these headers.
 */
public final class ForeignPage {

    /** Why the request is refused. */
    public static final String DETAIL =
            "A page of another site asks with the certificate of the browser: use a token, or open the address yourself";

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private ForeignPage() {}

    /**
     * Whether such a page asks.
     *
     * @param fetchSite the header Sec-Fetch-Site
     * @param origin the header Origin
     * @param host the header Host: the server under the name by which the browser knows it
     */
    public static boolean asks(@Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
        if (fetchSite != null && !OWN.contains(fetchSite)) {
            return true;
        }
        return origin != null && !origin.toLowerCase(Locale.ROOT).equals("https://" + lower(host));
    }

    private static String lower(@Nullable String host) {
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }
}
