/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.framework.token.boundary.TokenRefresh;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.control.BadPilotCredentials;
import org.diracee.wms.pilot.control.PilotSecrets;
import org.diracee.wms.pilot.entity.Pilot;
import org.diracee.wms.pilot.entity.PilotRepository;
import org.diracee.wms.pilot.entity.PilotSecret;

/**
 * Swaps a pilot's one-time secret for its tokens.
 *
 * @see "DiracX REST reference 9"
 */
@Stateless
public class PilotLogin {

    private static final String HOLDER = "whoever holds the secret or refresh token of a pilot is that pilot";

    private PilotRepository pilots;
    private TokenIssuer issuer;
    private TokenRefresh refreshes;
    private SecurityAudit audit;
    private Clock clock;

    protected PilotLogin() {} // for the container's proxy

    @Inject
    public PilotLogin(
            PilotRepository pilots, TokenIssuer issuer, TokenRefresh refreshes, SecurityAudit audit, Clock clock) {
        this.pilots = pilots;
        this.issuer = issuer;
        this.refreshes = refreshes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Uses up the secret and gives the pilot its first tokens, both or neither. Relies on READ COMMITTED: of several calls
     * with the same secret the later ones wait for the first and then find it used.
     *
     * @throws BadPilotCredentials if stamp or secret are wrong, used, expired, or the pilot has ended
     */
    @OpenAccess(HOLDER)
    public TokenPair exchange(PilotStamp stamp, String secret) {
        Instant now = clock.instant();
        String hash = PilotSecrets.hash(secret);
        if (!pilots.useSecret(hash, stamp, now)) {
            BadPilotCredentials refusal = whyNot(hash, stamp, now);
            audit.refused(AuditedAct.refused(
                    AuditAct.PILOT_LOG_IN,
                    pilots.find(stamp)
                            .map(pilot -> AuditActor.somebodyOf(pilot.vo()))
                            .orElse(AuditActor.UNKNOWN),
                    "pilot:" + stamp,
                    refusal.detail()));
            throw refusal;
        }
        Pilot pilot = living(stamp);
        pilots.alive(stamp, now);
        return issuer.pilotTokens(stamp, pilot.vo());
    }

    /**
     * The next tokens of a pilot that is logged in.
     *
     * @throws BadPilotCredentials if the pilot has ended
     * @throws org.diracee.kernel.error.InvalidToken if the refresh token is not this pilot's, used or expired
     */
    @OpenAccess(HOLDER)
    public TokenPair refresh(String refreshToken, PilotStamp stamp) {
        living(stamp);
        return refreshes.pilot(refreshToken, stamp);
    }

    private Pilot living(PilotStamp stamp) {
        return pilots.find(stamp).filter(pilot -> !pilot.status().isFinal()).orElseThrow(BadPilotCredentials::any);
    }

    private BadPilotCredentials whyNot(String hash, PilotStamp stamp, Instant now) {
        return pilots.secret(hash).map(known -> whyNot(known, stamp, now)).orElseGet(BadPilotCredentials::secret);
    }

    private static BadPilotCredentials whyNot(PilotSecret known, PilotStamp stamp, Instant now) {
        if (!known.stamp().equals(stamp)) {
            return BadPilotCredentials.stamp();
        }
        return known.used() || known.expires().isAfter(now) ? BadPilotCredentials.any() : BadPilotCredentials.expired();
    }
}
