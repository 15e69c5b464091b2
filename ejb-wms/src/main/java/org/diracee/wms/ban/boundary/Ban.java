/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.VoName;

/**
 * A time in which a site or computing element got no jobs, or gets none.
 *
 * @param vo for whose jobs; absent: for those of all VOs
 * @param author name of who banned
 * @param bySite whether the author did as administrator of the site, who alone may not change the bans of others
 * @param until when it ends by itself
 * @param end how somebody ended it before
 */
public record Ban(
        long id,
        BanTarget target,
        Optional<VoName> vo,
        String reason,
        String author,
        boolean bySite,
        Instant since,
        Optional<Instant> until,
        Optional<End> end) {

    /** Who allowed it again, and why. */
    public record End(Instant at, String author, String reason) {}

    /** Whether nothing has ended it by then. */
    public boolean isInForce(Instant now) {
        return end.isEmpty() && until.filter(time -> !time.isAfter(now)).isEmpty();
    }

    /** Whether it concerns the jobs of this VO. */
    public boolean concerns(VoName other) {
        return vo.isEmpty() || vo.get().equals(other);
    }
}
