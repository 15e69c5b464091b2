/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.Optional;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.BanList;
import org.diracee.wms.pilot.boundary.PilotSlot;

/** Why neither pilots nor jobs of a VO go to a queue now. */
final class StoppedWork {

    private StoppedWork() {}

    static Optional<String> reason(BanList bans, SuspensionList suspensions, VoName vo, PilotSlot slot) {
        return bans.stopping(vo, slot.site(), Optional.of(slot.computingElement()))
                .map(ban -> ban.target().text() + " is banned by " + ban.author() + ": " + ban.reason())
                .or(() -> suspensions.stopsWork(vo, slot.site())
                        ? Optional.of("the VO or the site is suspended")
                        : Optional.empty());
    }
}
