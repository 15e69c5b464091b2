/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.diracee.client.wire.TokenResponse;

/**
 * Keeps one session alive: hands out the access token and renews it before it expires, one thread at a time, so that a
 * rotating refresh token is never used twice.
 */
public final class RefreshingTokens implements TokenSource {

    private final Function<String, TokenResponse> refresh;
    private final Duration margin;
    private final Clock clock;

    private TokenResponse current;
    private Instant expiry;

    /**
     * @param refresh exchanges a refresh token for new tokens
     * @param margin how long before its expiry a token is renewed; at most half of its life is used
     */
    public RefreshingTokens(
            TokenResponse first, Function<String, TokenResponse> refresh, Duration margin, Clock clock) {
        this.refresh = refresh;
        this.margin = margin;
        this.clock = clock;
        this.current = first;
        this.expiry = clock.instant().plusSeconds(first.expiresIn());
    }

    @Override
    public synchronized Optional<String> token() {
        Duration life = Duration.ofSeconds(current.expiresIn());
        Duration early = margin.compareTo(life.dividedBy(2)) < 0 ? margin : life.dividedBy(2);
        if (!clock.instant().isBefore(expiry.minus(early))) {
            renew();
        }
        return Optional.of(current.accessToken());
    }

    @Override
    public synchronized Optional<String> replacement(String refused) {
        if (refused.equals(current.accessToken()) && !renew()) {
            return Optional.empty();
        }
        return Optional.of(current.accessToken());
    }

    private boolean renew() {
        String refreshToken = current.refreshToken();
        if (refreshToken == null) {
            return false;
        }
        TokenResponse next = refresh.apply(refreshToken);
        current = next.refreshToken() == null ? next.withRefreshToken(refreshToken) : next;
        expiry = clock.instant().plusSeconds(current.expiresIn());
        return true;
    }
}
