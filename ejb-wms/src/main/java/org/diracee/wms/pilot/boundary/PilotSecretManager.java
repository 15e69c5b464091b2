/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.control.PilotSecrets;
import org.diracee.wms.pilot.control.PilotSettings;
import org.diracee.wms.pilot.entity.PilotRepository;

/**
 * Makes secrets for pilots that the site director does not start: those that start by themselves, or by other means.
 *
 * @see "DiracX REST reference 9"
 */
@Stateless
public class PilotSecretManager {

    private static final int MOST = 1_000;
    private static final int MOST_USES = 1_000_000;

    private PilotRepository pilots;
    private PilotSettings settings;
    private Registry registry;
    private SecurityAudit audit;
    private Clock clock;

    protected PilotSecretManager() {} // for the container's proxy

    @Inject
    public PilotSecretManager(
            PilotRepository pilots, PilotSettings settings, Registry registry, SecurityAudit audit, Clock clock) {
        this.pilots = pilots;
        this.settings = settings;
        this.registry = registry;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes secrets for pilots of the VO.
     *
     * @param life how long they are good; without, as long as a pilot may wait
     * @param mostUses how many pilots may log in with one
     * @throws InvalidRequest if the VO is not registered, or a number is beyond its limit
     */
    @Requires(Property.SERVICE_ADMINISTRATOR)
    public List<IssuedSecret> create(Caller caller, int number, VoName vo, Optional<Duration> life, int mostUses) {
        if (!registry.knows(vo)) {
            throw new InvalidRequest("The VO " + vo + " is not registered here");
        }
        requireBetween("n", number, MOST);
        requireBetween("pilot_secret_use_count_max", mostUses, MOST_USES);
        Duration most = settings.longestSecretLifetime();
        Duration good = life.orElseGet(settings::secretLifetime);
        if (good.compareTo(most) > 0) {
            throw new InvalidRequest("A secret of pilots can be good for at most " + most.toMinutes() + " minutes");
        }
        Instant expires = clock.instant().plus(good);
        List<IssuedSecret> issued = new ArrayList<>(number);
        for (int index = 0; index < number; index++) {
            String secret = PilotSecrets.secret();
            pilots.addSecret(PilotSecrets.hash(secret), vo, Optional.empty(), expires, mostUses);
            issued.add(new IssuedSecret(secret, good));
        }
        audit.record(
                caller,
                AuditAct.PILOT_SECRET,
                "vo:" + vo,
                number + " secrets made, each for " + mostUses + " uses until " + expires);
        return issued;
    }

    /**
     * Says what secrets are good for, all or none; what is not said stays as it was.
     *
     * @throws SecretNotFound if one is not known
     */
    @Requires(Property.SERVICE_ADMINISTRATOR)
    public void constrain(Caller caller, Map<String, SecretConstraints> constraints) {
        int place = 0;
        for (Map.Entry<String, SecretConstraints> one : constraints.entrySet()) {
            place++;
            if (!pilots.constrainSecret(PilotSecrets.hash(one.getKey()), one.getValue())) {
                throw new SecretNotFound(place);
            }
        }
        audit.record(caller, AuditAct.PILOT_SECRET, "", constraints.size() + " secrets constrained");
    }

    private static void requireBetween(String name, int number, int most) {
        if (number < 1 || number > most) {
            throw new InvalidRequest(name + " is " + number + ": allowed is 1 to " + most);
        }
    }
}
