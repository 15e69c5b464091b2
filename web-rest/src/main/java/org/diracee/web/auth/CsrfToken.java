/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ties a form to the browser that got it: the same random text in a cookie, which other sites can neither read nor set,
 * and in a field of the form. Needs no memory on the server.
 */
record CsrfToken(String text) {

    /** The prefix makes browsers accept it only from this very host over TLS. */
    static final String COOKIE = "__Host-dirac-approval";

    static final String FIELD = "csrf_token";

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The browser's token, or a new one if it brought none. */
    static CsrfToken of(@Nullable String cookie) {
        if (cookie != null && FORM.matcher(cookie).matches()) {
            return new CsrfToken(cookie);
        }
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new CsrfToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    boolean matches(String field) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.US_ASCII), field.getBytes(StandardCharsets.UTF_8));
    }

    /** As a header; lax, because the page is opened by a link. */
    String cookie() {
        return COOKIE + "=" + text + "; Path=/; Secure; HttpOnly; SameSite=Lax";
    }
}
