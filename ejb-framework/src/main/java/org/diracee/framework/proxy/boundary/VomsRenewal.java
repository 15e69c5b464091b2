/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.proxy.entity.DueAttributes;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.VoName;

/** Obtains VOMS attributes anew that deliveries use, before they end; waits for servers, so outside of transactions. */
@ApplicationScoped
public class VomsRenewal {

    private VomsProxies voms;
    private VomsRecords attributes;
    private ProxyRecords proxies;
    private Registry registry;
    private SuspensionList suspensions;

    protected VomsRenewal() {} // for the container's proxy

    @Inject
    public VomsRenewal(
            VomsProxies voms,
            VomsRecords attributes,
            ProxyRecords proxies,
            Registry registry,
            SuspensionList suspensions) {
        this.voms = voms;
        this.attributes = attributes;
        this.proxies = proxies;
        this.registry = registry;
        this.suspensions = suspensions;
    }

    /** Renews at most this many. A VO whose server cannot be reached is left alone until the next time: each try would wait. */
    @Requires(callers = CallerKind.SYSTEM)
    public CycleReport renew(Caller caller, int limit) {
        Set<VoName> away = new HashSet<>();
        int done = 0;
        int failed = 0;
        for (DueAttributes due : attributes.due(limit)) {
            VoName vo = new VoName(due.vo());
            try {
                Optional<SigningProxy> person = away.contains(vo) ? Optional.empty() : person(vo, due);
                if (person.isEmpty()) {
                    continue;
                }
                note(caller, due);
                voms.obtain(vo, due.fqan(), Duration.ZERO, person.get());
                done++;
            } catch (VomsFailed | Unavailable refused) {
                failed++;
                if (!(refused instanceof VomsFailed reached) || reached.isUnreachable()) {
                    away.add(vo);
                }
                LOG.attributesNotRenewed(due.fqan(), due.dn(), vo, refused.detail());
            } catch (RuntimeException broken) {
                // one that cannot be opened or read must not keep all others
                failed++;
                LOG.attributesNotRenewed(due.fqan(), due.dn(), vo, broken.toString());
            }
        }
        return new CycleReport(done + failed, done, failed);
    }

    /** The stored proxy of somebody for whom one may still ask. */
    private Optional<SigningProxy> person(VoName vo, DueAttributes due) {
        Optional<RegisteredUser> user = registry.user(vo, due.subject()).filter(registered -> !registered.suspended());
        Dn dn = new Dn(due.dn());
        try {
            if (user.isPresent()) {
                suspensions.requireUser(vo, due.subject(), user.get().username());
                suspensions.requireCertificate(dn);
            }
            return user.flatMap(registered -> proxies.signing(vo, registered, Optional.of(dn)));
        } catch (Suspended suspended) {
            return Optional.empty();
        }
    }

    private void note(Caller caller, DueAttributes due) {
        AuditActor actor = AuditActor.of(caller);
        proxies.used(AuditedAct.done(
                AuditAct.PROXY_RENEWAL,
                new AuditActor(actor.identity(), "", "", due.vo(), actor.credential()),
                due.dn(),
                "VOMS " + due.fqan()));
    }
}
