/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.framework.provider.control.KnownProviders;
import org.diracee.framework.provider.control.ProviderTokens;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.VoName;
import org.jose4j.jwt.JwtClaims;

/**
 * Tells for whom an access token of a VO's provider speaks on our API. What its holder may do is the registry's business alone;
 * the token chooses at most among the groups that the registry gives.
 */
@ApplicationScoped
public class ProviderAccess {

    private KnownProviders known;
    private ProviderTokens tokens;
    private Registry registry;

    protected ProviderAccess() {} // for the container's proxy

    @Inject
    public ProviderAccess(KnownProviders known, ProviderTokens tokens, Registry registry) {
        this.known = known;
        this.tokens = tokens;
        this.registry = registry;
    }

    /**
     * The caller; empty if the token is of no provider whose tokens count here.
     *
     * @throws InvalidToken if it is of one and does not count, or its holder is not registered
     * @throws ProviderFailed if the provider's keys are not known and cannot be had
     */
    @OpenAccess("this is how a caller becomes known")
    public Optional<Caller> caller(String token) {
        if (!known.acceptTokens()) {
            return Optional.empty();
        }
        List<IdentityProvider> providers =
                ProviderTokens.namedIssuer(token).map(known::ofIssuer).orElse(List.of());
        return providers.isEmpty() ? Optional.empty() : Optional.of(user(token, providers));
    }

    private Caller user(String token, List<IdentityProvider> providers) {
        if (providers.size() == 1) {
            IdentityProvider provider = providers.get(0);
            JwtClaims claims = tokens.accessToken(provider, token);
            requireVo(claims, provider.vo());
            return user(claims, provider);
        }
        // VOs that share a provider: the token names the VO, or its holder is registered in one only
        List<Caller> callers = providers.stream()
                .flatMap(provider -> userIfAny(token, provider).stream())
                .toList();
        if (callers.size() != 1) {
            throw new InvalidToken(callers.isEmpty() ? "not registered" : "for several VOs: the scope vo: decides");
        }
        return callers.get(0);
    }

    private Optional<Caller> userIfAny(String token, IdentityProvider provider) {
        try {
            JwtClaims claims = tokens.accessToken(provider, token);
            requireVo(claims, provider.vo());
            return Optional.of(user(claims, provider));
        } catch (InvalidToken notOfThisVo) {
            return Optional.empty();
        }
    }

    private Caller.User user(JwtClaims claims, IdentityProvider provider) {
        VoName vo = provider.vo();
        RegisteredUser user = KnownProviders.text(claims, "sub")
                .flatMap(subject -> registry.user(vo, subject))
                .filter(found -> !found.suspended())
                .orElseThrow(() -> new InvalidToken("not registered"));
        GroupName group = group(claims, provider, user.subject());
        return new Caller.User(
                user.subject(),
                user.username(),
                group,
                vo,
                registry.properties(vo, group),
                Credential.of(
                        CredentialKind.PROVIDER_TOKEN,
                        KnownProviders.text(claims, "jti").orElse("")));
    }

    private GroupName group(JwtClaims claims, IdentityProvider provider, String subject) {
        List<String> asked = words(claims, "group:").toList();
        if (asked.size() > 1) {
            throw new InvalidToken("for several groups");
        }
        if (asked.size() == 1) {
            return Optional.of(asked.get(0))
                    .flatMap(ProviderAccess::groupName)
                    .filter(group -> isMember(provider.vo(), group, subject))
                    .orElseThrow(() -> new InvalidToken("not a member of the group"));
        }
        return Stream.concat(
                        provider.groups(KnownProviders.texts(claims, provider.groupClaim())).stream(),
                        registry.defaultGroup(provider.vo()).stream())
                .filter(group -> isMember(provider.vo(), group, subject))
                .findFirst()
                .orElseThrow(() -> new InvalidToken("not a member of the default group"));
    }

    private boolean isMember(VoName vo, GroupName group, String subject) {
        return registry.group(vo, group).filter(found -> found.has(subject)).isPresent();
    }

    private static void requireVo(JwtClaims claims, VoName vo) {
        if (words(claims, "vo:").anyMatch(named -> !named.equals(vo.text()))) {
            throw new InvalidToken("for another VO");
        }
    }

    /** What follows the prefix in the words of the scope. */
    private static Stream<String> words(JwtClaims claims, String prefix) {
        return Stream.of("scope", "scp")
                .flatMap(name -> KnownProviders.texts(claims, name).stream())
                .flatMap(scope -> Arrays.stream(scope.split(" ", -1)))
                .filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(prefix.length()));
    }

    private static Optional<GroupName> groupName(String text) {
        try {
            return Optional.of(new GroupName(text));
        } catch (InvalidValue noName) {
            return Optional.empty();
        }
    }
}
