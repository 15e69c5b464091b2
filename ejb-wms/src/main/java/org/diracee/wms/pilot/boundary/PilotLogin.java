/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.framework.token.boundary.TokenRefresh;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.control.BadPilotCredentials;
import org.diracee.wms.pilot.control.PilotSecrets;
import org.diracee.wms.pilot.entity.Pilot;
import org.diracee.wms.pilot.entity.PilotRepository;
import org.diracee.wms.pilot.entity.PilotSecret;

/**
 * Swaps a pilot's secret for its tokens.
 *
 * @see "DiracX REST reference 9"
 */
@Stateless
public class PilotLogin {

    private static final String HOLDER = "whoever holds the secret or refresh token of a pilot is that pilot";

    private PilotRepository pilots;
    private Registry registry;
    private TokenIssuer issuer;
    private TokenRefresh refreshes;
    private SecurityAudit audit;
    private Clock clock;

    protected PilotLogin() {} // for the container's proxy

    @Inject
    public PilotLogin(
            PilotRepository pilots,
            Registry registry,
            TokenIssuer issuer,
            TokenRefresh refreshes,
            SecurityAudit audit,
            Clock clock) {
        this.pilots = pilots;
        this.registry = registry;
        this.issuer = issuer;
        this.refreshes = refreshes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Uses the secret and gives the pilot its first tokens, both or neither. Relies on READ COMMITTED: of several calls with the same
     * secret the later ones wait for the first and then find it used.
     *
     * @throws BadPilotCredentials if stamp or secret are wrong, used up, expired, or the pilot has ended
     */
    @OpenAccess(HOLDER)
    public TokenPair exchange(PilotStamp stamp, String secret) {
        return exchange(stamp, secret, Optional.empty());
    }

    /**
     * The same for a pilot that nobody has submitted: it says itself what it is, and is registered with its first log-in.
     *
     * @param registration what it says of itself; not looked at if the pilot is known
     * @throws BadPilotCredentials if stamp or secret are wrong, used up, expired, or the pilot has ended
     */
    @OpenAccess(HOLDER)
    public TokenPair exchange(PilotStamp stamp, String secret, Optional<PilotRegistration> registration) {
        Instant now = clock.instant();
        String hash = PilotSecrets.hash(secret);
        Optional<Pilot> known = pilots.find(stamp);
        Optional<VoName> vo = known.map(Pilot::vo).or(() -> registration.map(PilotRegistration::vo));
        String site = known.map(Pilot::gridSite)
                .or(() -> registration.map(PilotRegistration::gridSite))
                .orElse("");
        if (vo.isEmpty() || !pilots.useSecret(hash, stamp, vo.get(), site, known.isPresent(), now)) {
            BadPilotCredentials refusal = whyNot(hash, stamp, known.isPresent(), now);
            audit.refused(AuditedAct.refused(
                    AuditAct.PILOT_LOG_IN,
                    known.map(pilot -> AuditActor.somebodyOf(pilot.vo())).orElse(AuditActor.UNKNOWN),
                    "pilot:" + stamp,
                    refusal.detail()));
            throw refusal;
        }
        if (known.isEmpty()) {
            // of two that come at a time with the same new stamp one registers it, and the other is refused
            if (!registry.knows(vo.get()) || !pilots.addIfNew(Pilot.registered(registration.orElseThrow(), now))) {
                throw BadPilotCredentials.any();
            }
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
        pilots.alive(stamp, clock.instant());
        return refreshes.pilot(refreshToken, stamp);
    }

    private Pilot living(PilotStamp stamp) {
        return pilots.find(stamp).filter(pilot -> !pilot.status().isFinal()).orElseThrow(BadPilotCredentials::any);
    }

    private BadPilotCredentials whyNot(String hash, PilotStamp stamp, boolean isKnown, Instant now) {
        return pilots.secret(hash)
                .map(found -> whyNot(found, stamp, isKnown, now))
                .orElseGet(BadPilotCredentials::secret);
    }

    private static BadPilotCredentials whyNot(PilotSecret found, PilotStamp stamp, boolean isKnown, Instant now) {
        boolean isForIt = found.stamps().map(stamps -> stamps.contains(stamp)).orElse(!isKnown);
        if (!isForIt) {
            return BadPilotCredentials.stamp();
        }
        return found.usedUp() || found.expires().isAfter(now)
                ? BadPilotCredentials.any()
                : BadPilotCredentials.expired();
    }
}
