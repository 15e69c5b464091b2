/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.credential.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.regex.Pattern;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.proxy.InvalidCertificate;
import org.diracee.kernel.proxy.ProxyCredential;

/** Files on the server that hold a proxy, a certificate with its key, or a token; whoever renews them does it in place. */
public final class CredentialFiles {

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private CredentialFiles() {}

    /**
     * The file that an option names as {@code credential:<alias>} or by its path.
     *
     * @throws IOException if it cannot be one; the message goes on where the option was named
     */
    public static Path path(Deployment deployment, String given) throws IOException {
        if (ServerCredentials.alias(given).isEmpty()) {
            return Path.of(given);
        }
        String alias = ServerCredentials.alias(given).get();
        if (!ALIAS.matcher(alias).matches()) {
            throw new IOException("is not credential:<alias>");
        }
        return deployment
                .credentials()
                .orElseThrow(
                        () -> new IOException("names a credential, but the server has none: set DIRAC_CREDENTIALS_DIR"))
                .resolve(alias);
    }

    /** @throws IOException if it cannot be read, or may be by everybody */
    public static String read(Path file) throws IOException {
        boolean isOpen;
        String text;
        try {
            isOpen = Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
            text = isOpen ? "" : Files.readString(file);
        } catch (IOException unreadable) {
            throw new IOException("The credential " + file + " cannot be read: " + unreadable, unreadable);
        }
        if (isOpen) {
            throw new IOException("The credential " + file + " may be read by everybody, so it is not used");
        }
        return text;
    }

    /** @throws IOException if it cannot be read, or holds no proxy that is good now */
    public static ProxyCredential proxy(Path file, Instant now) throws IOException {
        try {
            ProxyCredential proxy = ProxyCredential.read(read(file));
            if (!proxy.chain().expires().isAfter(now)) {
                throw new IOException(
                        "The proxy in " + file + " ended at " + proxy.chain().expires());
            }
            return proxy;
        } catch (InvalidCertificate broken) {
            throw new IOException(file + " holds no proxy: " + broken.detail(), broken);
        }
    }
}
