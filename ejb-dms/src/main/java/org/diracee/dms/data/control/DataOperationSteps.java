/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.diracee.dms.data.boundary.DataOperationState;
import org.diracee.dms.data.entity.DataOperationRow;

/** Goes on with an operation where it stands, be that after a failure or a crash. */
@ApplicationScoped
public class DataOperationSteps {

    private DataJournal journal;
    private Cleaning cleaning;
    private ReplicationSteps replication;
    private RemovalSteps removal;

    protected DataOperationSteps() {} // for the container's proxy

    @Inject
    public DataOperationSteps(
            DataJournal journal, Cleaning cleaning, ReplicationSteps replication, RemovalSteps removal) {
        this.journal = journal;
        this.cleaning = cleaning;
        this.replication = replication;
        this.removal = removal;
    }

    /** Does what is next. */
    public void work(DataOperationRow claimed) {
        if (!claimed.isOpen()) {
            cleaning.lookLate(claimed);
        } else if (claimed.state() == DataOperationState.CLEANING) {
            cleaning.clean(claimed);
        } else {
            switch (claimed.plan().kind()) {
                case UPLOAD -> overdue(claimed);
                case REPLICATION -> replication.work(claimed);
                case REMOVAL -> removal.work(claimed);
            }
        }
    }

    private void overdue(DataOperationRow claimed) {
        if (journal.now().isBefore(claimed.plan().deadline())) {
            // if it was running, the node that took its bytes is gone; the client may send them again
            journal.change(
                    claimed,
                    row -> row.state() == DataOperationState.RUNNING
                            ? row.waiting(
                                    row.plan().deadline(),
                                    Optional.empty(),
                                    Optional.of("The bytes did not come to their end"))
                            : row.later(row.plan().deadline(), row.progress().failure()));
        } else {
            cleaning.end(
                    claimed,
                    DataOperationState.EXPIRED,
                    Optional.of("The upload was not committed until "
                            + claimed.plan().deadline()));
        }
    }
}
