/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.proxy.control.AttributeAuthority;
import org.diracee.framework.proxy.control.VomsServer;
import org.diracee.framework.proxy.control.VomsSettings;
import org.diracee.framework.registry.boundary.CertificateHolders;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.VomsCertificate;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/** Gets the VOMS attributes that stand for the groups of a VO. */
@ApplicationScoped
public class VomsProxies {

    private AttributeAuthority authority;
    private CertificateHolders holders;
    private ConfigurationService configuration;

    protected VomsProxies() {} // for the container's proxy

    @Inject
    public VomsProxies(AttributeAuthority authority, CertificateHolders holders, ConfigurationService configuration) {
        this.authority = authority;
        this.holders = holders;
        this.configuration = configuration;
    }

    /**
     * What the VO's server says of the person for the group; one server after the other is asked. Waits for them, so outside of
     * transactions.
     *
     * @throws InvalidRequest if no attribute stands for the group
     * @throws Unavailable if no server of the VO is known
     * @throws VomsFailed if none gives it
     */
    @OpenAccess("used by the delivery of proxies, which checks its caller")
    public VomsCertificate attributes(VoName vo, GroupName group, Duration lifetime, ProxyCredential person) {
        String fqan = holders.vomsRole(vo, group)
                .orElseThrow(
                        () -> new InvalidRequest("No VOMS attribute stands for the group " + group + " (VOMSRole)"));
        List<VomsServer> servers = new VomsSettings(configuration.current()).servers(vo);
        @Nullable VomsFailed last = null;
        for (VomsServer server : servers) {
            try {
                VomsCertificate given = authority.attributes(server, fqan, lifetime, person);
                if (standsFor(given, vo, group)) {
                    return given;
                }
                last = new VomsFailed(
                        "The VOMS server " + server.host() + " gives " + given.fqans() + " and not " + fqan);
            } catch (VomsFailed failed) {
                last = failed;
            }
        }
        if (last == null) {
            throw new Unavailable("The VO " + vo + " has no VOMS server in the configuration");
        }
        throw last;
    }

    /** Servers write the same attribute in more words or fewer. */
    private boolean standsFor(VomsCertificate attributes, VoName vo, GroupName group) {
        return attributes.fqans().stream()
                .anyMatch(fqan -> holders.groups(vo, fqan).contains(group));
    }
}
