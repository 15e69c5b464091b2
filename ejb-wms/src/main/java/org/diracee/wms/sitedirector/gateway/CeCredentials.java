/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.diracee.framework.credential.boundary.CredentialFiles;
import org.diracee.framework.exchange.boundary.ScopedTokens;
import org.diracee.framework.exchange.boundary.ServiceToken;
import org.diracee.framework.proxy.boundary.ProxyDelivery;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/**
 * What pilots of a VO are sent to a computing element with, in this order: the token of {@code TokenFile}; one of
 * {@code TokenEndpoint}; the proxy of {@code ProxyFile}; where the computing element has the tag {@code Token}, a token of our
 * own; else a proxy of the VO's generic pilot user. What was made is used until half its life is over.
 */
@ApplicationScoped
public class CeCredentials {

    private static final Caller OURSELVES = new Caller.System("SiteDirector");
    private static final Duration PROXY_LIFE = Duration.ofHours(12);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final String COMPUTE = "compute.cancel compute.create compute.modify compute.read";
    private static final int LONGEST_TOKEN = 32 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private CeCredentialSettings settings;
    private ScopedTokens tokens;
    private ProxyDelivery proxies;
    private CeHttp http;
    private Clock clock;

    protected CeCredentials() {} // for the container's proxy

    @Inject
    public CeCredentials(
            CeCredentialSettings settings, ScopedTokens tokens, ProxyDelivery proxies, CeHttp http, Clock clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.proxies = proxies;
        this.http = http;
        this.clock = clock;
    }

    private record Kept(CeCredential credential, Instant until) {}

    /**
     * The credential for this VO.
     *
     * @param address of the computing element, whom tokens are for unless {@code TokenAudience} says otherwise
     * @throws ComputingElementFailure if there is none; says why
     */
    CeCredential of(CeQueue queue, VoName vo, String address) {
        String audience = settings.tokenAudience(queue).orElse(address);
        Optional<Path> tokenFile = settings.tokenFile(queue);
        if (tokenFile.isPresent()) {
            return tokenOf(tokenFile.get());
        }
        Optional<URI> endpoint = settings.tokenEndpoint(queue);
        if (endpoint.isPresent()) {
            return kept(
                    "client " + queue.computingElement() + " " + queue.slot().queue() + " " + audience,
                    () -> granted(queue, endpoint.get(), audience));
        }
        Optional<Path> proxyFile = settings.proxyFile(queue);
        if (proxyFile.isPresent()) {
            return proxyOf(proxyFile.get());
        }
        if (CeCredentialSettings.takesTokens(queue, vo)) {
            return kept("token " + vo + " " + audience, () -> minted(vo, audience));
        }
        return kept("proxy " + vo, () -> generic(vo));
    }

    /** Lets go of what the computing element refused, as a new one may please it better. */
    void forget(CeCredential refused) {
        kept.values().removeIf(each -> each.credential().equals(refused));
    }

    private CeCredential kept(String key, Supplier<Kept> maker) {
        Kept known = kept.get(key);
        if (known == null || !clock.instant().isBefore(known.until())) {
            known = maker.get();
            kept.put(key, known);
        }
        return known.credential();
    }

    private Kept minted(VoName vo, String audience) {
        ServiceToken token = tokens.forPilots(OURSELVES, vo, audience);
        return new Kept(
                new CeCredential.Token(
                        token.text(), "our token for the pilots of " + vo + " with the audience " + audience),
                half(token.expires()));
    }

    private Kept generic(VoName vo) {
        try {
            ProxyCredential proxy =
                    proxies.forPilot(OURSELVES, vo, settings.genericUser(vo), settings.genericGroup(vo), PROXY_LIFE);
            return new Kept(new CeCredential.Proxy(proxy), half(proxy.chain().expires()));
        } catch (ComputingElementFailure known) {
            throw known;
        } catch (DiracException none) {
            throw new ComputingElementFailure(
                    "There is no proxy to send pilots of " + vo + " with: " + none.detail(), none);
        }
    }

    private Kept granted(CeQueue queue, URI endpoint, String audience) {
        String form = Map.of(
                        "grant_type",
                        "client_credentials",
                        "scope",
                        settings.tokenScope(queue).orElse(COMPUTE),
                        "audience",
                        audience)
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        String client = settings.tokenClient(queue);
        // RFC 6749, section 2.3.1
        String basic = encoded(client) + ":" + encoded(settings.tokenSecret(queue));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            CeHttp.Answer answer = http.send(queue, Optional.empty(), request, ANSWER);
            JsonNode body = JSON.readTree(answer.body());
            String token = body.path("access_token").asText();
            if (answer.status() != 200 || token.isEmpty()) {
                throw new ComputingElementFailure(endpoint + " gives the client " + client + " no token: "
                        + answer.status() + " " + body.path("error").asText() + " "
                        + body.path("error_description").asText());
            }
            return new Kept(
                    new CeCredential.Token(token, "the token of " + endpoint + " for the client " + client),
                    half(clock.instant().plusSeconds(body.path("expires_in").asLong(ANSWER.toSeconds()))));
        } catch (IOException failure) {
            throw new ComputingElementFailure(endpoint + " gave no token: " + failure.getMessage(), failure);
        }
    }

    private CeCredential tokenOf(Path file) {
        try {
            String text = CredentialFiles.read(file).strip();
            if (text.isEmpty() || text.length() > LONGEST_TOKEN || !text.matches("[\\x21-\\x7e]+")) {
                throw new ComputingElementFailure(file + " holds no token");
            }
            return new CeCredential.Token(text, "the token of " + file);
        } catch (IOException unusable) {
            throw new ComputingElementFailure(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private CeCredential proxyOf(Path file) {
        try {
            return new CeCredential.Proxy(CredentialFiles.proxy(file, clock.instant()));
        } catch (IOException unusable) {
            throw new ComputingElementFailure(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private Instant half(Instant expires) {
        return clock.instant().plus(Duration.between(clock.instant(), expires).dividedBy(2));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
