/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.exchange.control.ForeignToken;
import org.diracee.framework.exchange.control.ScopedTokenSettings;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.IdentityProviders;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.diracee.framework.provider.boundary.ProviderGrant;
import org.diracee.framework.token.boundary.IssuedToken;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.tokenmanager.boundary.TokenManager;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.VoName;

/**
 * Tokens for storage and computing elements and for transfer services: each is for one of them, allows what it must and no more, and
 * is worth nothing to us. What users may ask for themselves stands in the registry; our own code may have what it needs.
 *
 * @see "WLCG Common JWT Profiles 1.0"
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ScopedTokens {

    private static final Pattern AUDIENCE = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]{1,512}");
    private static final String OURSELVES = "DIRAC";
    private static final String PILOTS = "pilots";
    private static final String COMPUTE = "compute.cancel compute.create compute.modify compute.read";
    private static final Caller OURSELF = new Caller.System("ScopedTokens");

    private TokenIssuer issuer;
    private IdentityProviders providers;
    private TokenManager manager;
    private ConfigurationService configuration;
    private SecurityAudit audit;
    private Clock clock;

    protected ScopedTokens() {} // for the container's proxy

    @Inject
    public ScopedTokens(
            TokenIssuer issuer,
            IdentityProviders providers,
            TokenManager manager,
            ConfigurationService configuration,
            SecurityAudit audit,
            Clock clock) {
        this.issuer = issuer;
        this.providers = providers;
        this.manager = manager;
        this.configuration = configuration;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A token that the user asks for.
     *
     * @param client the registered client through which the user does; its own limits hold as well
     * @param audience the one service that the token is for
     * @param scope what it is to allow, in words of the WLCG profile
     * @throws AudienceRefused if the user or the client may have none for this service
     * @throws InvalidRequest if the scope has other words, or more than the user or the client may have
     */
    @Requires(unlimited = true)
    public ServiceToken forUser(Caller caller, Optional<RegisteredClient> client, String audience, String scope) {
        Caller.User user = (Caller.User) caller;
        requireForeign(audience);
        Set<ServiceScope> asked = ServiceScope.parseAll(scope);
        ScopedTokenSettings settings = new ScopedTokenSettings(configuration.current());
        if (!settings.audiences(user).contains(audience)) {
            throw new AudienceRefused("the VO " + user.vo() + " lets members of the group " + user.group()
                    + " have tokens for " + listed(settings.audiences(user)));
        }
        requireCovered(
                asked, settings.scopes(user), "The VO " + user.vo() + " lets members of the group " + user.group());
        client.ifPresent(limits -> {
            if (!limits.audiences().contains(audience)) {
                throw new AudienceRefused(
                        "the client " + limits.id() + " may have tokens for " + listed(limits.audiences()));
            }
            requireCovered(asked, limits.scopes(), "The registry lets the client " + limits.id());
        });
        return granted(AuditActor.of(user), user.vo(), user.subject(), audience, asked);
    }

    /**
     * A token that our own code needs to do something for a user of the VO, or for one of its robots.
     *
     * @param subject the user's stable id within the VO
     * @param audience the one service that the token is for
     * @param scope what it is to allow, in words of the WLCG profile; bytes of a path may be written as {@code %XX}
     */
    @Requires(callers = CallerKind.SYSTEM)
    public ServiceToken forService(Caller caller, VoName vo, String subject, String audience, String scope) {
        requireForeign(audience);
        return granted(AuditActor.of(caller), vo, subject, audience, ServiceScope.parseOurs(scope));
    }

    /**
     * A token by which pilots of the VO are started and followed at a computing element, minted by ourselves. Its subject names the VO
     * and {@code pilots}: nobody's account.
     *
     * @param audience the computing element
     */
    @Requires(callers = CallerKind.SYSTEM)
    public ServiceToken forPilots(Caller caller, VoName vo, String audience) {
        requireForeign(audience);
        ServiceToken token = ofOurs(vo, PILOTS, audience, COMPUTE);
        LOG.scopedTokenGranted(audience, COMPUTE, PILOTS, vo, OURSELVES);
        audit.record(AuditedAct.done(
                AuditAct.TOKEN_EXCHANGE,
                AuditActor.of(caller),
                "service:" + audience,
                "for the pilots of " + vo + ", " + COMPUTE + ", by " + OURSELVES));
        return token;
    }

    /**
     * A token by which something is done with one file or directory of a storage element, minted by ourselves. Each lives for minutes and
     * is for one call, so it leaves neither a row nor an entry of the audit. What is done with it nobody tells here.
     *
     * @param subject a user's stable id within the VO, or the name of an account that is nobody's
     * @param audience the storage element; may be one of our own
     * @param scope in words of the WLCG profile
     */
    @Requires(callers = CallerKind.SYSTEM)
    public ServiceToken forStorage(Caller caller, VoName vo, String subject, String audience, String scope) {
        requireForeign(audience);
        return ofOurs(vo, subject, audience, scope);
    }

    private ServiceToken granted(
            AuditActor actor, VoName vo, String subject, String audience, Set<ServiceScope> scopes) {
        issuer.requireActive(vo, subject);
        Optional<IdentityProvider> provider = providers.of(vo).filter(providers::exchangesTokens);
        ServiceToken token = provider.isPresent()
                ? ofProvider(provider.get(), subject, audience, scopes)
                : ofOurs(vo, subject, audience, ServiceScope.text(scopes));
        String minter = provider.map(known -> known.url().toString()).orElse(OURSELVES);
        LOG.scopedTokenGranted(audience, token.scope(), subject, vo, minter);
        audit.record(AuditedAct.done(
                AuditAct.TOKEN_EXCHANGE,
                actor,
                "service:" + audience,
                "for user:" + vo + ":" + subject + ", " + token.scope() + ", by " + minter));
        return token;
    }

    private ServiceToken ofOurs(VoName vo, String subject, String audience, String scope) {
        IssuedToken token = issuer.serviceToken(
                vo, subject, audience, scope, new ScopedTokenSettings(configuration.current()).life(vo));
        return new ServiceToken(token.text(), token.expires(), audience, scope);
    }

    private ServiceToken ofProvider(
            IdentityProvider provider, String subject, String audience, Set<ServiceScope> scopes) {
        ProviderGrant own = manager.accessToken(OURSELF, provider.vo(), subject);
        String scope = ServiceScope.text(scopes);
        ProviderGrant given = providers.exchange(provider, own.accessToken(), audience, scope);
        List<String> asked = scopes.stream().map(ServiceScope::text).toList();
        if (!ForeignToken.isAsAsked(given.accessToken(), audience, asked)) {
            throw new ProviderFailed(
                    provider.vo(), "gave a token for more than the one audience and scope that it was asked for", null);
        }
        return new ServiceToken(given.accessToken(), given.expires().orElseGet(clock::instant), audience, scope);
    }

    /** Lest a token that was given away lets its receiver act here. */
    private void requireForeign(String audience) {
        if (!AUDIENCE.matcher(audience).matches()) {
            throw new AudienceRefused("it is the name or address of one service, without blanks");
        }
        if (issuer.isOurselves(audience)) {
            throw new AudienceRefused("tokens for this server are had by logging in");
        }
    }

    private static void requireCovered(Set<ServiceScope> asked, List<String> allowed, String who) {
        for (ServiceScope scope : asked) {
            if (allowed.stream().noneMatch(text -> covers(text, scope))) {
                throw new InvalidRequest(
                        ErrorCode.INVALID_SCOPE,
                        "Invalid scope: " + scope.text() + " is more than allowed. " + who + " have "
                                + listed(allowed));
            }
        }
    }

    /** What the configuration says that is no scope allows nothing. */
    private static boolean covers(String allowed, ServiceScope asked) {
        try {
            return ServiceScope.parse(allowed).covers(asked);
        } catch (InvalidRequest noScope) {
            return false;
        }
    }

    private static String listed(List<String> texts) {
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }
}
