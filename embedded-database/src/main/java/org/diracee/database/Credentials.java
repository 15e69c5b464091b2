/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.database;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** The passwords of one data directory: the superuser's and the application's, made once at random and kept beside it. */
record Credentials(String superuserPassword, String applicationPassword) {

    private static final int PASSWORD_BYTES = 24;
    private static final String SUPERUSER_KEY = "superuser.password";
    private static final String APPLICATION_KEY = "application.password";

    static Credentials of(Path file) throws IOException {
        if (!Files.exists(file)) {
            Credentials made = new Credentials(randomPassword(), randomPassword());
            // written before the cluster is made, so that a crash can never leave a cluster without its password
            PrivateFiles.write(
                    file,
                    SUPERUSER_KEY + "=" + made.superuserPassword + "\n" + APPLICATION_KEY + "="
                            + made.applicationPassword + "\n");
            return made;
        }
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
        }
        return new Credentials(required(stored, SUPERUSER_KEY, file), required(stored, APPLICATION_KEY, file));
    }

    private static String required(Properties stored, String key, Path file) {
        String value = stored.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new DatabaseNotStarted(file + " has no " + key + ". Restore the file, or delete the database"
                    + " directory to start anew without its data.");
        }
        return value;
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
