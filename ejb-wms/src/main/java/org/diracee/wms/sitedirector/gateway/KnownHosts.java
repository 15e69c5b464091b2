/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;

/** The host keys that are trusted, from a file as OpenSSH keeps it; nothing is ever added to it. */
final class KnownHosts {

    private static final String REVOKED = "revoked";

    private final Path file;
    private final List<KnownHostEntry> entries;

    private KnownHosts(Path file, List<KnownHostEntry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** What the file holds about the host. */
    static KnownHosts of(SshTarget target) throws IOException {
        return new KnownHosts(
                target.knownHosts(),
                KnownHostEntry.readKnownHostEntries(target.knownHosts()).stream()
                        .filter(entry -> entry.isHostMatch(target.host(), target.port()))
                        .toList());
    }

    /** The types of the keys that are known; in these the server is asked for first. */
    List<String> keyTypes() {
        return entries.stream()
                .filter(entry -> entry.getMarker() == null)
                .map(entry -> entry.getKeyEntry().getKeyType())
                .toList();
    }

    /** Why the host with this key is not to be talked to; empty if it is the one that is known. */
    Optional<String> refusal(SessionContext session, PublicKey shown) {
        String fingerprint = KeyUtils.getFingerPrint(shown);
        boolean known = false;
        for (KnownHostEntry entry : entries) {
            if (KeyUtils.compareKeys(key(session, entry), shown)) {
                if (REVOKED.equals(entry.getMarker())) {
                    return Optional.of("its key " + fingerprint + " is revoked in " + file);
                }
                known |= entry.getMarker() == null;
            }
        }
        if (known) {
            return Optional.empty();
        }
        return Optional.of(
                entries.isEmpty()
                        ? "it is not in " + file + "; the key that it shows is " + fingerprint
                        : "the key that it shows, " + fingerprint + ", is none of its keys in " + file
                                + ": another machine may be answering");
    }

    private static @Nullable PublicKey key(SessionContext session, KnownHostEntry entry) {
        try {
            return entry.getKeyEntry().resolvePublicKey(session, PublicKeyEntryResolver.IGNORING);
        } catch (IOException | GeneralSecurityException unreadable) {
            return null;
        }
    }
}
