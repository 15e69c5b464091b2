/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.idempotency.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diracee.framework.idempotency.control.IdRanges;
import org.diracee.framework.idempotency.entity.IdempotencyRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/**
 * Makes a creating request safe to repeat: the ids it made are stored under the caller's key in the transaction that
 * makes them, and a repeat gets them back instead of making more.
 *
 * <p>Use: {@link #replay} first; if it answers nothing, create and {@link #record}, all in one transaction. Keys are
 * kept for {@link #KEPT}.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Idempotency {

    public static final Duration KEPT = Duration.ofDays(7);

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String INTERNAL = "the calling service has checked the caller";

    private IdempotencyRepository repository;
    private Clock clock;

    protected Idempotency() {} // for the container's proxy

    @Inject
    public Idempotency(IdempotencyRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * The ids that an earlier request with this key made, in their order; empty if there was none, in which case the
     * key is this transaction's until it ends.
     *
     * @throws RequestInProgress if another transaction works under this key now
     * @throws IdempotencyConflict if the key was used for a request with another hash
     * @throws InvalidRequest unless the key is 1 to 255 visible ASCII characters
     */
    @OpenAccess(INTERNAL)
    public Optional<List<Long>> replay(Caller caller, String route, String key, byte[] requestHash) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidRequest(
                    ErrorCode.INVALID_REQUEST, "Idempotency-Key: 1 to 255 visible ASCII characters are allowed");
        }
        String identity = caller.identity();
        if (!repository.tryLock(identity, route, key)) {
            throw new RequestInProgress();
        }
        Instant oldest = clock.instant().minus(KEPT);
        return repository.find(identity, route, key, oldest).map(found -> {
            if (!MessageDigest.isEqual(found.requestHash(), requestHash)) {
                throw new IdempotencyConflict();
            }
            return IdRanges.parse(found.ids());
        });
    }

    /** Keeps what the request made; a key whose time is over is taken over. */
    @OpenAccess(INTERNAL)
    public void record(Caller caller, String route, String key, byte[] requestHash, List<Long> ids) {
        repository.put(caller.identity(), route, key, requestHash, IdRanges.format(ids), clock.instant());
    }

    /** Forgets at most this many keys whose time is over; tells how many. */
    @OpenAccess("called by the cleaning agent")
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public int forgetOld(int limit) {
        return repository.deleteOlderThan(clock.instant().minus(KEPT), limit);
    }
}
