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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.proxy.entity.DueAttributes;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.Suspended;
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
    private ProxyRecords records;
    private TrustedProxies proxies;
    private Registry registry;

    protected VomsRenewal() {} // for the container's proxy

    @Inject
    public VomsRenewal(
            VomsProxies voms, VomsRecords attributes, ProxyRecords records, TrustedProxies proxies, Registry registry) {
        this.voms = voms;
        this.attributes = attributes;
        this.records = records;
        this.proxies = proxies;
        this.registry = registry;
    }

    /**
     * Renews at most this many; those whose proxies must not be used any more stand back for the others. A VO whose server cannot be
     * reached is left alone until the next time: each try would wait.
     */
    @Requires(callers = CallerKind.SYSTEM)
    public CycleReport renew(Caller caller, int limit) {
        Set<VoName> away = new HashSet<>();
        int done = 0;
        int failed = 0;
        List<DueAttributes> page = attributes.due(Optional.empty(), limit);
        while (!page.isEmpty()) {
            for (DueAttributes due : page) {
                VoName vo = new VoName(due.vo());
                if (done + failed == limit) {
                    return new CycleReport(done + failed, done, failed);
                }
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
            page = attributes.due(Optional.of(page.get(page.size() - 1)), limit);
        }
        return new CycleReport(done + failed, done, failed);
    }

    /** The stored proxy of somebody for whom one may still ask. */
    private Optional<SigningProxy> person(VoName vo, DueAttributes due) {
        try {
            return registry.user(vo, due.subject()).map(user -> proxies.of(vo, user, Optional.of(new Dn(due.dn()))));
        } catch (Suspended | ProxyNotFound mustNotBeShown) {
            return Optional.empty();
        }
    }

    private void note(Caller caller, DueAttributes due) {
        AuditActor actor = AuditActor.of(caller);
        records.used(AuditedAct.done(
                AuditAct.PROXY_RENEWAL,
                new AuditActor(actor.identity(), "", "", due.vo(), actor.credential()),
                due.dn(),
                "VOMS " + due.fqan()));
    }
}
