/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.kernel.proxy.ProxyCredential;
import org.jspecify.annotations.Nullable;

/**
 * The file of a proxy, where the grid's programs look for it: {@code X509_USER_PROXY}, else {@code /tmp/x509up_u<uid>}. It holds a
 * private key in the clear, so it is its owner's alone, and each content replaces the one before as a whole.
 */
public record ProxyFile(Path path) {

    private static final Path OWN_PROCESS = Path.of("/proc/self");

    /** The file that is given, else the one where the grid's programs look. */
    public static ProxyFile of(Surroundings surroundings, @Nullable String given) throws IOException {
        Optional<String> named = Optional.ofNullable(given).or(() -> surroundings.variable("X509_USER_PROXY"));
        return new ProxyFile(named.isPresent() ? surroundings.path(named.get()) : Path.of("/tmp/x509up_u" + uid()));
    }

    boolean exists() {
        return Files.exists(path);
    }

    String read() throws IOException {
        return Files.readString(path);
    }

    /** Reads the proxy with its key; nobody else may be able to. */
    public ProxyCredential credential(Instant now) throws IOException {
        if (!exists()) {
            throw CommandFailure.usage(
                    "There is no proxy in " + path + ": make one with 'proxy init', or name its file.");
        }
        OwnCertificate.requireOwnersAlone(path);
        ProxyCredential proxy = ProxyCredential.read(read());
        if (!proxy.chain().expires().isAfter(now)) {
            throw CommandFailure.usage(
                    "The proxy in " + path + " ended at " + proxy.chain().expires() + ".");
        }
        return proxy;
    }

    void write(ProxyCredential proxy) throws IOException {
        Path target = path.toAbsolutePath();
        // made by us with a name that nobody knows beforehand, so no link of somebody else is followed
        Path next = Files.createTempFile(
                target.resolveSibling(".").normalize(),
                "." + target.getFileName() + ".",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(next, proxy.pem().getBytes(US_ASCII));
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static Object uid() throws IOException {
        return Files.getAttribute(Files.exists(OWN_PROCESS) ? OWN_PROCESS : Path.of("."), "unix:uid");
    }
}
