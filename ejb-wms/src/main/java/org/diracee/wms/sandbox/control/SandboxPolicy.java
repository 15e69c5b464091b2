/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sandbox.boundary.SandboxAnnouncement;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.entity.JobOfSandbox;

/**
 * Who may do what with which sandbox: owners with theirs, job administrators with all of their VO, a job with what belongs
 * to its owner.
 *
 * @see "DiracX REST reference 5, sandbox policy"
 */
public final class SandboxPolicy {

    private SandboxPolicy() {}

    /** The name under which the caller's archive is kept: a job's belongs to the job's owner. */
    public static SandboxPfn nameFor(Caller caller, SandboxAnnouncement announced) {
        if (caller instanceof Caller.User user) {
            return name(user.vo(), user.group(), user.username(), announced);
        }
        if (caller instanceof Caller.Job job) {
            return name(job.vo(), job.ownerGroup(), job.owner(), announced);
        }
        throw new Forbidden();
    }

    /**
     * Whether the caller may read, or give to a job, the sandbox of this name. For a job this says only that it belongs to
     * the job's owner; reading needs more.
     */
    public static boolean mayUse(Caller caller, SandboxPfn pfn) {
        if (caller instanceof Caller.User user) {
            boolean own = user.group().equals(pfn.group()) && user.username().equals(pfn.user());
            return user.vo().equals(pfn.vo()) && (own || user.has(Property.JOB_ADMINISTRATOR));
        }
        return caller instanceof Caller.Job job
                && job.vo().equals(pfn.vo())
                && job.ownerGroup().equals(pfn.group())
                && job.owner().equals(pfn.user());
    }

    /** Whether the caller may see and change what is assigned to the job. */
    public static boolean mayUse(Caller caller, JobOfSandbox job) {
        if (caller instanceof Caller.User user) {
            boolean own = user.username().equals(job.owner());
            return user.vo().equals(job.vo()) && (own || user.has(Property.JOB_ADMINISTRATOR));
        }
        return caller instanceof Caller.System
                || caller instanceof Caller.Job self && self.id().equals(job.id());
    }

    private static SandboxPfn name(VoName vo, GroupName group, UserName user, SandboxAnnouncement announced) {
        return new SandboxPfn(vo, group, user, announced.sha256(), announced.format());
    }
}
