/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The secret by which we know the browser again that we sent to a provider; it lies in a cookie that only we get. */
record BrowserKey(String text) {

    /** The prefix makes browsers accept it only from this very host over TLS. */
    static final String COOKIE = "__Host-dirac-browser";

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The browser's key, or a new one if it brought none. */
    static BrowserKey of(@Nullable String cookie) {
        if (cookie != null && FORM.matcher(cookie).matches()) {
            return new BrowserKey(cookie);
        }
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new BrowserKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** As a header; lax, because the person comes back from another site. */
    String cookie() {
        return COOKIE + "=" + text + "; Path=/; Secure; HttpOnly; SameSite=Lax";
    }

    @Override
    public String toString() {
        return "key of a browser"; // never the key
    }
}
