/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.Adler32;
import java.util.zip.CheckedInputStream;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.FileCatalog;
import org.diracee.dms.catalog.boundary.NewFile;
import org.diracee.dms.catalog.boundary.NewReplica;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.control.Cleaning;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataOwner;
import org.diracee.dms.data.control.HeldClaims;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.dms.data.entity.DataOperationRow.Plan;
import org.diracee.dms.data.entity.DataOperationRow.Progress;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFiles;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/**
 * Puts files at storage elements and registers them: an upload is announced, the client moves the bytes, and the commit registers the
 * file if it arrived as announced. What is not committed in time is removed; what is registered was there, whole.
 *
 * @see "DMS reference 8, putAndRegister"
 */
@ApplicationScoped // in no transaction: it waits for storage elements and streams
public class Uploads {

    private DataJournal journal;
    private DataOperationRepository operations;
    private Cleaning cleaning;
    private CatalogReading reading;
    private FileCatalog catalog;
    private StorageFiles storage;
    private HeldClaims claims;

    protected Uploads() {} // for the container's proxy

    @Inject
    public Uploads(
            DataJournal journal,
            DataOperationRepository operations,
            Cleaning cleaning,
            CatalogReading reading,
            FileCatalog catalog,
            StorageFiles storage,
            HeldClaims claims) {
        this.journal = journal;
        this.operations = operations;
        this.cleaning = cleaning;
        this.reading = reading;
        this.catalog = catalog;
        this.storage = storage;
        this.claims = claims;
    }

    /**
     * Announces uploads, and tells how each is to be done. Who announces the same again gets leave for the same upload again.
     *
     * @throws InvalidRequest if there are none, too many, or a LFN is named twice
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, PlannedUpload> plan(Caller caller, List<FileOffer> offers) {
        Map<Lfn, FileOffer> wanted = new LinkedHashMap<>();
        for (FileOffer offer : offers) {
            if (wanted.put(offer.lfn(), offer) != null) {
                throw new InvalidRequest(offer.lfn() + " is named twice");
            }
        }
        DataJournal.requireFew(wanted.size());
        BulkResult<Lfn, Optional<CatalogEntry>> allowed = journal.in(() -> reading.mayRegister(
                caller,
                offers.stream()
                        .collect(Collectors.toMap(
                                FileOffer::lfn, FileOffer::size, (one, other) -> one, LinkedHashMap::new))));
        Map<Lfn, PlannedUpload> success = new LinkedHashMap<>();
        Map<Lfn, Problem> failed = new LinkedHashMap<>(allowed.failed());
        allowed.success().forEach((lfn, entry) -> {
            try {
                success.put(lfn, plan(DataOwner.of(caller), Objects.requireNonNull(wanted.get(lfn)), entry));
            } catch (StorageFailure | Refused refusal) {
                failed.put(lfn, refusal.problem());
            }
        });
        Map<Lfn, List<SeName>> given = new LinkedHashMap<>();
        success.forEach((lfn, upload) -> upload.id().ifPresent(id -> given.put(lfn, List.of(upload.se()))));
        journal.in(() -> journal.audited(caller, AuditAct.DATA_UPLOAD, given));
        return new BulkResult<>(success, failed);
    }

    private PlannedUpload plan(DataOwner owner, FileOffer offer, Optional<CatalogEntry> registered) {
        if (registered.isPresent()) {
            return new PlannedUpload(
                    OptionalLong.empty(), sameThere(offer, registered.get()), Optional.empty(), Optional.empty());
        }
        List<SeName> ses = offer.se().map(se -> List.of(journal.meant(se))).orElseGet(() -> journal.settings()
                .uploadSes(owner.vo()));
        if (ses.isEmpty()) {
            throw new Refused(
                    ErrorCode.INVALID_REQUEST,
                    "Name a storage element: there is no Operations/" + owner.vo()
                            + "/DataManagement/UploadSEs in the configuration");
        }
        StorageFailure last = null;
        for (SeName se : ses) {
            try {
                return plan(owner, offer, se);
            } catch (StorageFailure failure) {
                last = failure;
            }
        }
        throw Objects.requireNonNull(last);
    }

    private static SeName sameThere(FileOffer offer, CatalogEntry entry) {
        CatalogEntry.FileFacts file = entry.file().orElseThrow();
        Optional<SeName> se = file.replicas().stream()
                .filter(replica -> replica.status() == CatalogStatus.APRIORI_GOOD)
                .map(Replica::se)
                .filter(there -> offer.se().map(there::equals).orElse(true))
                .findFirst();
        String is = offer.lfn() + " is registered already";
        if (file.status() != CatalogStatus.APRIORI_GOOD) {
            throw new Refused(
                    ErrorCode.CONFLICT, is + ", in the status " + file.status().text());
        }
        if (file.size() != offer.size()) {
            throw new Refused(ErrorCode.CONFLICT, is + " with another size: " + file.size());
        }
        if (file.checksums().contradict(offer.checksums())) {
            throw new Refused(ErrorCode.CONFLICT, is + " with another checksum");
        }
        if (offer.guid().isPresent() && !offer.guid().get().equals(file.guid())) {
            throw new Refused(ErrorCode.CONFLICT, is + " with another GUID: " + file.guid());
        }
        return se.orElseThrow(() -> new Refused(
                ErrorCode.CONFLICT,
                is
                        + offer.se()
                                .map(wanted -> ", but not at " + wanted + ": replicate it")
                                .orElse(" without a good replica")));
    }

    private PlannedUpload plan(DataOwner owner, FileOffer offer, SeName se) {
        Optional<DataOperationRow> open = journal.in(() -> operations.openAt(se, offer.lfn()));
        if (open.isPresent()) {
            return access(again(owner, offer, open.get()), false);
        }
        if (storage.stat(DataOwner.SYSTEM, owner.vo(), se, offer.lfn()).isPresent()) {
            throw new Refused(
                    ErrorCode.CONFLICT,
                    offer.lfn() + " is at " + se + " already, though the catalogue does not have it:"
                            + " register it or remove it at the storage element");
        }
        Instant now = journal.now();
        Instant deadline = now.plus(journal.settings().uploadLife(owner.vo()));
        Plan plan = new Plan(
                0,
                DataOperationKind.UPLOAD,
                owner.vo(),
                owner.user(),
                owner.group(),
                offer.lfn(),
                se,
                Optional.empty(),
                false,
                offer.size(),
                offer.checksums(),
                offer.guid(),
                deadline,
                now);
        OptionalLong added = journal.in(() -> operations.add(plan, Progress.waiting(deadline, false)));
        DataOperationRow row = journal.in(() -> added.isPresent()
                        ? operations.find(List.of(added.getAsLong())).stream().findFirst()
                        : operations.openAt(se, offer.lfn()))
                .orElseThrow(() -> busy(offer.lfn()));
        return access(added.isPresent() ? row : again(owner, offer, row), added.isPresent());
    }

    /** The upload that is announced already, if it is the same. */
    private static DataOperationRow again(DataOwner owner, FileOffer offer, DataOperationRow open) {
        Plan plan = open.plan();
        boolean same = plan.kind() == DataOperationKind.UPLOAD
                && open.state() == DataOperationState.WAITING
                && owner.owns(open)
                && offer.se().map(plan.se()::equals).orElse(true)
                && plan.size() == offer.size()
                && plan.checksums().equals(offer.checksums())
                && plan.guid().equals(offer.guid());
        if (!same) {
            throw plan.kind() == DataOperationKind.UPLOAD && owner.owns(open)
                    ? new Refused(
                            ErrorCode.CONFLICT,
                            offer.lfn() + " is being uploaded already by your operation " + open.id()
                                    + ", in other bytes or to another storage element, or its bytes are just coming: finish"
                                    + " it or cancel it")
                    : busy(offer.lfn());
        }
        return open;
    }

    private static Refused busy(Lfn lfn) {
        return new Refused(
                ErrorCode.CONFLICT, lfn + " is being uploaded or removed by another operation; try again later");
    }

    /**
     * Whose pieces may be put together: without a checksum nobody would notice that they are of two files, so each who announces the
     * upload, such as a job that runs again, begins anew.
     */
    private static String pieces(Plan plan) {
        boolean told = plan.checksums().adler32().isPresent()
                || plan.checksums().sha256().isPresent();
        return told ? Long.toString(plan.id()) : plan.id() + "-" + UUID.randomUUID();
    }

    /** @param fresh whether nobody can have used the upload yet, so that without leave it has failed */
    private PlannedUpload access(DataOperationRow row, boolean fresh) {
        Plan plan = row.plan();
        Optional<ClientAccess> access;
        try {
            access =
                    storage.uploadAccess(DataOwner.SYSTEM, plan.vo(), plan.se(), plan.lfn(), pieces(plan), plan.size());
        } catch (StorageFailure failure) {
            if (fresh) {
                cleaning.end(row, DataOperationState.FAILED, Optional.of(failure.detail()));
            }
            throw failure;
        }
        // the client learns of it only once it is written down until when he may use it
        if (journal.change(row, held -> held.begun(access.map(ClientAccess::expires)))
                .isEmpty()) {
            throw busy(plan.lfn());
        }
        return new PlannedUpload(OptionalLong.of(plan.id()), plan.se(), access, Optional.of(plan.deadline()));
    }

    /**
     * Takes the bytes of an upload whose storage element gives clients no leave, and passes them on as they come.
     *
     * @param length of what comes; it must be what was announced
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public void receive(Caller caller, long id, long length, InputStream content) {
        DataOwner owner = DataOwner.of(caller);
        DataOperationRow claimed = journal.in(() -> {
            DataOperationRow row =
                    operations.hold(id).filter(held -> isUploadOf(owner, held)).orElseThrow(() -> unknown(id));
            if (row.state() != DataOperationState.WAITING) {
                throw new Refused(
                        ErrorCode.CONFLICT,
                        "The upload " + id + " takes no bytes: it is "
                                + row.state().text());
            }
            if (length != row.plan().size()) {
                throw new InvalidRequest("The upload " + id + " is of "
                        + row.plan().size() + " bytes, but " + length + " come with Content-Length");
            }
            return journal.saved(row.running(journal.claimedUntil()));
        });
        Optional<String> arrived = Optional.empty();
        Optional<String> failure = Optional.of("The bytes did not come to their end");
        claims.hold(claimed);
        try {
            arrived = write(claimed.plan(), content).or(() -> claimed.progress().arrived());
            failure = Optional.empty();
        } catch (StorageFailure broken) {
            failure = Optional.of(broken.detail());
            throw broken;
        } finally {
            claims.release(claimed);
            Optional<String> adler32 = arrived;
            Optional<String> why = failure;
            journal.change(claimed, row -> row.waiting(row.plan().deadline(), adler32, why));
        }
    }

    /** The adler32 of what is stored now; empty if something was there before. */
    private Optional<String> write(Plan plan, InputStream content) {
        CheckedInputStream checked = new CheckedInputStream(content, new Adler32());
        try {
            storage.write(DataOwner.SYSTEM, plan.vo(), plan.se(), plan.lfn(), plan.size(), plan.checksums(), checked);
        } catch (StorageFailure failure) {
            boolean there = failure.reason() == StorageFailure.Reason.PRESENT;
            if (!there) {
                throw failure;
            }
            // an earlier try came to its end, but its answer did not; these bytes say nothing of what is stored
            skip(checked);
            return Optional.empty();
        }
        return Optional.of(Checksums.text(checked.getChecksum()));
    }

    private static void skip(InputStream content) {
        try {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            throw new StorageFailure(StorageFailure.Reason.AWAY, "The bytes did not come to their end", broken);
        }
    }

    /**
     * Registers uploads that have arrived as announced. What did not is removed, and the upload has failed; what has not arrived at all,
     * or whose storage element is away, may be committed again later. A repeat answers the same.
     *
     * @throws InvalidRequest if there are none or too many
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Long, Lfn> commit(Caller caller, Collection<Long> ids) {
        DataJournal.requireFew(ids.size());
        Map<Long, Lfn> success = new LinkedHashMap<>();
        Map<Long, Problem> failed = new LinkedHashMap<>();
        for (long id : ids) {
            try {
                success.put(id, commit(caller, id));
            } catch (StorageFailure | Refused refusal) {
                failed.put(id, refusal.problem());
            }
        }
        return new BulkResult<>(success, failed);
    }

    private Lfn commit(Caller caller, long id) {
        DataOwner owner = DataOwner.of(caller);
        DataOperationRow row = journal.in(() -> operations.find(List.of(id))).stream()
                .filter(found -> isUploadOf(owner, found))
                .findFirst()
                .orElseThrow(() -> unknown(id));
        if (isDone(row)) {
            return row.plan().lfn();
        }
        requireWaiting(row);
        Plan plan = row.plan();
        StoredEntry stored = summed(
                row,
                storage.stat(DataOwner.SYSTEM, plan.vo(), plan.se(), plan.lfn())
                        .orElseThrow(() -> new Refused(
                                ErrorCode.NOT_FOUND,
                                plan.lfn() + " has not arrived at " + plan.se()
                                        + row.progress()
                                                .failure()
                                                .map(text -> ": " + text)
                                                .orElse(""))));
        Optional<String> difference = difference(row, stored);
        DataOperationRow after = journal.in(() -> {
            DataOperationRow held = operations.hold(id).orElseThrow(() -> unknown(id));
            if (isDone(held)) {
                return held;
            }
            requireWaiting(held);
            return journal.saved(difference
                    .or(() -> register(caller, plan, stored))
                    .map(failure -> held.taken()
                            .cleaning(DataOperationState.FAILED, Optional.of(failure), journal.claimedUntil()))
                    .orElseGet(() -> held.taken()
                            .ended(DataOperationState.DONE, Optional.empty(), journal.now(), journal.lateLook(held))));
        });
        if (!isDone(after)) {
            claims.hold(after);
            try {
                cleaning.clean(after);
            } finally {
                claims.release(after);
            }
            throw new Refused(ErrorCode.CONFLICT, after.progress().failure().orElse("The upload failed"));
        }
        return plan.lfn();
    }

    /** Done, or just looked after once more. */
    private static boolean isDone(DataOperationRow row) {
        return row.state() == DataOperationState.DONE
                || row.progress().ending().equals(Optional.of(DataOperationState.DONE));
    }

    private static void requireWaiting(DataOperationRow row) {
        if (row.state() != DataOperationState.WAITING) {
            throw new Refused(
                    ErrorCode.CONFLICT,
                    row.state() == DataOperationState.RUNNING
                            ? "The bytes of the upload " + row.id() + " are still coming"
                            : "The upload " + row.id() + " of " + row.plan().lfn() + " is "
                                    + row.state().text()
                                    + row.progress()
                                            .failure()
                                            .map(text -> ": " + text)
                                            .orElse(""));
        }
    }

    /** With a checksum to compare: where the storage element tells none of what a client has sent, as S3 stores do, the file is read. */
    private StoredEntry summed(DataOperationRow row, StoredEntry stored) {
        Plan plan = row.plan();
        Checksums announced = plan.checksums();
        Checksums told = checksums(stored.checksums(), row.progress().arrived());
        boolean comparable = announced.adler32().isPresent() && told.adler32().isPresent()
                || announced.sha256().isPresent() && told.sha256().isPresent();
        boolean isAnnounced =
                announced.adler32().isPresent() || announced.sha256().isPresent();
        return comparable || !isAnnounced || stored.directory() || stored.size() != plan.size()
                ? stored
                : new StoredEntry(stored.name(), false, stored.size(), stored.modified(), read(plan));
    }

    private Checksums read(Plan plan) {
        MessageDigest sha256 = sha256();
        try (StorageContent content =
                storage.read(DataOwner.SYSTEM, plan.vo(), plan.se(), plan.lfn(), 0, OptionalLong.empty())) {
            CheckedInputStream adler32 = new CheckedInputStream(
                    plan.checksums().sha256().isPresent()
                            ? new DigestInputStream(content.content(), sha256)
                            : content.content(),
                    new Adler32());
            adler32.transferTo(OutputStream.nullOutputStream());
            return new Checksums(
                    Optional.of("%08x".formatted(adler32.getChecksum().getValue())),
                    plan.checksums().sha256().map(asked -> HexFormat.of().formatHex(sha256.digest())));
        } catch (IOException broken) {
            throw new StorageFailure(
                    StorageFailure.Reason.AWAY,
                    plan.lfn() + " could not be read at " + plan.se() + " to the end",
                    broken);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private static Optional<String> difference(DataOperationRow row, StoredEntry stored) {
        Plan plan = row.plan();
        String arrived = plan.lfn() + " arrived at " + plan.se() + " ";
        if (stored.directory()) {
            return Optional.of(plan.lfn() + " is a directory at " + plan.se());
        }
        if (stored.size() != plan.size()) {
            return Optional.of(arrived + "with " + stored.size() + " bytes, announced were " + plan.size());
        }
        Checksums came = checksums(stored.checksums(), row.progress().arrived());
        return came.contradict(plan.checksums())
                ? Optional.of(arrived + "with another checksum than announced, adler32 "
                        + came.adler32().orElse("unknown"))
                : Optional.empty();
    }

    private static Checksums checksums(Checksums told, Optional<String> streamed) {
        return new Checksums(told.adler32().or(() -> streamed), told.sha256());
    }

    /** Why it cannot be registered; empty if it is. */
    private Optional<String> register(Caller caller, Plan plan, StoredEntry stored) {
        Checksums checksums = new Checksums(
                plan.checksums().adler32().or(() -> stored.checksums().adler32()),
                plan.checksums().sha256().or(() -> stored.checksums().sha256()));
        BulkResult<Lfn, ?> result = catalog.register(
                caller,
                List.of(new NewFile(
                        plan.lfn(),
                        plan.size(),
                        checksums,
                        plan.guid(),
                        OptionalInt.empty(),
                        List.of(NewReplica.at(plan.se())),
                        List.of())));
        return Optional.ofNullable(result.failed().get(plan.lfn())).map(Problem::detail);
    }

    private static boolean isUploadOf(DataOwner owner, DataOperationRow row) {
        return owner.owns(row) && row.plan().kind() == DataOperationKind.UPLOAD;
    }

    private static Refused unknown(long id) {
        return new Refused(ErrorCode.NOT_FOUND, "You have no upload " + id);
    }
}
