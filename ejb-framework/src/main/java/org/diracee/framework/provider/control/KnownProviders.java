/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.PerRevision;
import org.diracee.kernel.value.VoName;
import org.jose4j.jwt.JwtClaims;

/** The providers of all VOs, read once from each revision of the configuration. */
@ApplicationScoped
public class KnownProviders {

    private final PerRevision<Reading> readings = new PerRevision<>(this::read);
    private ConfigurationService configuration;
    private Registry registry;

    protected KnownProviders() {} // for the container's proxy

    @Inject
    public KnownProviders(ConfigurationService configuration, Registry registry) {
        this.configuration = configuration;
        this.registry = registry;
    }

    /**
     * The provider of the VO, if it has one.
     *
     * @throws InvalidOption if what the configuration says of it cannot be used
     */
    public Optional<IdentityProvider> of(VoName vo) {
        Reading all = current();
        InvalidOption wrong = all.wrong().get(vo);
        if (wrong != null) {
            throw wrong;
        }
        return Optional.ofNullable(all.providers().get(vo));
    }

    /** Those whose access tokens count on our API and that are this issuer. */
    public List<IdentityProvider> ofIssuer(String issuer) {
        return current().providers().values().stream()
                .filter(provider -> !provider.audiences().isEmpty())
                .filter(provider -> ProviderDocuments.withoutSlash(
                                provider.url().toString())
                        .equals(ProviderDocuments.withoutSlash(issuer)))
                .toList();
    }

    /** Whether access tokens of any provider count on our API. */
    public boolean acceptTokens() {
        return current().acceptTokens();
    }

    /** The claim, if it is a text that says something. */
    public static Optional<String> text(JwtClaims claims, String name) {
        return claims.getClaimValue(name) instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty();
    }

    /** The texts of a claim that is a list or one text. */
    public static List<String> texts(JwtClaims claims, String name) {
        Object value = claims.getClaimValue(name);
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> items) {
            items.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .forEach(texts::add);
        } else if (value instanceof String text) {
            texts.add(text);
        }
        return texts;
    }

    private Reading current() {
        return readings.of(configuration.current());
    }

    private Reading read(Configuration now) {
        Map<VoName, IdentityProvider> providers = new LinkedHashMap<>();
        Map<VoName, InvalidOption> wrong = new LinkedHashMap<>();
        for (VoName vo : registry.vos()) {
            try {
                ProviderOptions.provider(
                                now,
                                vo,
                                registry.groups(vo).stream()
                                        .map(RegisteredGroup::name)
                                        .toList())
                        .ifPresent(provider -> providers.put(vo, provider));
            } catch (InvalidOption unusable) {
                LOG.registryEntryLeftOut(now.revision(), unusable.path(), unusable.detail());
                wrong.put(vo, unusable);
            }
        }
        boolean acceptTokens = providers.values().stream()
                .anyMatch(provider -> !provider.audiences().isEmpty());
        return new Reading(providers, wrong, acceptTokens);
    }

    /** The providers of one snapshot. */
    private record Reading(
            Map<VoName, IdentityProvider> providers, Map<VoName, InvalidOption> wrong, boolean acceptTokens) {}
}
