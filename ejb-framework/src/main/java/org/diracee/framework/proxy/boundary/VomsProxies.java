/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.proxy.control.AttributeAuthority;
import org.diracee.framework.proxy.control.KnownAttributes;
import org.diracee.framework.proxy.control.ProxySettings;
import org.diracee.framework.proxy.control.VomsServer;
import org.diracee.framework.proxy.control.VomsSettings;
import org.diracee.framework.registry.boundary.CertificateHolders;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.proxy.VomsCertificate;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** Gets the VOMS attributes that stand for the groups of a VO, and keeps them. */
@ApplicationScoped
public class VomsProxies {

    private static final String INTERNAL = "used by the delivery and the renewal of proxies, which check their callers";

    private AttributeAuthority authority;
    private VomsRecords records;
    private CertificateHolders holders;
    private ConfigurationService configuration;
    private Clock clock;

    protected VomsProxies() {} // for the container's proxy

    @Inject
    public VomsProxies(
            AttributeAuthority authority,
            VomsRecords records,
            CertificateHolders holders,
            ConfigurationService configuration,
            Clock clock) {
        this.authority = authority;
        this.records = records;
        this.holders = holders;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * What the VO's server says of the person for the group; what it said before, if that lasts, or if no server answers now. Waits
     * for servers, so outside of transactions.
     *
     * @throws InvalidRequest if no attribute stands for the group
     * @throws Unavailable if no server of the VO is known, and nothing that one said before
     * @throws VomsFailed if none gives it, and nothing is known from before
     */
    @OpenAccess(INTERNAL)
    public VomsCertificate attributes(VoName vo, GroupName group, Duration lifetime, SigningProxy person) {
        String fqan = holders.vomsRole(vo, group)
                .orElseThrow(
                        () -> new InvalidRequest("No VOMS attribute stands for the group " + group + " (VOMSRole)"));
        Optional<KnownAttributes> known = records.find(person, fqan);
        if (known.filter(kept -> kept.suffice(lifetime, clock.instant())).isPresent()) {
            records.use(person, fqan);
            return known.get().certificate();
        }
        try {
            return obtain(vo, fqan, lifetime, person);
        } catch (VomsFailed | Unavailable failed) {
            if (known.isEmpty()) {
                throw failed;
            }
            VomsCertificate kept = known.get().certificate();
            LOG.keptAttributesServe(person.dn().text(), vo, kept.expires().toString(), failed.detail());
            records.use(person, fqan);
            return kept;
        }
    }

    /**
     * Asks one server of the VO after the other and keeps the answer.
     *
     * @throws Unavailable if no server of the VO is known
     * @throws VomsFailed if none gives it
     */
    @OpenAccess(INTERNAL)
    public VomsCertificate obtain(VoName vo, String fqan, Duration atLeast, SigningProxy person) {
        Configuration now = configuration.current();
        Duration lifetime = lifetime(new ProxySettings(now).attributesLifetime(), atLeast, person);
        DiracException last = new Unavailable("The VO " + vo + " has no VOMS server in the configuration");
        for (VomsServer server : new VomsSettings(now).servers(vo)) {
            try {
                VomsCertificate given = authority.attributes(server, fqan, lifetime, person.credential());
                requireAnswer(given, server, vo, fqan, person);
                records.keep(person, fqan, given);
                return given;
            } catch (VomsFailed failed) {
                last = failed;
            }
        }
        throw last;
    }

    private void requireAnswer(VomsCertificate given, VomsServer server, VoName vo, String fqan, SigningProxy person) {
        if (!given.speaksOf(person.credential().chain())) {
            throw new VomsFailed("The VOMS server " + server.host() + " speaks of the holder of another certificate");
        }
        // servers write the same attribute in more words or fewer
        List<GroupName> wanted = holders.groups(vo, fqan);
        if (given.fqans().stream().map(name -> holders.groups(vo, name)).noneMatch(wanted::equals)) {
            throw new VomsFailed("The VOMS server " + server.host() + " gives " + given.fqans() + " and not " + fqan);
        }
    }

    /** Longer than this delivery needs, for the next ones. */
    private Duration lifetime(Duration usual, Duration atLeast, SigningProxy person) {
        Instant now = clock.instant();
        Duration wanted = usual.compareTo(atLeast) > 0 ? usual : atLeast;
        return now.plus(wanted).isAfter(person.expires()) ? Duration.between(now, person.expires()) : wanted;
    }
}
