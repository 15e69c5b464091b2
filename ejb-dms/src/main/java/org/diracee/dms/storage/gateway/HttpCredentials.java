/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.control.StorageAction;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.dms.storage.control.StorageTokens;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.credential.boundary.CredentialFiles;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.exchange.boundary.ServiceToken;
import org.diracee.framework.proxy.boundary.ProxyDelivery;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * What storage elements know us by: a token for the one path where they take tokens, else {@code Username} and {@code Password}, else
 * the certificate of {@code ProxyFile}, else the stored proxy of {@code ProxyUser}.
 */
@ApplicationScoped
public class HttpCredentials {

    private static final Caller OURSELVES = new Caller.System("StorageFiles");
    private static final Duration PROXY_LIFE = Duration.ofHours(12);

    private final Map<String, ProxyCredential> stored = new ConcurrentHashMap<>();
    private HttpOptions options;
    private StorageTokens tokens;
    private ProxyDelivery proxies;
    private ServerCredentials credentials;
    private Deployment deployment;
    private Clock clock;

    protected HttpCredentials() {} // for the container's proxy

    @Inject
    public HttpCredentials(
            HttpOptions options,
            StorageTokens tokens,
            ProxyDelivery proxies,
            ServerCredentials credentials,
            Deployment deployment,
            Clock clock) {
        this.options = options;
        this.tokens = tokens;
        this.proxies = proxies;
        this.credentials = credentials;
        this.deployment = deployment;
        this.clock = clock;
    }

    /** A token for the actions on this path; empty if the endpoint takes none. */
    Optional<ServiceToken> token(StoragePlace place, StorageAction action, StorageAction... more) {
        URI root = options.root(place.endpoint());
        return tokens.of(place, root.toString(), EnumSet.of(action, more));
    }

    /** The same to be given to others: empty also if it would be good for more than this path. */
    Optional<ServiceToken> givenToken(StoragePlace place, StorageAction action) {
        return tokens.isExact(place) ? token(place, action) : Optional.empty();
    }

    /** The value of the header that says who we are. */
    Optional<String> authorization(StoragePlace place, StorageAction action, StorageAction... more) {
        return token(place, action, more).map(HttpCredentials::bearer).or(() -> password(place.endpoint()));
    }

    static String bearer(ServiceToken token) {
        return "Bearer " + token.text();
    }

    /** Whose certificate is shown. */
    Optional<ProxyCredential> person(StoragePlace place, Optional<String> authorization) {
        StorageEndpoint endpoint = place.endpoint();
        if (authorization.isPresent()) {
            return Optional.empty();
        }
        Optional<String> file = options.proxyFile(endpoint);
        if (file.isPresent()) {
            return Optional.of(ofFile(endpoint, file.get()));
        }
        return options.proxyUser(endpoint).map(user -> stored(endpoint, place.vo(), user));
    }

    private Optional<String> password(StorageEndpoint endpoint) {
        return options.username(endpoint).map(name -> {
            String password = options.password(endpoint)
                    .flatMap(ServerCredentials::alias)
                    .flatMap(credentials::secret)
                    .orElseThrow(() -> HttpOptions.wrong(
                            endpoint, "Password is not credential:<alias> of a secret that the server has"));
            return "Basic "
                    + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        });
    }

    private ProxyCredential ofFile(StorageEndpoint endpoint, String given) {
        try {
            return CredentialFiles.proxy(CredentialFiles.path(deployment, given), clock.instant());
        } catch (IOException unusable) {
            throw HttpOptions.wrong(endpoint, "ProxyFile: " + unusable.getMessage());
        }
    }

    /** Used until half its life is over: making one takes a key. */
    private ProxyCredential stored(StorageEndpoint endpoint, VoName vo, UserName user) {
        String key = vo + " " + user + " " + options.proxyGroup(endpoint);
        Instant now = clock.instant();
        ProxyCredential known = stored.get(key);
        if (known != null
                && now.plus(PROXY_LIFE.dividedBy(2)).isBefore(known.chain().expires())) {
            return known;
        }
        try {
            ProxyCredential proxy = proxies.forPilot(OURSELVES, vo, user, options.proxyGroup(endpoint), PROXY_LIFE);
            stored.put(key, proxy);
            return proxy;
        } catch (DiracException none) {
            throw new StorageFailure(
                    Reason.BROKEN, "There is no proxy to show to " + endpoint + ": " + none.detail(), none);
        }
    }
}
