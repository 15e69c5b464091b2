/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.boundary.CheckedReplica.Finding;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataOwner;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFiles;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/** Compares what the catalogue says with what storage elements say. It changes nothing. */
@ApplicationScoped // in no transaction: it waits for storage elements
public class ReplicaChecks {

    private DataJournal journal;
    private CatalogReading reading;
    private StorageFiles storage;

    protected ReplicaChecks() {} // for the container's proxy

    @Inject
    public ReplicaChecks(DataJournal journal, CatalogReading reading, StorageFiles storage) {
        this.journal = journal;
        this.reading = reading;
        this.storage = storage;
    }

    /**
     * What each replica of the files is.
     *
     * @throws InvalidRequest if there are none or too many
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, List<CheckedReplica>> check(Caller caller, Collection<Lfn> lfns) {
        DataJournal.requireFew(lfns.size());
        BulkResult<Lfn, List<Replica>> replicas = journal.in(() -> reading.replicas(caller, lfns, true));
        BulkResult<Lfn, CatalogEntry> entries = journal.in(() -> reading.entries(caller, lfns));
        Map<Lfn, Problem> failed = new LinkedHashMap<>(replicas.failed());
        Map<Lfn, List<CheckedReplica>> success = new LinkedHashMap<>();
        replicas.success().forEach((lfn, found) -> Optional.ofNullable(
                        entries.success().get(lfn))
                .flatMap(CatalogEntry::file)
                .ifPresentOrElse(
                        file -> success.put(
                                lfn,
                                found.stream()
                                        .map(replica -> check(
                                                lfn.vo().orElseGet(() -> DataOwner.of(caller)
                                                        .vo()),
                                                lfn,
                                                replica.se(),
                                                file.size(),
                                                file.checksums()))
                                        .toList()),
                        () -> failed.put(lfn, new Problem(ErrorCode.NOT_FOUND, "No such file or directory: " + lfn))));
        return BulkResult.inOrder(lfns, success, failed);
    }

    private CheckedReplica check(VoName vo, Lfn lfn, SeName se, long size, Checksums checksums) {
        Optional<StoredEntry> stored;
        try {
            stored = storage.stat(DataOwner.SYSTEM, vo, se, lfn);
        } catch (StorageFailure failure) {
            return new CheckedReplica(se, Finding.UNKNOWN, Optional.of(failure.detail()));
        }
        if (stored.isEmpty()) {
            return new CheckedReplica(se, Finding.ABSENT, Optional.empty());
        }
        StoredEntry entry = stored.get();
        if (entry.size() != size) {
            return new CheckedReplica(
                    se, Finding.OTHER_SIZE, Optional.of(entry.size() + " bytes there, " + size + " in the catalogue"));
        }
        if (entry.checksums().contradict(checksums)) {
            return new CheckedReplica(
                    se,
                    Finding.OTHER_CHECKSUM,
                    Optional.of("adler32 " + entry.checksums().adler32().orElse("unknown") + " there, "
                            + checksums.adler32().orElse("unknown") + " in the catalogue"));
        }
        return new CheckedReplica(se, Finding.GOOD, Optional.empty());
    }
}
