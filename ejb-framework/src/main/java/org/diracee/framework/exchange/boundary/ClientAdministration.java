/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.client.boundary.NewClient;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.client.boundary.RegisteredClients;
import org.diracee.framework.configuration.boundary.CommitOutcome;
import org.diracee.framework.configuration.boundary.ConfigurationEditing;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Proposal;
import org.diracee.framework.token.boundary.Sessions;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.VoName;

/**
 * Shows the registered clients of the caller's VO, adds and deletes them, lets them in and out. Each change is a revision of the configuration;
 * every node knows it within seconds, and nothing that the client was given counts there any more.
 */
@Stateless
public class ClientAdministration {

    private RegisteredClients clients;
    private ConfigurationService configuration;
    private ConfigurationEditing editing;
    private Sessions sessions;
    private SecurityAudit audit;
    private Clock clock;

    protected ClientAdministration() {} // for the container's proxy

    @Inject
    public ClientAdministration(
            RegisteredClients clients,
            ConfigurationService configuration,
            ConfigurationEditing editing,
            Sessions sessions,
            SecurityAudit audit,
            Clock clock) {
        this.clients = clients;
        this.configuration = configuration;
        this.editing = editing;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /** The clients of the caller's VO, in the order of the configuration. */
    @Requires({Property.CS_ADMINISTRATOR, Property.SERVICE_ADMINISTRATOR, Property.USER_MANAGER})
    public List<ClientView> list(Caller caller) {
        return clients.of(vo(caller)).stream().map(this::view).toList();
    }

    /** @throws ClientNotFound if the caller's VO has no such client */
    @Requires({Property.CS_ADMINISTRATOR, Property.SERVICE_ADMINISTRATOR, Property.USER_MANAGER})
    public ClientView show(Caller caller, String id) {
        return view(client(caller, id));
    }

    /**
     * Lets the client in. What it was given before it was kept out stays without effect.
     *
     * @throws ClientNotFound if the caller's VO has no such client
     * @throws Forbidden if the caller may not change the configuration there
     */
    @Requires(Property.CS_ADMINISTRATOR)
    public void approve(Caller caller, String id) {
        decide(caller, client(caller, id), true);
    }

    /**
     * Takes the approval back and ends the client's sessions.
     *
     * @throws ClientNotFound if the caller's VO has no such client
     * @throws Forbidden if the caller may not change the configuration there
     */
    @Requires(Property.CS_ADMINISTRATOR)
    public void revoke(Caller caller, String id) {
        decide(caller, client(caller, id), false);
    }

    /**
     * Registers a client. What one of the same id was given before counts no more.
     *
     * @param message why, for the history of the configuration
     * @throws InvalidRequest if the id is taken, or cannot be one
     * @throws Forbidden if the caller may not change the configuration there
     */
    @Requires(Property.CS_ADMINISTRATOR)
    public CommitOutcome add(Caller caller, NewClient client, String message) {
        VoName vo = vo(caller);
        Configuration now = configuration.current();
        List<Proposal.Edit> edits = RegisteredClients.addition(now, vo, client, clock.instant());
        if (clients.isTaken(client.id())) {
            throw new InvalidRequest("client_id: there is a client " + client.id() + " already");
        }
        CommitOutcome outcome = commit(caller, Optional.of(now.revision()), message, edits);
        record(caller, vo, client.id(), client.approved() ? "added and approved" : "added", 0);
        return outcome;
    }

    /**
     * Takes the client out of the registry and ends its sessions.
     *
     * @param message why, for the history of the configuration
     * @throws ClientNotFound if the caller's VO has no such client
     * @throws Forbidden if the caller may not change the configuration there
     */
    @Requires(Property.CS_ADMINISTRATOR)
    public CommitOutcome delete(Caller caller, String id, String message) {
        VoName vo = vo(caller);
        List<Proposal.Edit> edits = RegisteredClients.removal(configuration.current(), vo, id);
        if (edits.isEmpty()) {
            throw new ClientNotFound(id);
        }
        CommitOutcome outcome = commit(caller, Optional.empty(), message, edits);
        record(caller, vo, id, "deleted", sessions.revokeAllOf(id));
        return outcome;
    }

    private void decide(Caller caller, RegisteredClient client, boolean approved) {
        String decision = approved ? "approved" : "revoked";
        if (client.approved() != approved) {
            commit(
                    caller,
                    Optional.empty(),
                    "The client " + client.id() + " is " + decision,
                    RegisteredClients.decision(configuration.current(), client, approved, clock.instant()));
        }
        int ended = approved && client.approved() ? 0 : sessions.revokeAllOf(client.id());
        record(caller, client.vo(), client.id(), decision, ended);
    }

    private CommitOutcome commit(Caller caller, Optional<Long> base, String message, List<Proposal.Edit> edits) {
        return editing.commit(
                caller,
                new Proposal(base, message, new Proposal.Edits(edits)),
                RequestOrigin.current().address(),
                Optional.empty());
    }

    private void record(Caller caller, VoName vo, String id, String decision, int ended) {
        LOG.clientDecided(id, vo, decision, caller.identity(), ended);
        audit.record(caller, AuditAct.CLIENT, "client:" + id, decision + "; " + ended + " sessions ended");
    }

    private RegisteredClient client(Caller caller, String id) {
        return clients.find(id)
                .filter(found -> found.vo().equals(vo(caller)))
                .orElseThrow(() -> new ClientNotFound(id));
    }

    private ClientView view(RegisteredClient client) {
        List<String> authentication = new ArrayList<>();
        client.secretHash().ifPresent(secret -> authentication.add("client_secret_basic"));
        client.keys().ifPresent(keys -> authentication.add("private_key_jwt"));
        return new ClientView(client, authentication, sessions.countOf(client.id()));
    }

    private static VoName vo(Caller caller) {
        return ((Caller.User) caller).vo();
    }
}
