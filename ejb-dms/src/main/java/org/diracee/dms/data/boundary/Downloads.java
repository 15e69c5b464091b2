/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataOwner;
import org.diracee.dms.data.control.SourceOrder;
import org.diracee.dms.storage.boundary.AccessPurpose;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFiles;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/**
 * Tells where files can be read, the best place first, with leave to do so; and passes the bytes on where there is none to give.
 *
 * @see "DMS reference 8, getFile"
 */
@ApplicationScoped // in no transaction: it waits for storage elements and streams
public class Downloads {

    private DataJournal journal;
    private CatalogReading reading;
    private StorageFiles storage;
    private ConfigurationService configuration;

    protected Downloads() {} // for the container's proxy

    @Inject
    public Downloads(
            DataJournal journal, CatalogReading reading, StorageFiles storage, ConfigurationService configuration) {
        this.journal = journal;
        this.reading = reading;
        this.storage = storage;
        this.configuration = configuration;
    }

    /**
     * Where the files can be read.
     *
     * @param site where the reader is; what is near it comes first
     * @throws InvalidRequest if there are none or too many
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, OfferedReplicas> offer(Caller caller, Collection<Lfn> lfns, Optional<SiteName> site) {
        DataJournal.requireFew(lfns.size());
        BulkResult<Lfn, List<Replica>> replicas = journal.in(() -> reading.replicas(caller, lfns, false));
        BulkResult<Lfn, CatalogEntry> entries = journal.in(() -> reading.entries(caller, lfns));
        Map<Lfn, Problem> failed = new LinkedHashMap<>(replicas.failed());
        Map<Lfn, OfferedReplicas> success = new LinkedHashMap<>();
        SourceOrder order = SourceOrder.of(configuration.current(), site);
        replicas.success().forEach((lfn, found) -> {
            Problem unseen = entries.failed().get(lfn);
            Optional<CatalogEntry.FileFacts> file =
                    Optional.ofNullable(entries.success().get(lfn)).flatMap(CatalogEntry::file);
            if (unseen != null || file.isEmpty()) {
                failed.put(
                        lfn,
                        unseen == null
                                ? new Problem(ErrorCode.NOT_FOUND, "No such file or directory: " + lfn)
                                : unseen);
                return;
            }
            List<String> why = new ArrayList<>();
            List<OfferedReplicas.Source> sources = sources(caller, lfn, order.sorted(found), why);
            if (sources.isEmpty()) {
                failed.put(
                        lfn,
                        new Problem(
                                why.isEmpty() ? ErrorCode.CONFLICT : ErrorCode.UNAVAILABLE,
                                lfn
                                        + (why.isEmpty()
                                                ? " has no good replica"
                                                : " cannot be read now: " + String.join("; ", why))));
            } else {
                CatalogEntry.FileFacts facts = file.get();
                success.put(lfn, new OfferedReplicas(facts.size(), facts.checksums(), facts.guid(), sources));
            }
        });
        Map<Lfn, List<SeName>> given = new LinkedHashMap<>();
        success.forEach((lfn, offered) -> given.put(
                lfn,
                offered.sources().stream()
                        .filter(source -> source.access().isPresent())
                        .map(OfferedReplicas.Source::se)
                        .toList()));
        given.values().removeIf(List::isEmpty);
        journal.in(() -> journal.audited(caller, AuditAct.DATA_READ, given));
        return BulkResult.inOrder(lfns, success, failed);
    }

    private List<OfferedReplicas.Source> sources(Caller caller, Lfn lfn, List<SeName> ses, List<String> why) {
        List<OfferedReplicas.Source> sources = new ArrayList<>();
        for (SeName se : ses) {
            try {
                sources.add(new OfferedReplicas.Source(
                        se,
                        storage.access(
                                DataOwner.SYSTEM, vo(caller, lfn), se, lfn, AccessPurpose.READ, OptionalLong.empty())));
            } catch (StorageFailure failure) {
                why.add(failure.detail());
            }
        }
        return sources;
    }

    /**
     * Opens a file; whoever does so closes it.
     *
     * @param from the first byte wanted
     * @param length how many bytes are wanted; empty: to the end
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public StorageContent open(Caller caller, Lfn lfn, SeName se, long from, OptionalLong length) {
        requireReplica(caller, lfn, se);
        journal.in(() -> journal.audited(caller, AuditAct.DATA_READ, Map.of(lfn, List.of(se))));
        return storage.read(DataOwner.SYSTEM, vo(caller, lfn), se, lfn, from, length);
    }

    /** The size of a file, in bytes, that can be opened at the storage element. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public long size(Caller caller, Lfn lfn, SeName se) {
        requireReplica(caller, lfn, se);
        BulkResult<Lfn, CatalogEntry> entries = journal.in(() -> reading.entries(caller, List.of(lfn)));
        return Optional.ofNullable(entries.success().get(lfn))
                .flatMap(CatalogEntry::file)
                .map(CatalogEntry.FileFacts::size)
                .orElseThrow(() -> refused(entries.failed().get(lfn), lfn));
    }

    private void requireReplica(Caller caller, Lfn lfn, SeName se) {
        BulkResult<Lfn, List<Replica>> replicas = journal.in(() -> reading.replicas(caller, List.of(lfn), false));
        List<Replica> found = Optional.ofNullable(replicas.success().get(lfn))
                .orElseThrow(() -> refused(replicas.failed().get(lfn), lfn));
        if (found.stream().noneMatch(replica -> replica.se().equals(se))) {
            throw new Refused(ErrorCode.NOT_FOUND, lfn + " has no replica at " + se);
        }
    }

    private static Refused refused(@Nullable Problem problem, Lfn lfn) {
        return problem == null
                ? new Refused(ErrorCode.NOT_FOUND, "No such file or directory: " + lfn)
                : new Refused(problem.code(), problem.detail());
    }

    /** A file lies in the area of its VO, even if another VO may read it. */
    private static VoName vo(Caller caller, Lfn lfn) {
        return lfn.vo().orElseGet(() -> DataOwner.of(caller).vo());
    }
}
