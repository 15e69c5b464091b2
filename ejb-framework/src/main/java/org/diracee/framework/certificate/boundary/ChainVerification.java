/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.certificate.control.ChainFingerprint;
import org.diracee.framework.certificate.control.ChainReading;
import org.diracee.framework.certificate.control.PathValidation;
import org.diracee.framework.certificate.control.RecentChains;
import org.diracee.framework.certificate.control.Refusal;
import org.diracee.framework.certificate.control.VomsAttributes;
import org.diracee.kernel.access.OpenAccess;

/** Tells whether a chain of certificates is to be trusted, and for whom it speaks. */
@ApplicationScoped
public class ChainVerification {

    private static final String IDENTITY = "this is how a caller becomes known";

    private PathValidation paths;
    private VomsAttributes attributes;
    private Clock clock;
    private final RecentChains recent = new RecentChains();

    protected ChainVerification() {} // for the container's proxy

    @Inject
    public ChainVerification(PathValidation paths, VomsAttributes attributes, Clock clock) {
        this.paths = paths;
        this.attributes = attributes;
        this.clock = clock;
    }

    /** Whether certificates count at all: there is a directory of CAs. */
    @OpenAccess(IDENTITY)
    public boolean enabled() {
        return paths.enabled();
    }

    /**
     * Verifies the chain as it came from a client, its own certificate first. That the client has the private key is for the
     * caller to know. What was found is remembered for a few seconds, so that a revocation counts within a minute.
     *
     * @throws UntrustedChain if it does not count here
     */
    @OpenAccess(IDENTITY)
    public VerifiedChain verify(List<X509Certificate> chain) {
        try {
            String fingerprint = ChainFingerprint.of(chain);
            Instant now = clock.instant();
            Optional<VerifiedChain> known = recent.find(fingerprint, now);
            if (known.isPresent()) {
                return known.get();
            }
            VerifiedChain verified = verified(chain, now);
            recent.add(fingerprint, verified, now);
            return verified;
        } catch (Refusal refusal) {
            throw new UntrustedChain(refusal.reason());
        }
    }

    private VerifiedChain verified(List<X509Certificate> chain, Instant now) throws Refusal {
        ChainReading reading = ChainReading.of(chain, now);
        paths.validate(chain);
        return new VerifiedChain(
                reading.dn(),
                reading.proxy(),
                reading.limited(),
                reading.expires(),
                reading.group(),
                reading.carriesAttributes() ? fqans(reading, chain) : List.of());
    }

    /** Attributes that nobody we trust has signed are as good as none; the certificate stands for its holder all the same. */
    private List<String> fqans(ChainReading reading, List<X509Certificate> chain) {
        try {
            return attributes.fqans(chain);
        } catch (Refusal refusal) {
            LOG.vomsAttributesRefused(reading.dn().text(), refusal.reason());
            return List.of();
        }
    }
}
