/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.tokenmanager.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.provider.boundary.ProviderGrant;
import org.diracee.framework.sealing.boundary.Sealing;
import org.diracee.framework.tokenmanager.entity.ProviderToken;
import org.diracee.framework.tokenmanager.entity.ProviderTokenRepository;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;

/** Reads and changes what is kept, each time in a short transaction of its own: none is open while a provider is asked. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class KeptTokens {

    private static final String INTERNAL = "called by the token manager";

    private ProviderTokenRepository tokens;
    private Sealing sealing;
    private SecurityAudit audit;
    private Clock clock;

    protected KeptTokens() {} // for the container's proxy

    @Inject
    public KeptTokens(ProviderTokenRepository tokens, Sealing sealing, SecurityAudit audit, Clock clock) {
        this.tokens = tokens;
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What is kept of a user, opened.
     *
     * @param access the latest access token and its end, if it is good for as long as was asked
     */
    public record Opened(String issuer, String refreshToken, Optional<ProviderGrant> access) {

        @Override
        public String toString() {
            return "tokens at " + issuer; // the rest is secret
        }
    }

    @OpenAccess(INTERNAL)
    public void put(VoName vo, String subject, String issuer, String scope, String refreshToken) {
        tokens.put(vo.text(), subject, issuer, scope, sealing.seal(refreshToken, place(vo, subject)), clock.instant());
        audit.record(AuditedAct.done(
                AuditAct.PROVIDER_TOKEN,
                AuditActor.user(vo, subject, "", ""),
                "provider-token:" + vo + ":" + subject,
                "kept at log-in"));
    }

    /** @param least how long an access token must still be good to be given */
    @OpenAccess(INTERNAL)
    public Optional<Opened> find(VoName vo, String subject, Duration least) {
        return tokens.find(vo.text(), subject)
                .map(kept -> new Opened(
                        kept.issuer(),
                        sealing.open(kept.refreshToken(), place(vo, subject)),
                        kept.accessToken(clock.instant().plus(least))
                                .map(access -> new ProviderGrant(
                                        sealing.open(access, accessPlace(vo, subject)),
                                        Optional.of(kept.accessExpires()),
                                        Optional.empty()))));
    }

    @OpenAccess(INTERNAL)
    public boolean claim(VoName vo, String subject, UUID claim, Duration forSoLong) {
        Instant now = clock.instant();
        return tokens.claim(vo.text(), subject, claim, now, now.plus(forSoLong));
    }

    @OpenAccess(INTERNAL)
    public boolean renew(VoName vo, String subject, UUID claim, String formerRefreshToken, ProviderGrant grant) {
        boolean kept = tokens.renew(
                vo.text(),
                subject,
                claim,
                sealing.seal(grant.refreshToken().orElse(formerRefreshToken), place(vo, subject)),
                grant.expires()
                        .map(end -> sealing.seal(grant.accessToken(), accessPlace(vo, subject)))
                        .orElse(null),
                grant.expires().orElse(null),
                clock.instant());
        audit.record(AuditedAct.done(
                AuditAct.PROVIDER_TOKEN,
                AuditActor.user(vo, subject, "", ""),
                "provider-token:" + vo + ":" + subject,
                "gave an access token"));
        return kept;
    }

    @OpenAccess(INTERNAL)
    public void release(VoName vo, String subject, UUID claim) {
        tokens.release(vo.text(), subject, claim);
    }

    @OpenAccess(INTERNAL)
    public void deleteClaimed(VoName vo, String subject, UUID claim, String why) {
        if (tokens.deleteClaimed(vo.text(), subject, claim)) {
            deleted(AuditActor.user(vo, subject, "", ""), vo, subject, why);
        }
    }

    @OpenAccess(INTERNAL)
    public boolean delete(AuditActor by, VoName vo, String subject, String why) {
        boolean wasThere = tokens.delete(vo.text(), subject);
        if (wasThere) {
            deleted(by, vo, subject, why);
        }
        return wasThere;
    }

    private void deleted(AuditActor by, VoName vo, String subject, String why) {
        audit.record(AuditedAct.done(
                AuditAct.PROVIDER_TOKEN, by, "provider-token:" + vo + ":" + subject, "deleted: " + why));
    }

    /** Those of the VO, or of one of its users. */
    @OpenAccess(INTERNAL)
    public List<KeptToken> list(VoName vo, Optional<String> subject) {
        List<ProviderToken> found = subject.isPresent()
                ? tokens.find(vo.text(), subject.get()).stream().toList()
                : tokens.of(vo.text());
        return found.stream()
                .map(token -> new KeptToken(
                        new VoName(token.vo()),
                        token.subject(),
                        token.issuer(),
                        token.scope(),
                        token.obtained(),
                        token.used()))
                .toList();
    }

    @OpenAccess("called by the cleaning agent")
    public int deleteUnused(Duration forSoLong, int limit) {
        return tokens.deleteUnusedSince(clock.instant().minus(forSoLong), limit);
    }

    private static String place(VoName vo, String subject) {
        return "provider_token/" + vo + "/" + subject + "/refresh";
    }

    private static String accessPlace(VoName vo, String subject) {
        return "provider_token/" + vo + "/" + subject + "/access";
    }
}
