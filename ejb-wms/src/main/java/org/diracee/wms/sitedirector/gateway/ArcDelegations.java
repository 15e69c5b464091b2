/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.kernel.proxy.InvalidCertificate;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyRequest;
import org.diracee.kernel.proxy.ProxyTerms;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/**
 * Proxies that were delegated to A-REX for the jobs of a person, one at each computing element for a VO, renewed before they end. They are
 * limited, as they lie where jobs are. After a restart of the server there is a new one.
 */
@ApplicationScoped
public class ArcDelegations {

    private static final Duration LIFE = Duration.ofHours(12);

    private final Map<String, Delegation> known = new ConcurrentHashMap<>();
    private Clock clock;

    protected ArcDelegations() {} // for the container's proxy

    @Inject
    public ArcDelegations(Clock clock) {
        this.clock = clock;
    }

    private record Delegation(String id, Instant expires) {}

    /**
     * The id of a delegation that is good for so long.
     *
     * @throws IOException if A-REX did not take it
     */
    String of(ArcRest rest, String address, VoName vo, CeCredential.Proxy person, Duration atLeast) throws IOException {
        String key = key(address, vo, person);
        Delegation current = known.get(key);
        Instant limit = clock.instant().plus(atLeast);
        if (current != null && current.expires().isAfter(limit)) {
            return current.id();
        }
        if (current != null && current.expires().isAfter(clock.instant())) {
            try {
                return keep(key, rest, rest.renewal(current.id()), person);
            } catch (IOException | ComputingElementFailure lost) {
                // A-REX may have lost it, for instance with its control directory: there is a new one
                LOG.debugf(lost, "the delegation %s at %s is not renewed", current.id(), address);
                known.remove(key, current);
            }
        }
        return keep(key, rest, rest.delegation(), person);
    }

    private String keep(String key, ArcRest rest, ArcRest.DelegationRequest request, CeCredential.Proxy person)
            throws IOException {
        known.put(key, new Delegation(request.id(), sign(rest, request, person)));
        return request.id();
    }

    /** Renews the delegation of pilots that are there, if it ends soon. */
    void renew(ArcRest rest, String address, VoName vo, CeCredential.Proxy person, Duration atLeast)
            throws IOException {
        if (known.containsKey(key(address, vo, person))) {
            of(rest, address, vo, person, atLeast);
        }
    }

    private Instant sign(ArcRest rest, ArcRest.DelegationRequest request, CeCredential.Proxy person)
            throws IOException {
        Instant now = clock.instant();
        try {
            ProxyChain chain = person.credential()
                    .sign(
                            ProxyRequest.read(request.csr()),
                            new ProxyTerms(now, now.plus(LIFE), true, Optional.empty(), Optional.empty()));
            rest.delegate(request.id(), chain.pem());
            return chain.expires();
        } catch (InvalidCertificate unusable) {
            throw new IOException("no proxy can be delegated: " + unusable.detail(), unusable);
        }
    }

    private static String key(String address, VoName vo, CeCredential.Proxy person) {
        return address + " " + vo + " " + person.credential().chain().dn();
    }
}
