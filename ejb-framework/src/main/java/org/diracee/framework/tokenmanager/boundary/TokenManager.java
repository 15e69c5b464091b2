/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.tokenmanager.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.IdentityProviders;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.diracee.framework.provider.boundary.ProviderGrant;
import org.diracee.framework.provider.boundary.ProviderGrantGone;
import org.diracee.framework.tokenmanager.control.TokenManagerSettings;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.VoName;

/**
 * Keeps the refresh tokens of users at the providers of their VOs, sealed, and gets access tokens for them. Providers take a refresh
 * token once and give another: so one node at a time asks for a user, and what it got is kept before anybody sees it.
 *
 * @see "Framework reference, TokenManager"
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenManager {

    private static final String OFFLINE_ACCESS = "offline_access";

    /** An access token that ends sooner is not given. */
    private static final Duration LEAST_LEFT = Duration.ofMinutes(1);

    /** Longer than any call of a provider takes. */
    private static final Duration CLAIMED_FOR = Duration.ofSeconds(40);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int PAUSES = 100;

    private KeptTokens tokens;
    private IdentityProviders providers;
    private ConfigurationService configuration;

    protected TokenManager() {} // for the container's proxy

    @Inject
    public TokenManager(KeptTokens tokens, IdentityProviders providers, ConfigurationService configuration) {
        this.tokens = tokens;
        this.providers = providers;
        this.configuration = configuration;
    }

    /** Keeps what the provider gave at a log-in, if the VO wants that: its {@code Scope} names {@code offline_access}. */
    @OpenAccess("the calling service has seen the person log in at the provider")
    public void keep(IdentityProvider provider, String subject, Optional<String> refreshToken) {
        if (refreshToken.isPresent()
                && Arrays.asList(provider.scope().split(" ", -1)).contains(OFFLINE_ACCESS)) {
            tokens.put(provider.vo(), subject, provider.url().toString(), provider.scope(), refreshToken.get());
            LOG.providerTokenKept(subject, provider.vo(), provider.url().toString());
        }
    }

    /**
     * An access token of the user at the provider of the VO, good for a minute at least unless the provider's are shorter.
     *
     * @throws NoProviderToken if the user has to log in anew
     * @throws ProviderFailed if the provider cannot be reached or answers nonsense
     * @throws Unavailable if other nodes have asked for so long that it is not known what they got
     */
    @Requires(callers = CallerKind.SYSTEM)
    public ProviderGrant accessToken(Caller caller, VoName vo, String subject) {
        UUID claim = UUID.randomUUID();
        for (int pause = 0; pause < PAUSES; pause++) {
            KeptTokens.Opened kept = tokens.find(vo, subject, LEAST_LEFT)
                    .orElseThrow(() -> new NoProviderToken("you have left nothing with us by which it could be"));
            if (kept.access().isPresent()) {
                return kept.access().get();
            }
            if (tokens.claim(vo, subject, claim, CLAIMED_FOR)) {
                return renewed(vo, subject, claim);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new Unavailable("The identity provider of the VO " + vo + " is being asked for you; please repeat");
    }

    private ProviderGrant renewed(VoName vo, String subject, UUID claim) {
        try {
            // another may have renewed it after we looked and before we claimed it
            KeptTokens.Opened kept = tokens.find(vo, subject, LEAST_LEFT)
                    .orElseThrow(() -> new NoProviderToken("you have just taken back what you left with us"));
            if (kept.access().isPresent()) {
                tokens.release(vo, subject, claim);
                return kept.access().get();
            }
            Optional<IdentityProvider> provider =
                    providers.of(vo).filter(now -> now.url().toString().equals(kept.issuer()));
            if (provider.isEmpty()) {
                throw gone(vo, subject, claim, "the VO has another provider now");
            }
            ProviderGrant grant = providers.refresh(provider.get(), kept.refreshToken());
            if (!tokens.renew(vo, subject, claim, kept.refreshToken(), grant)) {
                throw new NoProviderToken("what you left with us has changed meanwhile");
            }
            return grant;
        } catch (ProviderGrantGone refused) {
            throw gone(vo, subject, claim, "the provider does not take it any more");
        } catch (RuntimeException failed) {
            tokens.release(vo, subject, claim);
            throw failed;
        }
    }

    private NoProviderToken gone(VoName vo, String subject, UUID claim, String why) {
        tokens.deleteClaimed(vo, subject, claim, why);
        LOG.providerTokenDeleted(subject, vo, why);
        return new NoProviderToken(why);
    }

    /** What is kept of the caller; with ProxyManagement of all users of the caller's VO. */
    @Requires
    public List<KeptToken> list(Caller caller) {
        Caller.User user = (Caller.User) caller;
        return tokens.list(
                user.vo(), user.has(Property.PROXY_MANAGEMENT) ? Optional.empty() : Optional.of(user.subject()));
    }

    /**
     * Forgets what is kept of the caller; with ProxyManagement of any user of the caller's VO. The provider is told, if it can be.
     *
     * @param subject whose; empty: the caller's own
     * @return whether there was something
     * @throws Forbidden if it is another's and the caller lacks ProxyManagement
     */
    @Requires(unlimited = true)
    public boolean forget(Caller caller, Optional<String> subject) {
        Caller.User user = (Caller.User) caller;
        String whose = subject.orElse(user.subject());
        if (!whose.equals(user.subject()) && !user.has(Property.PROXY_MANAGEMENT)) {
            throw new Forbidden("Only its owner or a ProxyManagement of the VO may delete this token");
        }
        Optional<KeptTokens.Opened> kept = tokens.find(user.vo(), whose, LEAST_LEFT);
        boolean wasThere = tokens.delete(AuditActor.of(caller), user.vo(), whose, "by " + caller.identity());
        if (wasThere) {
            LOG.providerTokenDeleted(whose, user.vo(), "by " + caller.identity());
        }
        kept.ifPresent(last -> providers
                .of(user.vo())
                .filter(provider -> provider.url().toString().equals(last.issuer()))
                .ifPresent(provider -> providers.revoke(provider, last.refreshToken())));
        return wasThere;
    }

    /** Forgets at most this many that nobody has used for long; tells how many. */
    @OpenAccess("called by the cleaning agent")
    public int forgetOld(int limit) {
        return tokens.deleteUnused(new TokenManagerSettings(configuration.current()).keptUnused(), limit);
    }
}
