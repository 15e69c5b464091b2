/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.proxy.control.KnownAttributes;
import org.diracee.framework.proxy.entity.DueAttributes;
import org.diracee.framework.proxy.entity.KeptAttributes;
import org.diracee.framework.proxy.entity.KeptAttributesRepository;
import org.diracee.framework.sealing.boundary.Sealing;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.proxy.VomsCertificate;

/** The short transactions around attributes that VOMS servers gave; servers are asked while none is open. Everything is sealed here. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VomsRecords {

    private static final String INTERNAL = "used by the delivery and the renewal of proxies, which check their callers";

    private KeptAttributesRepository attributes;
    private Sealing sealing;
    private Clock clock;

    protected VomsRecords() {} // for the container's proxy

    @Inject
    public VomsRecords(KeptAttributesRepository attributes, Sealing sealing, Clock clock) {
        this.attributes = attributes;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** What is known of the person and not over; not if the person has got a new certificate since. */
    @OpenAccess(INTERNAL)
    public Optional<KnownAttributes> find(SigningProxy proxy, String fqan) {
        return attributes
                .find(proxy.id(), fqan, clock.instant())
                .map(kept -> new KnownAttributes(
                        VomsCertificate.read(
                                Base64.getDecoder().decode(sealing.open(kept.sealed(), place(proxy.id(), fqan)))),
                        kept.obtained()))
                .filter(known -> known.certificate().speaksOf(proxy.credential().chain()));
    }

    /** Remembers that they were of use again. */
    @OpenAccess(INTERNAL)
    public void use(SigningProxy proxy, String fqan) {
        attributes.find(proxy.id(), fqan, clock.instant()).ifPresent(KeptAttributes::use);
    }

    /** Keeps what a server has said just now, instead of what was known. */
    @OpenAccess(INTERNAL)
    public void keep(SigningProxy proxy, String fqan, VomsCertificate certificate) {
        attributes.keep(new KeptAttributes(
                UUID.randomUUID(),
                proxy.id(),
                fqan,
                sealing.seal(Base64.getEncoder().encodeToString(certificate.encoded()), place(proxy.id(), fqan)),
                clock.instant(),
                certificate.expires()));
    }

    /** At most this many that are to be obtained anew, after this one. */
    @OpenAccess(INTERNAL)
    public List<DueAttributes> due(Optional<DueAttributes> after, int limit) {
        return attributes.due(clock.instant(), after, limit);
    }

    /** Deletes at most this many that are over; tells how many. */
    @OpenAccess("deletes only what counts no more")
    public int forget(int limit) {
        return attributes.deleteExpiredBefore(clock.instant(), limit);
    }

    private static String place(UUID proxy, String fqan) {
        return "kept_attributes/" + proxy + fqan;
    }
}
