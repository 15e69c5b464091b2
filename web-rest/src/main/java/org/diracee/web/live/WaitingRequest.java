/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.ws.rs.container.AsyncResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.web.identity.Reauthentication.Standing;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.StatusChange;
import org.diracee.wms.feed.boundary.WantedChanges;

/** A request that is answered as soon as there is something, or when its time is up. */
final class WaitingRequest extends Follower<StatusChange> {

    private final AsyncResponse answer;
    private final int most;
    private volatile ChangePage<StatusChange> last;

    WaitingRequest(
            Caller caller,
            Standing standing,
            WantedChanges wanted,
            ChangePage<StatusChange> nothing,
            int most,
            Instant until,
            Sources sources,
            AsyncResponse answer) {
        super(caller, standing, Topic.jobs(sources.feed(), caller, wanted), nothing.next(), until, sources);
        this.last = nothing;
        this.most = most;
        this.answer = answer;
    }

    @Override
    int most() {
        return most;
    }

    @Override
    boolean isDue(Instant now) {
        return false;
    }

    @Override
    CompletionStage<?> take(ChangePage<StatusChange> page, boolean isLast, Instant now) {
        last = page;
        if (isLast || !page.changes().isEmpty()) {
            answer(ChangeRecords.page(page));
        }
        return CompletableFuture.completedStage(true);
    }

    @Override
    void drop() {
        leave(answer::cancel);
    }

    @Override
    void finish(Optional<DiracException> reason) {
        if (reason.isPresent()) {
            leave(() -> answer.resume(reason.get()));
        } else {
            answer(ChangeRecords.page(last));
        }
    }

    private void answer(Object page) {
        leave(() -> answer.resume(page));
    }
}
