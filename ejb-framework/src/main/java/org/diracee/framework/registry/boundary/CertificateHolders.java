/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.control.HolderIndex;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.PerRevision;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** Whose certificates are registered, and which groups the attributes of VOMS servers stand for. */
@ApplicationScoped
public class CertificateHolders {

    private static final String INTERNAL = "asked by the server itself";

    private final PerRevision<HolderIndex> holders = new PerRevision<>(HolderIndex::of);
    private ConfigurationService configuration;

    protected CertificateHolders() {} // for the container's proxy

    @Inject
    public CertificateHolders(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** The users with this DN, at most one of each VO, suspended ones included; in the order of the configuration. */
    @OpenAccess(INTERNAL)
    public List<CertificateHolder> of(Dn dn) {
        return current().users(dn);
    }

    /** The machine with this DN. */
    @OpenAccess(INTERNAL)
    public Optional<RegisteredHost> host(Dn dn) {
        return current().host(dn);
    }

    /** The groups of the VO that the attribute of a VOMS server stands for, in the order of the configuration. */
    @OpenAccess(INTERNAL)
    public List<GroupName> groups(VoName vo, String fqan) {
        return current().groups(vo, fqan);
    }

    /** The attribute of the VO's VOMS server that stands for the group. */
    @OpenAccess(INTERNAL)
    public Optional<String> vomsRole(VoName vo, GroupName group) {
        return current().vomsRole(vo, group);
    }

    /** The name under which VOMS servers know the VO. */
    @OpenAccess(INTERNAL)
    public String vomsName(VoName vo) {
        return current().vomsName(vo);
    }

    private HolderIndex current() {
        return holders.of(configuration.current());
    }
}
