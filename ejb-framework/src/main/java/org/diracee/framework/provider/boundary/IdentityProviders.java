/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.provider.control.KnownProviders;
import org.diracee.framework.provider.control.ProviderConnection;
import org.diracee.framework.provider.control.ProviderDocuments;
import org.diracee.framework.provider.control.ProviderMetadata;
import org.diracee.framework.provider.control.ProviderTokens;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.Sha256;
import org.diracee.kernel.value.VoName;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * Lets people prove at the provider of their VO who they are: the authorization code flow of OpenID Connect with PKCE. Calls of
 * the provider end within seconds; no transaction should be open meanwhile.
 */
@ApplicationScoped
public class IdentityProviders {

    private static final String LOG_IN = "this is how a person becomes known";
    private static final String FOR_A_USER = "the calling service acts for a user who has logged in at the provider";
    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private KnownProviders known;
    private ProviderDocuments documents;
    private ProviderTokens tokens;
    private ProviderConnection connection;
    private ServerCredentials secrets;
    private Clock clock;

    protected IdentityProviders() {} // for the container's proxy

    @Inject
    public IdentityProviders(
            KnownProviders known,
            ProviderDocuments documents,
            ProviderTokens tokens,
            ProviderConnection connection,
            ServerCredentials secrets,
            Clock clock) {
        this.known = known;
        this.documents = documents;
        this.tokens = tokens;
        this.connection = connection;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Where the members of the VO log in; empty if they do so with us.
     *
     * @throws ProviderFailed if what the configuration says of it cannot be used; the log says why
     */
    @OpenAccess(LOG_IN)
    public Optional<IdentityProvider> of(VoName vo) {
        try {
            return known.of(vo);
        } catch (InvalidOption unusable) {
            // told to the log when the configuration was read
            throw new ProviderFailed(
                    vo,
                    "cannot be used: what the configuration says of it is not complete or not valid; please tell the"
                            + " administrators",
                    unusable);
        }
    }

    /**
     * The address to send a person to.
     *
     * @throws ProviderFailed if the provider does not tell it
     */
    @OpenAccess(LOG_IN)
    public URI address(IdentityProvider provider, ProviderQuestion question) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", provider.clientId());
        parameters.put("redirect_uri", question.returnTo().toString());
        parameters.put("scope", provider.scope());
        parameters.put("state", question.state());
        parameters.put("nonce", question.nonce());
        parameters.put("code_challenge", challenge(question.verifier()));
        parameters.put("code_challenge_method", "S256");
        String endpoint = documents.metadata(provider).authorizationEndpoint().toString();
        return URI.create(endpoint
                + (endpoint.indexOf('?') < 0 ? "?" : "&")
                + parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "="
                                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    /**
     * Lets an answer pass that comes from this provider as far as it says so: one provider must not answer for another.
     *
     * @throws ProviderRefused otherwise
     * @see "RFC 9207"
     */
    @OpenAccess(LOG_IN)
    public void requireIssuer(IdentityProvider provider, Optional<String> named) {
        if (named.isPresent()
                && !named.get().equals(documents.metadata(provider).issuer())) {
            throw new ProviderRefused("it comes from another identity provider");
        }
    }

    /**
     * Who the person is that came back from the provider with this code.
     *
     * @throws ProviderRefused if the provider does not accept the code, or its ID token proves nothing
     * @throws ProviderFailed if the provider cannot be reached or answers nonsense
     */
    @OpenAccess(LOG_IN)
    public Redeemed redeem(IdentityProvider provider, String code, ProviderQuestion question) {
        ProviderConnection.Answer answer = exchange(provider, code, question);
        String idToken = idToken(provider, answer);
        try {
            return new Redeemed(
                    identity(provider, tokens.idToken(provider, idToken, question.nonce())),
                    text(answer, "refresh_token"));
        } catch (InvalidToken wrong) {
            LOG.idTokenRefused(provider.vo(), provider.url().toString(), wrong.detail());
            throw new ProviderRefused("the ID token of the identity provider is not valid");
        }
    }

    /**
     * Tokens for a refresh token; the provider may not take that another time.
     *
     * @throws ProviderGrantGone if the provider does not take it
     * @throws ProviderFailed if the provider cannot be reached or answers nonsense
     */
    @OpenAccess(FOR_A_USER)
    public ProviderGrant refresh(IdentityProvider provider, String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        ProviderConnection.Answer answer =
                asked(provider, documents.metadata(provider).tokenEndpoint(), form);
        if (text(answer, "error").filter("invalid_grant"::equals).isPresent()) {
            throw new ProviderGrantGone();
        }
        return grant(provider, answer);
    }

    /** Whether tokens for others are had from the provider: the VO wants it, and the provider offers it. */
    @OpenAccess(FOR_A_USER)
    public boolean exchangesTokens(IdentityProvider provider) {
        return provider.exchangesTokens()
                && documents.metadata(provider).grants().contains(TOKEN_EXCHANGE);
    }

    /**
     * A token for another service, for an access token of the provider.
     *
     * @throws ProviderRefused if the provider gives none
     * @throws ProviderFailed if the provider cannot be reached or answers nonsense
     * @see "RFC 8693"
     */
    @OpenAccess(FOR_A_USER)
    public ProviderGrant exchange(IdentityProvider provider, String accessToken, String audience, String scope) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", TOKEN_EXCHANGE);
        form.put("subject_token", accessToken);
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        form.put("requested_token_type", "urn:ietf:params:oauth:token-type:access_token");
        form.put("audience", audience);
        form.put("scope", scope);
        ProviderConnection.Answer answer =
                asked(provider, documents.metadata(provider).tokenEndpoint(), form);
        if (answer.status() >= 400 && answer.status() < 500) {
            throw new ProviderExchangeRefused(text(answer, "error").orElse("status " + answer.status()));
        }
        return grant(provider, answer);
    }

    /** Gives a refresh token back, if the provider takes it; a failure changes nothing for the user. */
    @OpenAccess(FOR_A_USER)
    public void revoke(IdentityProvider provider, String refreshToken) {
        try {
            documents.metadata(provider).revocation().ifPresent(address -> {
                Map<String, String> form = new LinkedHashMap<>();
                form.put("token", refreshToken);
                form.put("token_type_hint", "refresh_token");
                asked(provider, address, form);
            });
        } catch (ProviderFailed told) {
            // it is logged, and nobody has the token any more
        }
    }

    /** The provider's answer to a form with our credentials, unless it is none at all. */
    private ProviderConnection.Answer asked(IdentityProvider provider, URI address, Map<String, String> form) {
        form.put("client_id", provider.clientId());
        try {
            ProviderConnection.Answer answer =
                    connection.post(address, form, provider.clientSecret().map(alias -> basic(provider, alias)));
            if (answer.status() >= 500) {
                throw new IOException("status " + answer.status() + " from " + address);
            }
            return answer;
        } catch (IOException failed) {
            LOG.providerFailed(provider.vo(), provider.url().toString(), failed.toString());
            throw new ProviderFailed(
                    provider.vo(), "does not answer as it should; please try again in a while", failed);
        }
    }

    private ProviderGrant grant(IdentityProvider provider, ProviderConnection.Answer answer) {
        Optional<String> token = text(answer, "access_token");
        if (answer.status() != 200 || token.isEmpty()) {
            String what = "status " + answer.status() + " and no token: "
                    + text(answer, "error").orElse("no error is named");
            LOG.providerFailed(provider.vo(), provider.url().toString(), what);
            throw new ProviderFailed(provider.vo(), "gives no token; its administrators have to look why", null);
        }
        return new ProviderGrant(token.get(), expires(answer), text(answer, "refresh_token"));
    }

    private Optional<Instant> expires(ProviderConnection.Answer answer) {
        try {
            return JsonUtil.parseJson(answer.body()).get("expires_in") instanceof Number seconds
                            && seconds.longValue() > 0
                            && seconds.longValue() <= LONGEST_LIFE.toSeconds()
                    ? Optional.of(clock.instant().plusSeconds(seconds.longValue()))
                    : Optional.empty();
        } catch (JoseException noJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(ProviderConnection.Answer answer, String name) {
        try {
            return JsonUtil.parseJson(answer.body()).get(name) instanceof String text && !text.isBlank()
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (JoseException noJson) {
            return Optional.empty();
        }
    }

    private ProviderConnection.Answer exchange(IdentityProvider provider, String code, ProviderQuestion question) {
        ProviderMetadata metadata = documents.metadata(provider);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", question.returnTo().toString());
        form.put("client_id", provider.clientId());
        form.put("code_verifier", question.verifier());
        Optional<String> credentials = provider.clientSecret().map(alias -> basic(provider, alias));
        try {
            ProviderConnection.Answer answer = connection.post(metadata.tokenEndpoint(), form, credentials);
            if (answer.status() >= 400 && answer.status() < 500) {
                LOG.providerRefused(provider.vo(), provider.url().toString(), answer.status());
                throw new ProviderRefused("the identity provider did not accept it");
            }
            if (answer.status() != 200) {
                throw new IOException("status " + answer.status() + " from " + metadata.tokenEndpoint());
            }
            return answer;
        } catch (IOException failed) {
            LOG.providerFailed(provider.vo(), provider.url().toString(), failed.toString());
            throw new ProviderFailed(
                    provider.vo(), "does not answer as it should; please log in anew in a while", failed);
        }
    }

    private static String idToken(IdentityProvider provider, ProviderConnection.Answer answer) {
        Optional<String> token = text(answer, "id_token");
        if (token.isPresent()) {
            return token.get();
        }
        LOG.providerFailed(provider.vo(), provider.url().toString(), "no ID token in the answer to a code");
        throw new ProviderFailed(
                provider.vo(), "gives no ID token; its administrators have to allow the scope openid", null);
    }

    private static ProviderIdentity identity(IdentityProvider provider, JwtClaims claims) {
        return new ProviderIdentity(
                KnownProviders.text(claims, "sub").orElseThrow(() -> new InvalidToken("unusable claims")),
                KnownProviders.text(claims, "preferred_username"),
                // one that nobody has verified could be another's
                Boolean.TRUE.equals(claims.getClaimValue("email_verified"))
                        ? KnownProviders.text(claims, "email")
                        : Optional.empty(),
                KnownProviders.texts(claims, provider.groupClaim()));
    }

    private String basic(IdentityProvider provider, String alias) {
        String secret = secrets.secret(alias).orElseThrow(() -> {
            LOG.clientSecretMissing(provider.vo(), alias);
            return new ProviderFailed(provider.vo(), "cannot be used: our secret for it is not installed", null);
        });
        // both are encoded before they are joined (RFC 6749 2.3.1)
        String both = List.of(provider.clientId(), secret).stream()
                .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                .collect(Collectors.joining(":"));
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static String challenge(String verifier) {
        return BASE64_URL.encodeToString(Sha256.of(verifier));
    }
}
