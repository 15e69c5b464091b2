/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;

/** The VOs whose people, pilots and jobs have called this node of late: those that heavy work of others would hold up. */
@ApplicationScoped
public class RecentCallers {

    private final Map<VoName, Long> last = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    public RecentCallers() {
        this(System::nanoTime);
    }

    /** With a clock of one's own, that of {@link System#nanoTime()} otherwise. */
    public RecentCallers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Notes that somebody of the VO calls now. */
    @OpenAccess("has no effect but that heavy work makes room")
    public void called(VoName vo) {
        last.put(vo, nanoTime.getAsLong());
    }

    /** Whether another VO than these has called within this time. */
    @OpenAccess("asked by the server itself")
    public boolean anyBut(Collection<VoName> vos, Duration within) {
        long now = nanoTime.getAsLong();
        return last.entrySet().stream()
                .anyMatch(call -> now - call.getValue() <= within.toNanos() && !vos.contains(call.getKey()));
    }
}
