/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/**
 * Settings of the token issuer: what a VO says in {@code Operations} over what counts for the installation, within the limits that
 * this sets to VOs.
 *
 * @param configuration the snapshot they are read from
 */
public record TokenSettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Services/Token/";
    private static final String VO_SECTION = "Operations/{vo}/Services/Token/";
    private static final String REFERENCE = "DiracX REST reference 3";
    private static final String OURS = "DIRAC EE";

    private static final DeclaredOption<String> ISSUER = DeclaredOption.of(
            SECTION + "Issuer",
            OptionType.text(),
            "Who we are in our tokens; by default the URL of the installation.",
            REFERENCE);
    private static final DeclaredOption<String> AUDIENCE = DeclaredOption.of(
            SECTION + "Audience",
            OptionType.text(),
            "Whom our access tokens are for; by default the issuer. Tokens for another audience are refused.",
            OURS);
    private static final Life ACCESS =
            new Life("AccessTokenLifetime", "1200", "How long an access token is valid.", REFERENCE);
    private static final Life REFRESH =
            new Life("RefreshTokenLifetime", "3600", "How long a user's refresh token can be used.", REFERENCE);
    private static final Life PILOT_REFRESH =
            new Life("PilotRefreshTokenLifetime", "604800", "The longest time that a pilot can go on.", OURS);
    private static final Life SESSION = new Life(
            "SessionLifetime",
            "",
            "The longest time between a user's log-ins; by default RefreshTokenLifetime, so that refreshing prolongs nothing.",
            OURS);
    private static final DeclaredOption<Duration> ACCESS_LIMIT = DeclaredOption.of(
            SECTION + "AccessTokenLimit",
            OptionType.seconds(1),
            "86400",
            "The longest that any access token lives, also of jobs and for services elsewhere, whatever their own settings say; none can be revoked.",
            OURS);
    private static final DeclaredOption<Duration> SESSION_LIMIT = DeclaredOption.of(
            SECTION + "SessionLimit",
            OptionType.seconds(1),
            "2592000",
            "The most that the other lifetimes can be, whatever a VO says.",
            OURS);

    /** Who we are in our tokens. */
    public Issuer issuer(String publicUrl) {
        String name = ISSUER.find(configuration).orElse(publicUrl);
        return new Issuer(name, AUDIENCE.find(configuration).orElse(name));
    }

    public Duration accessTokenLifetime(VoName vo) {
        return atMostAnAccessToken(ACCESS.of(configuration, vo));
    }

    /** The span, or the longest that any access token may live if that is shorter. */
    public Duration atMostAnAccessToken(Duration wanted) {
        return least(wanted, ACCESS_LIMIT.read(configuration));
    }

    /** How long a user's refresh token can be used; the session may end earlier. */
    public Duration refreshTokenLifetime(VoName vo) {
        return least(REFRESH.of(configuration, vo), SESSION_LIMIT.read(configuration));
    }

    /** The longest time between a user's log-ins. */
    public Duration sessionLifetime(VoName vo) {
        return SESSION.find(configuration, vo)
                .map(life -> least(life, SESSION_LIMIT.read(configuration)))
                .orElseGet(() -> refreshTokenLifetime(vo));
    }

    /** The longest time that a pilot can go on. */
    public Duration pilotRefreshTokenLifetime(VoName vo) {
        return least(PILOT_REFRESH.of(configuration, vo), SESSION_LIMIT.read(configuration));
    }

    /** The span, or the longest that any session may last if that is shorter. */
    public Duration atMostASession(Duration wanted) {
        return least(wanted, SESSION_LIMIT.read(configuration));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** A span that a VO may set for itself. */
    private record Life(DeclaredOption<Duration> installation, DeclaredOption<Duration> ofVo) {

        Life(String name, String standard, String meaning, String source) {
            this(
                    standard.isEmpty()
                            ? DeclaredOption.of(SECTION + name, OptionType.seconds(1), meaning, source)
                            : DeclaredOption.of(SECTION + name, OptionType.seconds(1), standard, meaning, source),
                    DeclaredOption.of(
                            VO_SECTION + name,
                            OptionType.seconds(1),
                            "The same for the VO; by default that of the installation.",
                            OURS));
        }

        Duration of(Configuration configuration, VoName vo) {
            return ofVo.find(configuration, vo).orElseGet(() -> installation.read(configuration));
        }

        Optional<Duration> find(Configuration configuration, VoName vo) {
            return ofVo.find(configuration, vo).or(() -> installation.find(configuration));
        }

        Stream<DeclaredOption<?>> options() {
            return Stream.of(installation, ofVo);
        }
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return Stream.concat(
                            Stream.of(ISSUER, AUDIENCE, ACCESS_LIMIT, SESSION_LIMIT),
                            Stream.of(ACCESS, REFRESH, SESSION, PILOT_REFRESH).flatMap(Life::options))
                    .toList();
        }
    }
}
