/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.client.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.client.boundary.ClientGrant;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** Finds clients that could not get in, or not as what they are meant to be. */
@ApplicationScoped
public class ClientCheck implements ConfigurationCheck {

    @Override
    public List<Finding> check(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        Map<String, VoName> voOf = new HashMap<>();
        for (RegisteredVo vo : Registry.of(configuration)) {
            for (String id : ClientOptions.names(configuration, vo.name())) {
                String section = ClientOptions.section(configuration, vo.name(), id);
                VoName other = voOf.putIfAbsent(id, vo.name());
                if (other != null) {
                    findings.add(Finding.error(
                            section, id, "The VO " + other + " has a client of this id; neither would get in."));
                }
                check(configuration, vo, id, section, findings);
            }
        }
        return findings;
    }

    private static void check(
            Configuration configuration, RegisteredVo vo, String id, String section, List<Finding> findings) {
        RegisteredClient client;
        try {
            client = ClientOptions.client(configuration, vo.name(), id);
        } catch (InvalidOption wrong) {
            // options of their own are told elsewhere
            if (wrong.path().equals(section)) {
                findings.add(Finding.error(section, id, wrong.detail() + "."));
            }
            return;
        }
        if (client.secretHash().isEmpty() && client.keys().isEmpty()) {
            findings.add(Finding.warning(
                    section, "", "The client has neither a SecretHash nor Keys: it cannot prove who it is."));
        }
        Optional<RegisteredUser> user = client.user().flatMap(name -> vo.users().values().stream()
                .filter(registered -> registered.username().equals(name))
                .findFirst());
        if (client.may(ClientGrant.CLIENT_CREDENTIALS) && user.isEmpty()) {
            findings.add(Finding.warning(
                    section + "/User",
                    client.user().map(Object::toString).orElse(""),
                    "The VO has no such user: the client gets no tokens of its own."));
        }
        Optional<GroupName> group = client.group().or(vo::defaultGroup);
        boolean isMember = user.isPresent()
                && group.map(vo.groups()::get)
                        .filter(found -> found.has(user.get().subject()))
                        .isPresent();
        if (user.isPresent() && !isMember) {
            findings.add(Finding.warning(
                    section + "/Group",
                    group.map(GroupName::text).orElse(""),
                    "The user of the client is no member of this group: it gets no tokens of its own."));
        }
    }
}
