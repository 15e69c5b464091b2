/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.account.control;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;
import java.security.SecureRandom;
import java.util.Optional;

/** Turns passwords into bcrypt hashes and checks them; a password longer than bcrypt takes is hashed first. */
public final class Passwords {

    private static final int COST = 12;
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
    private static final LongPasswordStrategy LONG = LongPasswordStrategies.hashSha512(VERSION);

    /** What a password for nobody is compared with, so that a guesser cannot tell by the time who exists. */
    private static final String NOBODY = hash("nobody");

    private Passwords() {}

    public static String hash(String password) {
        return BCrypt.with(VERSION, new SecureRandom(), LONG).hashToString(COST, password.toCharArray());
    }

    /** Whether this is the password of that hash; takes as long if there is none. */
    public static boolean matches(String password, Optional<String> hash) {
        boolean same = BCrypt.verifyer(VERSION, LONG)
                .verify(password.toCharArray(), hash.orElse(NOBODY).toCharArray())
                .verified;
        return same && hash.isPresent();
    }
}
