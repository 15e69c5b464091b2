/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.diracee.framework.exchange.entity.UsedAssertionRepository;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.Sha256;

/** Remembers which assertions have been used, in a transaction of its own: one that was shown is used up, whatever follows. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class UsedAssertions {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private UsedAssertionRepository assertions;
    private Clock clock;

    protected UsedAssertions() {} // for the container's proxy

    @Inject
    public UsedAssertions(UsedAssertionRepository assertions, Clock clock) {
        this.assertions = assertions;
        this.clock = clock;
    }

    /** Uses the assertion up; false if that has happened before, on whichever node. */
    @OpenAccess("called for a client whose signature is good")
    public boolean use(String client, String jti, Instant expires) {
        return assertions.add(client, Sha256.hex(jti), expires);
    }

    /** Forgets at most this many that nobody could use again; tells how many. */
    @OpenAccess("called by the cleaning agent")
    public int forgetOld(int limit) {
        return assertions.deleteExpiredBefore(clock.instant().minus(CLOCKS_DIFFER), limit);
    }
}
