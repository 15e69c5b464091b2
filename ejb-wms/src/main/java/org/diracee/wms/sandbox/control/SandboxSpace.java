/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SpaceUse;
import org.diracee.wms.sandbox.entity.SandboxRepository;

/** Sees to it that nobody fills more of the store than he may. Needs a transaction. */
@ApplicationScoped
public class SandboxSpace {

    private SandboxRepository sandboxes;
    private SandboxSpaceSettings settings;

    protected SandboxSpace() {} // for the container's proxy

    @Inject
    public SandboxSpace(SandboxRepository sandboxes, SandboxSpaceSettings settings) {
        this.sandboxes = sandboxes;
        this.settings = settings;
    }

    /**
     * Lets a new sandbox pass if there is room for it.
     *
     * @throws SandboxSpaceUsedUp if the owner or his VO would take more than they may
     */
    public void require(SandboxPfn pfn, long bytes) {
        for (SpaceUse use : uses(pfn.vo(), pfn.user())) {
            if (use.used() + bytes > use.allowed()) {
                throw new SandboxSpaceUsedUp(use, bytes);
            }
        }
    }

    /**
     * The same for one that is being registered: the owner's take turns, so that together they keep his limit. Of the VO's
     * limit it is only what is registered at the same moment that may pass it; nobody waits for strangers.
     */
    public void take(SandboxPfn pfn, long bytes) {
        sandboxes.takeTurnOfOwner(pfn);
        require(pfn, bytes);
    }

    /** What a user and his VO take, and how much they may. */
    public List<SpaceUse> uses(VoName vo, UserName user) {
        SandboxSpaceSettings.Limit ofUser = settings.ofUser(vo, user);
        SandboxSpaceSettings.Limit ofVo = settings.ofVo(vo);
        return List.of(
                new SpaceUse("user", user.text(), sandboxes.bytes(vo, user), ofUser.bytes(), ofUser.option()),
                new SpaceUse("vo", vo.text(), sandboxes.bytes(vo), ofVo.bytes(), ofVo.option()));
    }
}
