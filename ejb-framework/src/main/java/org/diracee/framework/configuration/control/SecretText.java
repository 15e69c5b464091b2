/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.diracee.kernel.configuration.OptionType;

/** Finds secrets, which never belong into the configuration: it is stored, shown, compared and copied as it stands. */
final class SecretText {

    static final String ADVICE =
            "A secret must not stand in the configuration (its value is not shown here). Put it into"
                    + " the credential store of the server and write credential:<alias> in its place.";

    private static final Pattern REFERENCE = Pattern.compile("credential:[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY");
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*");
    private static final Pattern PRIVATE_JWK = Pattern.compile("\"(d|k)\"\\s*:\\s*\"");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/?#@:\\s]*:[^/?#@\\s]+@");
    private static final Pattern OPTION = Pattern.compile("[\\s#]*([^\\s=]+)\\s*\\+?=(.*)");
    private static final Pattern NAME = Pattern.compile(
            ".*(password|passwd|passphrase|secret|privatekey|apikey|accesskey|secretkey|token)s?|pwd|pass");

    /** Names that end like a secret's and are none. */
    private static final Set<String> HARMLESS = Set.of("spacetoken");

    private SecretText() {}

    /** Whether the option holds a secret itself, not a reference to one. */
    static boolean isSecret(String name, String value) {
        String text = value.strip();
        if (text.isEmpty() || REFERENCE.matcher(text).matches()) {
            return false;
        }
        return Stream.of(PRIVATE_KEY, PRIVATE_JWK, JWT, PASSWORD_IN_URL)
                        .anyMatch(form -> form.matcher(text).find())
                || isNamedSo(name, text);
    }

    /** Whether the comment holds one, for instance in an option that it takes out of force. */
    static boolean isInComment(String comment) {
        return comment.lines().anyMatch(line -> {
            Matcher option = OPTION.matcher(line);
            return option.matches() ? isSecret(option.group(1), option.group(2)) : isSecret("", line);
        });
    }

    private static boolean isNamedSo(String name, String text) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        boolean switchesTokensOn =
                letters.matches(".*tokens?") && OptionType.yesNo().parse(text).isPresent();
        return NAME.matcher(letters).matches() && !HARMLESS.contains(letters) && !switchesTokensOn;
    }
}
