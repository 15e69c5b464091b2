/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.diracee.framework.token.boundary.StorageGrant;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.TokenSession;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * Translates callers to the claims of their tokens and back.
 *
 * <p>A user's claims are DiracX's with those of RFC 9068 that lack there, a pilot's have its stamp and no properties, a job's name the job and its attempt too.
 * A refresh token has neither issuer nor subject, so it can never pass for an access token.
 *
 * @see "DiracX REST reference 3 and 9"
 */
public final class TokenClaims {

    private static final String VO = "vo";
    private static final String GROUP = "dirac_group";
    private static final String USERNAME = "preferred_username";
    private static final String PROPERTIES = "dirac_properties";
    private static final String POLICIES = "dirac_policies";
    private static final String STAMP = "pilot_stamp";
    private static final String JOB = "dirac_job_id";
    private static final String ATTEMPT = "dirac_job_attempt";
    private static final String LEGACY = "legacy_exchange";
    private static final String CLIENT = "client_id";
    private static final String ACTOR = "act";
    private static final String SESSION_ENDS = "dirac_session_ends";
    private static final String SESSION = "sid";
    private static final String SCOPE = "scope";
    private static final String WLCG_VERSION = "wlcg.ver";

    private TokenClaims() {}

    /**
     * @param client the registered client that gets it, if it is not for the public one
     * @param session the session in which it is given, if it is given in one
     */
    public static JwtClaims ofUser(
            Issuer issuer,
            Caller.User user,
            Optional<String> client,
            Optional<TokenSession> session,
            UUID jti,
            Instant expires) {
        JwtClaims claims = access(issuer, user.vo() + ":" + user.subject(), user.vo(), jti, expires);
        claims.setStringClaim(USERNAME, user.username().text());
        claims.setStringClaim(GROUP, user.group().text());
        claims.setStringListClaim(
                PROPERTIES,
                user.properties().stream().map(Property::wireName).sorted().toList());
        claims.setClaim(POLICIES, Map.of());
        client.ifPresent(id -> claims.setStringClaim(CLIENT, id));
        session.ifPresent(in -> {
            claims.setStringClaim(SESSION, in.id().toString());
            in.ends().ifPresent(ends -> claims.setClaim(SESSION_ENDS, ends.getEpochSecond()));
        });
        user.credential().actor().ifPresent(id -> claims.setClaim(ACTOR, Map.of("sub", id)));
        return claims;
    }

    /**
     * A token for one storage or computing element, which knows nothing of our groups.
     *
     * @see "WLCG Common JWT Profiles 1.0"
     */
    public static JwtClaims ofService(
            Issuer issuer, VoName vo, String subject, String audience, String scope, UUID jti, Instant expires) {
        JwtClaims claims = access(new Issuer(issuer.name(), audience), vo + ":" + subject, jti, expires);
        claims.setStringClaim(WLCG_VERSION, "1.0");
        claims.setStringClaim(SCOPE, scope);
        return claims;
    }

    public static JwtClaims ofPilot(Issuer issuer, Caller.Pilot pilot, UUID jti, Instant expires) {
        JwtClaims claims = access(issuer, pilot.vo() + ":" + pilot.stamp(), pilot.vo(), jti, expires);
        claims.setStringClaim(STAMP, pilot.stamp().text());
        claims.setClaim(POLICIES, Map.of());
        return claims;
    }

    public static JwtClaims ofJob(Issuer issuer, Caller.Job job, UUID jti, Instant expires) {
        JwtClaims claims = access(issuer, job.vo() + ":" + job.identity(), job.vo(), jti, expires);
        claims.setStringClaim(STAMP, job.pilot().text());
        claims.setClaim(JOB, job.id().number());
        claims.setClaim(ATTEMPT, job.attempt());
        claims.setStringClaim(USERNAME, job.owner().text());
        claims.setStringClaim(GROUP, job.ownerGroup().text());
        claims.setClaim(POLICIES, Map.of());
        return claims;
    }

    /** @param legacy whether an old server got it, so that it is not rotated */
    public static JwtClaims ofRefresh(UUID jti, Instant expires, boolean legacy) {
        JwtClaims claims = new JwtClaims();
        claims.setJwtId(jti.toString());
        claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
        claims.setClaim(LEGACY, legacy);
        claims.setClaim(POLICIES, Map.of());
        return claims;
    }

    /** When a token ends that carries this id: the life counts from the id's own time, in whole seconds. */
    public static Instant expiry(UUID jti, Duration life) {
        return Instant.ofEpochSecond(UuidV7.instantOf(jti).plus(life).getEpochSecond());
    }

    /** The caller that the access token speaks for. @throws InvalidToken if the claims are not those of one of ours */
    public static Caller caller(JwtClaims claims, Issuer issuer) {
        try {
            if (!issuer.name().equals(claims.getIssuer())) {
                throw new InvalidToken("another issuer's");
            }
            if (!claims.getAudience().contains(issuer.audience())) {
                throw new InvalidToken("for another audience");
            }
            if (claims.hasClaim(WLCG_VERSION)) {
                throw new InvalidToken("for a storage or computing element");
            }
            VoName vo = new VoName(text(claims, VO));
            if (claims.hasClaim(JOB)) {
                return job(claims, vo);
            }
            if (claims.hasClaim(STAMP)) {
                return new Caller.Pilot(new PilotStamp(text(claims, STAMP)), vo);
            }
            return user(claims, vo);
        } catch (MalformedClaimException | InvalidValue unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    /** What a token for storage says. @throws InvalidToken if it is another issuer's or for another audience */
    public static StorageGrant storage(JwtClaims claims, Issuer issuer) {
        try {
            if (!issuer.name().equals(claims.getIssuer())) {
                throw new InvalidToken("another issuer's");
            }
            // one that is meant for another storage element, too, could have been taken from there
            if (!claims.getAudience().equals(List.of(issuer.audience()))) {
                throw new InvalidToken("for another audience");
            }
            String subject = text(claims, "sub");
            int colon = subject.indexOf(':');
            return new StorageGrant(
                    new VoName(subject.substring(0, Math.max(colon, 0))),
                    subject.substring(colon + 1),
                    text(claims, SCOPE),
                    expiry(claims));
        } catch (MalformedClaimException | InvalidValue unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    /** The registered client that the access token was given to; empty for the public one. */
    public static Optional<String> client(JwtClaims claims) {
        try {
            return Optional.ofNullable(claims.getStringClaimValue(CLIENT));
        } catch (MalformedClaimException unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    /** The session in which the access token was given; empty if in none. */
    public static Optional<TokenSession> session(JwtClaims claims) {
        try {
            Optional<Instant> ends = Optional.ofNullable(claims.getClaimValue(SESSION_ENDS, Number.class))
                    .map(end -> Instant.ofEpochSecond(end.longValue()));
            return Optional.ofNullable(claims.getStringClaimValue(SESSION))
                    .map(id -> new TokenSession(UUID.fromString(id), ends));
        } catch (MalformedClaimException | IllegalArgumentException unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    /** The id of the refresh token. @throws InvalidToken if the claims are those of an access token */
    public static UUID refreshId(JwtClaims claims) {
        try {
            if (!claims.hasClaim(LEGACY) || claims.getIssuer() != null) {
                throw new InvalidToken("no refresh token");
            }
            return UUID.fromString(text(claims, "jti"));
        } catch (MalformedClaimException | IllegalArgumentException unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    /** When the token was made, to the millisecond, which {@code iat} does not tell. */
    public static Instant issued(JwtClaims claims) {
        try {
            return UuidV7.instantOf(UUID.fromString(text(claims, "jti")));
        } catch (IllegalArgumentException | MalformedClaimException unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    /** The end of life that the token itself names. */
    public static Instant expiry(JwtClaims claims) {
        try {
            NumericDate expires = claims.getExpirationTime();
            return expires == null ? Instant.EPOCH : Instant.ofEpochSecond(expires.getValue());
        } catch (MalformedClaimException unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    private static JwtClaims access(Issuer issuer, String subject, VoName vo, UUID jti, Instant expires) {
        JwtClaims claims = access(issuer, subject, jti, expires);
        claims.setStringClaim(VO, vo.text());
        return claims;
    }

    private static JwtClaims access(Issuer issuer, String subject, UUID jti, Instant expires) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(subject);
        claims.setIssuer(issuer.name());
        claims.setAudience(issuer.audience());
        claims.setJwtId(jti.toString());
        NumericDate issued = NumericDate.fromSeconds(UuidV7.instantOf(jti).getEpochSecond());
        claims.setIssuedAt(issued);
        claims.setNotBefore(issued);
        claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
        return claims;
    }

    private static Caller.User user(JwtClaims claims, VoName vo) throws MalformedClaimException {
        String prefix = vo + ":";
        String subject = text(claims, "sub");
        if (!subject.startsWith(prefix) || !claims.isClaimValueStringList(PROPERTIES)) {
            throw new InvalidToken("unusable claims");
        }
        Set<Property> properties = EnumSet.noneOf(Property.class);
        for (String name : list(claims)) {
            Property.ofWireName(name).ifPresent(properties::add);
        }
        return new Caller.User(
                subject.substring(prefix.length()),
                new UserName(text(claims, USERNAME)),
                new GroupName(text(claims, GROUP)),
                vo,
                properties,
                new Credential(CredentialKind.ACCESS_TOKEN, text(claims, "jti"), actor(claims)));
    }

    private static Optional<String> actor(JwtClaims claims) {
        if (!claims.hasClaim(ACTOR)) {
            return Optional.empty();
        }
        if (claims.getClaimValue(ACTOR) instanceof Map<?, ?> actor && actor.get("sub") instanceof String id) {
            return Optional.of(id);
        }
        throw new InvalidToken("unusable claims");
    }

    private static Caller.Job job(JwtClaims claims, VoName vo) throws MalformedClaimException {
        Number id = claims.getClaimValue(JOB, Number.class);
        Number attempt = claims.getClaimValue(ATTEMPT, Number.class);
        if (id == null || attempt == null) {
            throw new InvalidToken("unusable claims");
        }
        return new Caller.Job(
                new JobId(id.longValue()),
                attempt.intValue(),
                new PilotStamp(text(claims, STAMP)),
                new UserName(text(claims, USERNAME)),
                new GroupName(text(claims, GROUP)),
                vo);
    }

    private static List<String> list(JwtClaims claims) throws MalformedClaimException {
        List<String> names = claims.getStringListClaimValue(PROPERTIES);
        return names == null ? List.of() : names;
    }

    private static String text(JwtClaims claims, String name) throws MalformedClaimException {
        String text = claims.getStringClaimValue(name);
        if (text == null) {
            throw new InvalidToken("unusable claims");
        }
        return text;
    }
}
