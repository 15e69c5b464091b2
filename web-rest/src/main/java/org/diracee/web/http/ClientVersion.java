/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of the DiracX client, ordered as Python packages are.
 *
 * @see "PEP 440"
 */
final class ClientVersion implements Comparable<ClientVersion> {

    private static final int LONGEST = 128;
    // epoch, release, pre-release, post-release, development release; what follows + is local and does not order
    private static final Pattern FORM = Pattern.compile("v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
            + "(?:[-_.]?(?<preKind>a|b|c|rc|alpha|beta|pre|preview)[-_.]?(?<pre>[0-9]*))?"
            + "(?:(?:-(?<implicit>[0-9]+))|(?:[-_.]?(?<postKind>post|rev|r)[-_.]?(?<post>[0-9]*)))?"
            + "(?:[-_.]?(?<devKind>dev)[-_.]?(?<dev>[0-9]*))?(?:\\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?");
    private static final BigInteger LAST = BigInteger.ONE.shiftLeft(512);
    private static final BigInteger FIRST = LAST.negate();

    private final String text;
    private final List<BigInteger> release;
    private final List<BigInteger> rest;

    private ClientVersion(String text, List<BigInteger> release, List<BigInteger> rest) {
        this.text = text;
        this.release = release;
        this.rest = rest;
    }

    static Optional<ClientVersion> parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (text.length() > LONGEST || !form.matches()) {
            return Optional.empty();
        }
        List<BigInteger> release = new ArrayList<>();
        release.add(number(form.group("epoch")));
        for (String part : form.group("release").split("\\.", -1)) {
            release.add(new BigInteger(part));
        }
        boolean isPost = form.group("postKind") != null || form.group("implicit") != null;
        boolean isDev = form.group("devKind") != null;
        List<BigInteger> rest = new ArrayList<>();
        rest.addAll(preRelease(form, isPost, isDev));
        rest.add(isPost ? number(form.group(form.group("implicit") == null ? "post" : "implicit")) : FIRST);
        rest.add(isDev ? number(form.group("dev")) : LAST);
        return Optional.of(new ClientVersion(text, release, rest));
    }

    private static List<BigInteger> preRelease(Matcher form, boolean isPost, boolean isDev) {
        String kind = form.group("preKind");
        if (kind == null) {
            // a bare development release comes before all pre-releases of its version, a final release after them
            return List.of(isDev && !isPost ? FIRST : LAST, BigInteger.ZERO);
        }
        int rank =
                switch (kind) {
                    case "a", "alpha" -> 1;
                    case "b", "beta" -> 2;
                    default -> 3;
                };
        return List.of(BigInteger.valueOf(rank), number(form.group("pre")));
    }

    private static BigInteger number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    }

    @Override
    public int compareTo(ClientVersion other) {
        for (int i = 0; i < Math.max(release.size(), other.release.size()); i++) {
            int order = part(release, i).compareTo(part(other.release, i));
            if (order != 0) {
                return order;
            }
        }
        for (int i = 0; i < rest.size(); i++) {
            int order = rest.get(i).compareTo(other.rest.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger part(List<BigInteger> release, int index) {
        return index < release.size() ? release.get(index) : BigInteger.ZERO;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientVersion version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return rest.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
