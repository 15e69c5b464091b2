/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.files;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.diracee.client.wire.AddReplica;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.CatalogUsage;
import org.diracee.client.wire.ChangeCatalogEntry;
import org.diracee.client.wire.DumpPage;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.RegisterFiles.RegisterFile;
import org.diracee.client.wire.ReplicaRecord;
import org.diracee.dms.catalog.boundary.Acl;
import org.diracee.dms.catalog.boundary.AclEntry;
import org.diracee.dms.catalog.boundary.CatalogChange;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.catalog.boundary.CatalogUse;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.DumpedReplica;
import org.diracee.dms.catalog.boundary.NewFile;
import org.diracee.dms.catalog.boundary.NewReplica;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.UserName;

/** Translates between the records of the wire and those of the file catalogue. */
final class FileRecords {

    private static final int OCTAL = 8;

    private FileRecords() {}

    static List<Lfn> lfns(Collection<String> texts) {
        return texts.stream().map(Lfn::new).distinct().toList();
    }

    /** The same by LFN; two spellings of one are refused. */
    static <V, W> Map<Lfn, W> byLfn(Map<String, V> values, Function<V, W> translation) {
        Map<Lfn, W> byLfn = new LinkedHashMap<>();
        values.forEach((text, value) -> {
            Lfn lfn = new Lfn(text);
            if (byLfn.put(lfn, translation.apply(value)) != null) {
                throw new InvalidRequest(lfn + " is named twice");
            }
        });
        return byLfn;
    }

    static <K, V, W> LfnAnswer<W> answer(BulkResult<K, V> result, Function<V, W> translation) {
        Map<String, W> success = new LinkedHashMap<>();
        result.success().forEach((key, value) -> success.put(key.toString(), translation.apply(value)));
        Map<String, BulkAnswer.FailedItem> failed = new LinkedHashMap<>();
        result.failed()
                .forEach((key, problem) -> failed.put(
                        key.toString(),
                        new BulkAnswer.FailedItem(
                                problem.detail(),
                                problem.code().name(),
                                problem.code().errno())));
        return new LfnAnswer<>(success, failed);
    }

    static NewFile file(RegisterFile file) {
        return new NewFile(
                new Lfn(file.lfn()),
                file.size(),
                new Checksums(file.adler32(), file.sha256()),
                file.guid(),
                mode(file.mode()),
                replicas(file.replicas()),
                lfns(file.ancestors()));
    }

    static List<NewReplica> replicas(List<AddReplica> replicas) {
        return replicas.stream()
                .map(replica -> new NewReplica(new SeName(replica.se()), replica.pfn()))
                .toList();
    }

    static CatalogChange change(ChangeCatalogEntry change) {
        return new CatalogChange(
                change.owner().map(UserName::new),
                change.group().map(GroupName::new),
                mode(change.mode()),
                change.acl().map(Acl::of),
                change.defaultAcl().map(Acl::of));
    }

    static ReplicaRecord replica(Replica replica) {
        return new ReplicaRecord(replica.se().text(), replica.status().text(), replica.master(), replica.pfn());
    }

    static List<ReplicaRecord> shown(List<Replica> replicas) {
        return replicas.stream().map(FileRecords::replica).toList();
    }

    static org.diracee.client.wire.CatalogEntry entry(CatalogEntry entry, boolean withReplicas) {
        Optional<CatalogEntry.FileFacts> file = entry.file();
        return new org.diracee.client.wire.CatalogEntry(
                entry.lfn().text(),
                file.isPresent() ? "file" : "directory",
                entry.ownership().owner(),
                entry.ownership().group(),
                "%03o".formatted(entry.ownership().mode()),
                texts(entry.ownership().acl()),
                texts(entry.defaultAcl()),
                entry.created(),
                entry.modified(),
                file.map(CatalogEntry.FileFacts::size),
                file.flatMap(facts -> facts.checksums().adler32()),
                file.flatMap(facts -> facts.checksums().sha256()),
                file.map(CatalogEntry.FileFacts::guid),
                file.map(facts -> facts.status().text()),
                file.flatMap(CatalogEntry.FileFacts::job).map(JobId::number),
                file.filter(facts -> withReplicas).map(facts -> shown(facts.replicas())));
    }

    static DumpPage.DumpedReplica dumped(DumpedReplica dumped) {
        return new DumpPage.DumpedReplica(
                dumped.lfn().text(),
                dumped.size(),
                dumped.checksums().adler32(),
                dumped.checksums().sha256(),
                dumped.replica().status().text(),
                dumped.replica().pfn());
    }

    static CatalogUsage usage(CatalogUse use) {
        Map<String, CatalogUsage.Amount> bySe = new TreeMap<>();
        use.bySe()
                .forEach((se, amount) -> bySe.put(se.text(), new CatalogUsage.Amount(amount.files(), amount.bytes())));
        return new CatalogUsage(use.files().files(), use.files().bytes(), bySe);
    }

    private static List<String> texts(Acl acl) {
        return acl.entries().stream().map(AclEntry::toString).toList();
    }

    private static OptionalInt mode(Optional<String> octal) {
        if (octal.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!octal.get().matches("[0-7]{3}")) {
            throw new InvalidRequest("mode is '" + octal.get() + "': allowed are three octal digits such as 750");
        }
        return OptionalInt.of(Integer.parseInt(octal.get(), OCTAL));
    }
}
