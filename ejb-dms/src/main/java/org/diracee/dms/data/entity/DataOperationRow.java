/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.entity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.data.boundary.DataOperation;
import org.diracee.dms.data.boundary.DataOperationKind;
import org.diracee.dms.data.boundary.DataOperationState;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * An operation on data as stored. It is written down as Waiting before anything is done, taken up by one worker at a time, each under
 * a claim of his own, and ends as Done, or after its traces are removed as something else.
 */
public record DataOperationRow(Plan plan, Progress progress) {

    /**
     * What is to be done; it never changes.
     *
     * @param thorough of a removal: the file goes with its last replica; of a replication: the source goes after the copy
     */
    public record Plan(
            long id,
            DataOperationKind kind,
            VoName vo,
            UserName owner,
            GroupName group,
            Lfn lfn,
            SeName se,
            Optional<SeName> source,
            boolean thorough,
            long size,
            Checksums checksums,
            Optional<UUID> guid,
            Instant deadline,
            Instant created) {}

    /**
     * How far it is.
     *
     * @param begun whether there may be something of ours at the storage element
     * @param arrived the adler32 of what came through us
     */
    public record Progress(
            DataOperationState state,
            boolean begun,
            int attempts,
            long claim,
            Optional<Instant> nextLook,
            Optional<Instant> accessUntil,
            Optional<String> arrived,
            Optional<DataOperationState> ending,
            Optional<String> failure,
            Optional<Instant> ended) {

        /** As written down first. */
        public static Progress waiting(Instant nextLook, boolean begun) {
            return new Progress(
                    DataOperationState.WAITING,
                    begun,
                    0,
                    0,
                    Optional.of(nextLook),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    public long id() {
        return plan.id();
    }

    public DataOperationState state() {
        return progress.state();
    }

    public boolean isOpen() {
        return progress.ended().isEmpty();
    }

    /** Taken up under a new claim. */
    public DataOperationRow running(Instant claimedUntil) {
        return with(new Progress(
                become(DataOperationState.RUNNING),
                progress.begun(),
                progress.attempts() + 1,
                progress.claim() + 1,
                Optional.of(claimedUntil),
                progress.accessUntil(),
                progress.arrived(),
                progress.ending(),
                progress.failure(),
                progress.ended()));
    }

    /** Taken from whoever may be at work on it. */
    public DataOperationRow taken() {
        return with(new Progress(
                progress.state(),
                progress.begun(),
                progress.attempts(),
                progress.claim() + 1,
                progress.nextLook(),
                progress.accessUntil(),
                progress.arrived(),
                progress.ending(),
                progress.failure(),
                progress.ended()));
    }

    /** Put back until then. */
    public DataOperationRow waiting(Instant nextLook, Optional<String> arrived, Optional<String> failure) {
        return with(new Progress(
                become(DataOperationState.WAITING),
                progress.begun(),
                progress.attempts(),
                progress.claim(),
                Optional.of(nextLook),
                progress.accessUntil(),
                arrived,
                progress.ending(),
                failure,
                progress.ended()));
    }

    /** With something of ours at the storage element from now on. */
    public DataOperationRow begun(Optional<Instant> accessUntil) {
        Optional<Instant> until = progress.accessUntil()
                .filter(before ->
                        accessUntil.filter(later -> later.isAfter(before)).isEmpty())
                .or(() -> accessUntil);
        return with(new Progress(
                progress.state(),
                true,
                progress.attempts(),
                progress.claim(),
                progress.nextLook(),
                until,
                progress.arrived(),
                progress.ending(),
                progress.failure(),
                progress.ended()));
    }

    /** To be looked at later, as it is. */
    public DataOperationRow later(Instant nextLook, Optional<String> failure) {
        return with(new Progress(
                progress.state(),
                progress.begun(),
                progress.attempts(),
                progress.claim(),
                Optional.of(nextLook),
                progress.accessUntil(),
                progress.arrived(),
                progress.ending(),
                failure,
                progress.ended()));
    }

    /** Failed, and to be cleaned up. */
    public DataOperationRow cleaning(DataOperationState ending, Optional<String> failure, Instant nextLook) {
        return with(new Progress(
                become(DataOperationState.CLEANING),
                progress.begun(),
                progress.attempts(),
                progress.claim(),
                Optional.of(nextLook),
                progress.accessUntil(),
                progress.arrived(),
                Optional.of(ending),
                failure,
                Optional.empty()));
    }

    /**
     * Ended.
     *
     * @param lateLook when to see whether a client has written something after all
     */
    public DataOperationRow ended(
            DataOperationState state, Optional<String> failure, Instant now, Optional<Instant> lateLook) {
        return with(new Progress(
                become(state),
                progress.begun(),
                progress.attempts(),
                progress.claim(),
                lateLook,
                progress.accessUntil(),
                progress.arrived(),
                progress.ending(),
                failure,
                Optional.of(now)));
    }

    /** As others see it. */
    public DataOperation view() {
        return new DataOperation(
                plan.id(),
                plan.kind(),
                progress.state(),
                plan.lfn(),
                plan.se(),
                plan.source(),
                plan.size(),
                progress.attempts(),
                progress.failure(),
                plan.created(),
                isOpen() ? progress.nextLook() : Optional.empty(),
                progress.ended());
    }

    private DataOperationState become(DataOperationState next) {
        if (!progress.state().allows(next)) {
            throw new IllegalStateException(
                    "operation " + plan.id() + " cannot become " + next + " as it is " + progress.state());
        }
        return next;
    }

    private DataOperationRow with(Progress other) {
        return new DataOperationRow(plan, other);
    }
}
