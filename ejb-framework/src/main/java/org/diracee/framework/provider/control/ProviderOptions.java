/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.outbound.boundary.AllowedTargets;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.Registration;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * The options that describe providers, in DiracX's place (a section of the VO) and in DIRAC's (a section of the provider, which
 * the VO names). A VO with a section of its own uses only that.
 */
@ApplicationScoped
public class ProviderOptions implements DeclaredOptions {

    private static final String BY_VO = "Registry/{vo}/IdP/";
    private static final String CLASSIC = "Resources/IdProviders/{provider}/";
    private static final String DIRACX = "DiracX REST reference 11";
    private static final String DIRAC = "Framework reference 1.6";
    private static final String OURS = "DIRAC EE";

    private static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    /** An option in both places. */
    private record Twin<T>(DeclaredOption<T> byVo, DeclaredOption<T> classic) {

        static <T> Twin<T> of(String byVo, String classic, OptionType<T> type, String meaning, String source) {
            return new Twin<>(
                    DeclaredOption.of(BY_VO + byVo, type, meaning, source),
                    DeclaredOption.of(CLASSIC + classic, type, meaning, source));
        }

        static <T> Twin<T> of(
                String byVo, String classic, OptionType<T> type, String standard, String meaning, String source) {
            return new Twin<>(
                    DeclaredOption.of(BY_VO + byVo, type, standard, meaning, source),
                    DeclaredOption.of(CLASSIC + classic, type, standard, meaning, source));
        }

        T read(Configuration configuration, Place place) {
            return at(place).read(configuration, place.name());
        }

        Optional<T> find(Configuration configuration, Place place) {
            return at(place).find(configuration, place.name());
        }

        String path(Place place) {
            return at(place).path().at(place.name());
        }

        private DeclaredOption<T> at(Place place) {
            return place.isClassic() ? classic : byVo;
        }
    }

    /** The section that describes the provider of a VO. */
    record Place(boolean isClassic, String name) {}

    private static final DeclaredOption<String> ID_PROVIDER = DeclaredOption.of(
            "Registry/VO/{vo}/IdProvider",
            OptionType.text(),
            "The section of Resources/IdProviders that describes where the VO's members log in.",
            "Framework reference 1.5");
    private static final Twin<URI> URL = Twin.of(
            "URL",
            "issuer",
            OptionType.url(),
            "The issuer of the OpenID provider at which the VO's members log in; without one they use local accounts.",
            DIRACX);
    private static final Twin<String> CLIENT_ID =
            Twin.of("ClientID", "client_id", OptionType.text(), "Our name at the provider.", DIRACX);
    private static final Twin<String> CLIENT_SECRET = Twin.of(
            "ClientSecret",
            "client_secret",
            OptionType.text(),
            "Where our secret lies, as credential:<alias>; without one we are a public client.",
            DIRAC);
    private static final Twin<String> SCOPE = Twin.of(
            "Scope",
            "scope",
            OptionType.text(),
            "openid profile",
            "What we ask the provider for when somebody logs in.",
            DIRAC);
    private static final Twin<List<String>> AUDIENCE = Twin.of(
            "Audience",
            "Audience",
            OptionType.texts(),
            "",
            "Access tokens of the provider that are meant for one of these count on our API; without one none does.",
            OURS);
    private static final Twin<String> GROUP_CLAIM = Twin.of(
            "GroupClaim",
            "GroupClaim",
            OptionType.text(),
            "groups",
            "The claim of the provider's tokens that names the person's groups there.",
            OURS);
    private static final Twin<Registration> REGISTRATION = Twin.of(
            "Registration",
            "Registration",
            OptionType.choice("refuse", "default-group", "group-claim").as(Registration::of),
            "refuse",
            "What becomes of those whom the provider knows and the registry does not: refused, registered in the default"
                    + " group, or in the groups whose IdPRole is in the group claim. With the last, groups with an IdPRole"
                    + " are joined and left at each log-in as the claim says.",
            OURS);
    private static final Twin<Duration> MAX_TOKEN_AGE = Twin.of(
            "MaxTokenAge",
            "MaxTokenAge",
            OptionType.duration(ChronoUnit.SECONDS, 60, 86_400),
            "3600",
            "The greatest age of an access token of the provider on our API, whatever it says itself.",
            OURS);
    private static final Twin<List<String>> SIGNATURES = Twin.of(
            "Algorithms",
            "Algorithms",
            OptionType.listOf(OptionType.choice(ALGORITHMS.toArray(String[]::new))),
            String.join(", ", ALGORITHMS),
            "What the provider may sign with.",
            OURS);
    private static final Twin<Boolean> LOOPBACK_HTTP = Twin.of(
            "AllowLoopbackHTTP",
            "AllowLoopbackHTTP",
            OptionType.yesNo(),
            "no",
            "Whether the provider may be on this very machine, also without TLS; for development only.",
            OURS);
    private static final Twin<Boolean> TOKEN_EXCHANGE = Twin.of(
            "TokenExchange",
            "TokenExchange",
            OptionType.yesNo(),
            "no",
            "Whether tokens for storage and computing elements are had from the provider, by token exchange, if its discovery"
                    + " document offers that; otherwise we mint them.",
            OURS);
    private static final String ROLE_MEANING =
            "What stands for the group in the group claim of the VO's provider, each without what follows a #.";
    private static final DeclaredOption<List<String>> ROLES = DeclaredOption.of(
            "Registry/{vo}/Groups/{group}/IdPRole", OptionType.texts(), "", ROLE_MEANING, "Framework reference 1.5");
    private static final DeclaredOption<List<String>> CLASSIC_ROLES = DeclaredOption.of(
            "Registry/Groups/{group}/IdPRole", OptionType.texts(), "", ROLE_MEANING, "Framework reference 1.5");

    private static final List<Twin<?>> TWINS = List.of(
            URL,
            CLIENT_ID,
            CLIENT_SECRET,
            SCOPE,
            AUDIENCE,
            GROUP_CLAIM,
            REGISTRATION,
            MAX_TOKEN_AGE,
            SIGNATURES,
            LOOPBACK_HTTP,
            TOKEN_EXCHANGE);

    @Override
    public List<DeclaredOption<?>> options() {
        List<DeclaredOption<?>> options = new ArrayList<>(List.of(ID_PROVIDER, ROLES, CLASSIC_ROLES));
        TWINS.forEach(twin -> {
            options.add(twin.byVo());
            options.add(twin.classic());
        });
        return List.copyOf(options);
    }

    /**
     * The provider of the VO, if it has one.
     *
     * @param groups the names of the VO's groups
     * @throws InvalidOption if what is said of it cannot be used
     */
    static Optional<IdentityProvider> provider(Configuration configuration, VoName vo, List<GroupName> groups) {
        Optional<Place> place = place(configuration, vo.text());
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Place at = place.get();
        URI url = URL.find(configuration, at)
                .orElseThrow(() -> new InvalidOption(URL.path(at), "", "the issuer of a provider"));
        boolean loopback = LOOPBACK_HTTP.read(configuration, at);
        if (!isAllowed(url, loopback)) {
            throw new InvalidOption(URL.path(at), url.toString(), ADDRESS);
        }
        return Optional.of(new IdentityProvider(
                vo,
                url,
                CLIENT_ID
                        .find(configuration, at)
                        .orElseThrow(
                                () -> new InvalidOption(CLIENT_ID.path(at), "", "the id of a client of the provider")),
                CLIENT_SECRET.find(configuration, at).map(text -> alias(text, at)),
                SCOPE.read(configuration, at),
                AUDIENCE.read(configuration, at),
                GROUP_CLAIM.read(configuration, at),
                roles(configuration, vo, groups),
                REGISTRATION.read(configuration, at),
                MAX_TOKEN_AGE.read(configuration, at),
                SIGNATURES.read(configuration, at),
                loopback,
                TOKEN_EXCHANGE.read(configuration, at)));
    }

    static final String ADDRESS =
            "an https URL of another machine, without user, query and fragment; this machine only with AllowLoopbackHTTP,"
                    + " then also by http";

    /** Whether we may call this address at all; where its name leads to is looked at when it is called. */
    static boolean isAllowed(URI url, boolean loopbackHttp) {
        return new AllowedTargets(true, loopbackHttp).allows(url);
    }

    /** The section that describes the VO's provider, if there is one. */
    static Optional<Place> place(Configuration configuration, String vo) {
        Place own = new Place(false, vo);
        if (configuration.option(URL.path(own)).filter(url -> !url.isBlank()).isPresent()) {
            return Optional.of(own);
        }
        return ID_PROVIDER.find(configuration, vo).map(name -> new Place(true, name));
    }

    static String section(Place place) {
        String url = URL.path(place);
        return url.substring(0, url.lastIndexOf('/'));
    }

    static String audiencePath(Place place) {
        return AUDIENCE.path(place);
    }

    private static Map<String, GroupName> roles(Configuration configuration, VoName vo, List<GroupName> groups) {
        Map<String, GroupName> roles = new HashMap<>();
        for (GroupName group : groups) {
            List<String> own = ROLES.read(configuration, vo.text(), group.text());
            (own.isEmpty() ? CLASSIC_ROLES.read(configuration, group.text()) : own)
                    .forEach(role -> roles.putIfAbsent(role, group));
        }
        return roles;
    }

    /** Does not repeat the text, which may be the secret itself. */
    private static String alias(String text, Place place) {
        return ServerCredentials.alias(text)
                .orElseThrow(() -> new InvalidOption(CLIENT_SECRET.path(place), "(not shown)", "credential:<alias>"));
    }
}
