/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.diracee.framework.sealing.control.UnusableSealingKey;
import org.diracee.framework.sealing.entity.SealingProbeRepository;
import org.diracee.kernel.access.OpenAccess;

/** Remembers in the database, by something sealed, which key is the installation's: the first node's. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SealingRecord {

    private static final String PLACE = "sealing_probe";

    private Sealing sealing;
    private SealingProbeRepository probes;

    protected SealingRecord() {} // for the container's proxy

    @Inject
    public SealingRecord(Sealing sealing, SealingProbeRepository probes) {
        this.sealing = sealing;
        this.probes = probes;
    }

    /**
     * Makes this node's key the installation's if none is yet.
     *
     * @throws UnusableSealingKey if another is
     */
    @OpenAccess("called by the server itself when it starts")
    public void check() {
        probes.addUnlessPresent(sealing.seal("DIRAC EE", PLACE));
        sealing.open(probes.present(), PLACE);
    }
}
