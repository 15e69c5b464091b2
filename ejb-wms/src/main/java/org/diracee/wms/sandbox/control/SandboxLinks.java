/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.Forbidden;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SignedTransfer;
import org.diracee.wms.sandbox.boundary.TransferDirection;
import org.diracee.wms.sandbox.entity.LinkKey;
import org.diracee.wms.sandbox.entity.LinkKeyRepository;

/** Signs leaves to move the bytes of a sandbox and checks them. Needs a transaction. */
@ApplicationScoped
public class SandboxLinks {

    /** How long a link is good for; a transfer that has begun may go on. */
    public static final Duration LIFE = Duration.ofSeconds(300);

    private static final String ALGORITHM = "HmacSHA256";

    private LinkKeyRepository keys;
    private Clock clock;

    protected SandboxLinks() {} // for the container's proxy

    @Inject
    public SandboxLinks(LinkKeyRepository keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param holder who gets the link */
    public SignedTransfer sign(Caller holder, TransferDirection direction, SandboxPfn pfn, long size) {
        Instant now = clock.instant();
        LinkKey key = keys.current(now);
        Instant expires = now.truncatedTo(ChronoUnit.SECONDS).plus(LIFE);
        String holderText = LinkHolder.text(holder);
        byte[] signature = signature(key, direction, pfn, size, expires, holderText);
        return new SignedTransfer(
                direction,
                pfn,
                size,
                expires,
                key.id(),
                holderText,
                Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    /** @throws Forbidden if the signature is not ours for exactly this transfer, or its time is over */
    public void check(SignedTransfer transfer) {
        byte[] expected = keys.find(transfer.keyId())
                .map(key -> signature(
                        key,
                        transfer.direction(),
                        transfer.pfn(),
                        transfer.size(),
                        transfer.expires(),
                        transfer.holder()))
                .orElseThrow(SandboxLinks::notOurs);
        byte[] given = decoded(transfer.signature()).orElseThrow(SandboxLinks::notOurs);
        if (!MessageDigest.isEqual(expected, given)) {
            throw notOurs();
        }
        if (!clock.instant().isBefore(transfer.expires())) {
            throw new Forbidden("The link expired at " + transfer.expires() + ": ask for a new one");
        }
    }

    private static Forbidden notOurs() {
        return new Forbidden("The signature of the link is not valid");
    }

    private static Optional<byte[]> decoded(String signature) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] signature(
            LinkKey key, TransferDirection direction, SandboxPfn pfn, long size, Instant expires, String holder) {
        // no part but the last can hold a line feed, so no two transfers have the same text; the checksum is part of
        // the PFN
        String text = String.join(
                "\n",
                "dirac-ee sandbox transfer",
                direction.name(),
                pfn.toString(),
                Long.toString(size),
                Long.toString(expires.getEpochSecond()),
                Long.toString(key.id()),
                holder);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.secret(), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, impossible);
        }
    }
}
