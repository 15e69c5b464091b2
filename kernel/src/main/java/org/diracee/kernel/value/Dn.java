/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distinguished name of a certificate in the form with slashes that grid sites and DIRAC use, such as {@code
 * /DC=org/DC=example/CN=Alice}. Labels that were spelled in several ways over the years are spelled in one.
 */
public record Dn(String text) {

    /** Characters of the longest that counts, wherever it is shown or kept. */
    public static final int LONGEST = 1024;

    private static final Pattern FORM = Pattern.compile("/[A-Za-z0-9.]+=[^\\n\\r]*");
    private static final Pattern LABEL = Pattern.compile("/([A-Za-z]+)=");
    private static final Map<String, String> SPELLINGS = Map.of(
            "e", "emailAddress",
            "email", "emailAddress",
            "emailaddress", "emailAddress",
            "userid", "UID",
            "uid", "UID",
            "dc", "DC",
            "cn", "CN",
            "ou", "OU",
            "o", "O",
            "c", "C");

    /** @throws InvalidValue unless the text begins as {@code /LABEL=value} and has at most {@value #LONGEST} characters */
    public Dn {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            throw new InvalidValue(
                    "distinguished name", text, "/LABEL=value, repeated, as in /DC=org/DC=example/CN=Alice");
        }
        text = spelled(text);
    }

    /** Whether the value of a single attribute would read as several of them. */
    public static boolean isAmbiguous(String value) {
        return Pattern.compile("/\\s*[A-Za-z0-9.]+\\s*=").matcher(value).find();
    }

    private static String spelled(String text) {
        Matcher label = LABEL.matcher(text);
        return label.replaceAll(found -> Matcher.quoteReplacement(
                "/" + SPELLINGS.getOrDefault(found.group(1).toLowerCase(Locale.ROOT), found.group(1)) + "="));
    }

    @Override
    public String toString() {
        return text;
    }
}
