/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.framework.exchange.boundary.ScopedTokens;
import org.diracee.framework.exchange.boundary.ServiceToken;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.StorageGrant;
import org.diracee.framework.token.boundary.TokenVerification;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Tokens for storage elements, each for what is done with one path. They are signed here and kept nowhere; only those that a VO's
 * provider gives are used again until half their life is over.
 *
 * <p>It trusts its callers: whoever wants a token for a file has asked the catalogue whether the caller may have it done.
 */
@ApplicationScoped
public class StorageTokens {

    private static final Caller OURSELVES = new Caller.System("StorageTokens");

    /** Whom tokens are for that no user gets to see. */
    private static final String OWN_ACCOUNT = "storage";

    private static final int MOST_KEPT = 10_000;

    private final Map<Wanted, Kept> exchanged = new ConcurrentHashMap<>();
    private StorageTokenSettings settings;
    private ScopedTokens tokens;
    private TokenVerification verification;
    private Registry registry;
    private Clock clock;

    protected StorageTokens() {} // for the container's proxy

    @Inject
    public StorageTokens(
            StorageTokenSettings settings,
            ScopedTokens tokens,
            TokenVerification verification,
            Registry registry,
            Clock clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.verification = verification;
        this.registry = registry;
        this.clock = clock;
    }

    private record Wanted(VoName vo, UserName user, String audience, String scope) {}

    private record Kept(ServiceToken token, Instant until) {}

    /**
     * A token for a file or directory at an endpoint.
     *
     * @param audience whom it is for unless {@code TokenAudience} says otherwise
     * @return empty if the endpoint takes none
     * @throws StorageFailure if the VO's provider gives none, or the path is not where tokens are good for
     */
    public Optional<ServiceToken> of(StoragePlace place, String audience, Set<StorageAction> actions) {
        StorageEndpoint endpoint = place.endpoint();
        if (!settings.takesTokens(endpoint)) {
            return Optional.empty();
        }
        String path = reach(place);
        String forWhom = settings.audience(endpoint).orElse(audience);
        Optional<UserName> user = settings.tokenUser(endpoint);
        return Optional.of(
                user.isPresent()
                        ? exchanged(place, new Wanted(place.vo(), user.get(), forWhom, scope(actions, path)))
                        : mint(place.vo(), OWN_ACCOUNT, forWhom, actions, path, OptionalLong.empty()));
    }

    /** Whether such a token is for this path alone; else one to be given to others is none. */
    public boolean isExact(StoragePlace place) {
        return StorageScope.parts(reach(place))
                .equals(StorageScope.parts(below(settings.basePath(place.endpoint()), place)));
    }

    /** Storage elements that do not read paths written with {@code %XX} get tokens for a directory above. */
    private String reach(StoragePlace place) {
        String path = below(settings.basePath(place.endpoint()), place);
        return settings.readsEncodedPaths(place.endpoint()) ? path : StorageScope.plainPart(path);
    }

    /**
     * A token of ours.
     *
     * @param subject a user's stable id within the VO, or the name of an account that is nobody's
     * @param audience the storage element
     * @param size how many bytes alone may be written, which only our own storage elements understand; empty: any number
     */
    public ServiceToken mint(
            VoName vo, String subject, String audience, Set<StorageAction> actions, String path, OptionalLong size) {
        String scope = scope(actions, path) + (size.isPresent() ? " " + StorageLeave.sizeWord(size.getAsLong()) : "");
        return tokens.forStorage(OURSELVES, vo, subject, audience, scope);
    }

    /**
     * What a token allows at one of our own storage elements.
     *
     * @param audience that storage element, as {@link #mint} was told
     * @throws InvalidToken unless it is a token of ours for it that has not expired
     */
    public StorageLeave verify(String token, String audience) {
        StorageGrant grant = verification.storage(token, audience);
        return StorageLeave.of(grant.vo(), grant.subject(), grant.expires(), grant.scope());
    }

    private ServiceToken exchanged(StoragePlace place, Wanted wanted) {
        Instant now = clock.instant();
        Kept known = exchanged.get(wanted);
        if (known != null && now.isBefore(known.until())) {
            return known.token();
        }
        try {
            RegisteredUser user = registry.user(wanted.vo(), wanted.user())
                    .orElseThrow(() -> new StorageFailure(
                            StorageFailure.Reason.BROKEN,
                            "TokenUser of " + place.endpoint() + " is " + wanted.user() + ", who is no user of "
                                    + wanted.vo()));
            ServiceToken token =
                    tokens.forService(OURSELVES, wanted.vo(), user.subject(), wanted.audience(), wanted.scope());
            if (exchanged.size() >= MOST_KEPT) {
                exchanged.clear();
            }
            exchanged.put(
                    wanted,
                    new Kept(
                            token,
                            now.plus(Duration.between(now, token.expires()).dividedBy(2))));
            return token;
        } catch (StorageFailure said) {
            throw said;
        } catch (InvalidRequest never) {
            throw new StorageFailure(
                    StorageFailure.Reason.BROKEN, "There is no token for " + place + ": " + never.detail(), never);
        } catch (DiracException none) {
            throw new StorageFailure(
                    StorageFailure.Reason.AWAY, "There is no token for " + place + ": " + none.detail(), none);
        }
    }

    private static String scope(Set<StorageAction> actions, String path) {
        return StorageScope.text(
                actions.stream().map(action -> StorageScope.of(action, path)).toList());
    }

    private static String below(String base, StoragePlace place) {
        String above = base.replaceAll("/+$", "");
        if (!place.path().equals(above) && !place.path().startsWith(above + "/")) {
            throw new StorageFailure(
                    StorageFailure.Reason.BROKEN,
                    "WLCGTokenBasePath of " + place.endpoint() + " is " + base + ", but its files lie elsewhere: "
                            + place.path());
        }
        return place.path().substring(above.length());
    }
}
