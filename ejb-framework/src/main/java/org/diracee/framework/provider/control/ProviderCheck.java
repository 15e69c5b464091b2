/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.Registration;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;

/** Finds providers that nobody could log in at, and those that would let in more than is meant. */
@ApplicationScoped
public class ProviderCheck implements ConfigurationCheck {

    @Override
    public List<Finding> check(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        Registry.of(configuration).forEach(vo -> check(configuration, vo, findings));
        return findings;
    }

    private static void check(Configuration configuration, RegisteredVo vo, List<Finding> findings) {
        try {
            Optional<ProviderOptions.Place> place =
                    ProviderOptions.place(configuration, vo.name().text());
            if (place.isEmpty()) {
                return;
            }
            String section = ProviderOptions.section(place.get());
            if (!configuration.hasSection(section)) {
                findings.add(Finding.warning(
                        "Registry/VO/" + vo.name() + "/IdProvider",
                        place.get().name(),
                        "There is no such section in Resources/IdProviders: the VO's members cannot log in."));
                return;
            }
            ProviderOptions.provider(
                            configuration, vo.name(), List.copyOf(vo.groups().keySet()))
                    .ifPresent(provider -> meaning(provider, vo, place.get(), section, findings));
        } catch (InvalidOption wrong) {
            findings.add(
                    wrong.value().isBlank()
                            ? Finding.warning(
                                    wrong.path(),
                                    "",
                                    wrong.detail() + ": the members of " + vo.name() + " cannot log in.")
                            : Finding.error(wrong.path(), wrong.value(), wrong.detail() + "."));
        }
    }

    private static void meaning(
            IdentityProvider provider,
            RegisteredVo vo,
            ProviderOptions.Place place,
            String section,
            List<Finding> findings) {
        if (provider.audiences().contains(provider.clientId())) {
            findings.add(
                    Finding.error(
                            ProviderOptions.audiencePath(place),
                            provider.clientId(),
                            "The id of our client cannot be an audience of the API: ID tokens, which are not for it, have it too."));
        }
        if (provider.registration() == Registration.DEFAULT_GROUP
                && vo.defaultGroup().isEmpty()) {
            findings.add(Finding.warning(
                    section + "/Registration",
                    provider.registration().text(),
                    "The VO " + vo.name() + " has no default group: nobody is registered."));
        }
        if (provider.registration() == Registration.GROUP_CLAIM
                && provider.roles().isEmpty()) {
            findings.add(Finding.warning(
                    section + "/Registration",
                    provider.registration().text(),
                    "No group of the VO " + vo.name() + " has an IdPRole: nobody is registered."));
        }
    }
}
