/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.client.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.client.control.ClientOptions;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Proposal;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.PerRevision;
import org.diracee.kernel.value.VoName;

/** The registered clients of all VOs, read once from each revision of the configuration; what cannot be used is left out. */
@ApplicationScoped
public class RegisteredClients {

    private static final String INTERNAL = "asked by the server itself";

    private final PerRevision<Map<String, RegisteredClient>> clients = new PerRevision<>(this::read);
    private ConfigurationService configuration;
    private Registry registry;

    protected RegisteredClients() {} // for the container's proxy

    @Inject
    public RegisteredClients(ConfigurationService configuration, Registry registry) {
        this.configuration = configuration;
        this.registry = registry;
    }

    /** The client, approved or not; an id that two VOs have is nobody's. */
    @OpenAccess(INTERNAL)
    public Optional<RegisteredClient> find(String id) {
        return Optional.ofNullable(current().get(id));
    }

    /** Whether what was given to this client then still counts; not if it was revoked since or taken out of the registry. */
    @OpenAccess(INTERNAL)
    public boolean stillCounts(String id, Instant given) {
        return find(id).filter(RegisteredClient::approved)
                .filter(client -> client.tokensFrom().filter(given::isBefore).isEmpty())
                .isPresent();
    }

    /** The clients of the VO, in the order of the configuration. */
    @OpenAccess(INTERNAL)
    public List<RegisteredClient> of(VoName vo) {
        return current().values().stream()
                .filter(client -> client.vo().equals(vo))
                .toList();
    }

    /** Whether a VO has a client of this id, usable or not. */
    @OpenAccess(INTERNAL)
    public boolean isTaken(String id) {
        Configuration now = configuration.current();
        return registry.vos().stream()
                .anyMatch(vo -> ClientOptions.names(now, vo).contains(id));
    }

    /** What lets the client in or keeps it out, in whichever layout it stands. */
    public static List<Proposal.Edit> decision(
            Configuration configuration, RegisteredClient client, boolean approved, Instant now) {
        return ClientOptions.decision(configuration, client.vo(), client.id(), approved, now);
    }

    /** What adds the client to the VO. @throws org.diracee.kernel.error.InvalidRequest if its id cannot be one */
    public static List<Proposal.Edit> addition(Configuration configuration, VoName vo, NewClient client, Instant now) {
        return ClientOptions.addition(configuration, vo, client, now);
    }

    /** What takes the client out of the VO; empty if it has none of this id, usable or not. */
    public static List<Proposal.Edit> removal(Configuration configuration, VoName vo, String id) {
        return ClientOptions.removal(configuration, vo, id);
    }

    private Map<String, RegisteredClient> current() {
        return clients.of(configuration.current());
    }

    private Map<String, RegisteredClient> read(Configuration now) {
        Map<String, RegisteredClient> read = new LinkedHashMap<>();
        Set<String> doubled = new HashSet<>();
        for (VoName vo : registry.vos()) {
            for (String id : ClientOptions.names(now, vo)) {
                try {
                    if (read.putIfAbsent(id, ClientOptions.client(now, vo, id)) != null) {
                        doubled.add(id);
                    }
                } catch (InvalidOption wrong) {
                    LOG.registryEntryLeftOut(now.revision(), wrong.path(), wrong.detail());
                    doubled.add(id);
                }
            }
        }
        read.keySet().removeAll(doubled);
        return read;
    }
}
