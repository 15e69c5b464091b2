/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.data;

import jakarta.ws.rs.core.UriBuilder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.CheckedReplica;
import org.diracee.client.wire.DataAccess;
import org.diracee.client.wire.DataOperationRecord;
import org.diracee.client.wire.FoundDownload;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.PlanUploads.PlanUpload;
import org.diracee.client.wire.PlannedUpload;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.data.boundary.DataOperation;
import org.diracee.dms.data.boundary.FileOffer;
import org.diracee.dms.data.boundary.OfferedReplicas;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/**
 * Translates between the records of the wire and those of operations on data.
 *
 * @param publicUrl of this server, for bytes that go through it
 */
record DataRecords(String publicUrl) {

    static List<Lfn> lfns(Collection<String> texts) {
        return texts.stream().map(Lfn::new).distinct().toList();
    }

    static <V, W> LfnAnswer<W> answer(BulkResult<Lfn, V> result, Function<V, W> translation) {
        Map<String, W> success = new LinkedHashMap<>();
        result.success().forEach((lfn, value) -> success.put(lfn.text(), translation.apply(value)));
        Map<String, BulkAnswer.FailedItem> failed = new LinkedHashMap<>();
        result.failed().forEach((lfn, problem) -> failed.put(lfn.text(), failed(problem)));
        return new LfnAnswer<>(success, failed);
    }

    static BulkAnswer<String> committed(BulkResult<Long, Lfn> result) {
        Map<Long, String> success = new LinkedHashMap<>();
        result.success().forEach((id, lfn) -> success.put(id, lfn.text()));
        Map<Long, BulkAnswer.FailedItem> failed = new LinkedHashMap<>();
        result.failed().forEach((id, problem) -> failed.put(id, failed(problem)));
        return new BulkAnswer<>(success, failed);
    }

    static FileOffer offer(PlanUpload file) {
        return new FileOffer(
                new Lfn(file.lfn()),
                file.se().map(SeName::new),
                file.size(),
                new Checksums(file.adler32(), file.sha256()),
                file.guid());
    }

    PlannedUpload planned(org.diracee.dms.data.boundary.PlannedUpload plan) {
        if (plan.id().isEmpty()) {
            return new PlannedUpload(Optional.empty(), plan.se().text(), Optional.empty(), Optional.empty());
        }
        long id = plan.id().getAsLong();
        DataAccess access = plan.access()
                .map(DataRecords::access)
                .orElseGet(() -> ours(
                        "PUT",
                        UriBuilder.fromUri(publicUrl)
                                .path("api/data/uploads/{id}/content")
                                .build(id)
                                .toString()));
        return new PlannedUpload(Optional.of(id), plan.se().text(), Optional.of(access), plan.deadline());
    }

    FoundDownload found(Lfn lfn, OfferedReplicas offered) {
        return new FoundDownload(
                offered.size(),
                offered.checksums().adler32(),
                offered.checksums().sha256(),
                offered.guid(),
                offered.sources().stream()
                        .map(source -> new FoundDownload.Source(
                                source.se().text(),
                                source.access().map(DataRecords::access).orElseGet(() -> content(lfn, source.se()))))
                        .toList());
    }

    private DataAccess content(Lfn lfn, SeName se) {
        return ours(
                "GET",
                UriBuilder.fromUri(publicUrl)
                        .path("api/data/content")
                        .queryParam("lfn", "{lfn}")
                        .queryParam("se", "{se}")
                        .build(lfn.text(), se.text())
                        .toString());
    }

    static CheckedReplica checked(org.diracee.dms.data.boundary.CheckedReplica replica) {
        return new CheckedReplica(replica.se().text(), replica.finding().text(), replica.detail());
    }

    static DataOperationRecord operation(DataOperation operation) {
        return new DataOperationRecord(
                operation.id(),
                operation.kind().text(),
                operation.state().text(),
                operation.lfn().text(),
                operation.se().text(),
                operation.source().map(SeName::text),
                operation.size(),
                operation.attempts(),
                operation.failure(),
                operation.created(),
                operation.next(),
                operation.ended());
    }

    private static DataAccess access(ClientAccess access) {
        return new DataAccess(
                access.url().toString(), access.method(), access.headers(), Optional.of(access.expires()), false);
    }

    private static DataAccess ours(String method, String url) {
        return new DataAccess(url, method, Map.of(), Optional.empty(), true);
    }

    private static BulkAnswer.FailedItem failed(Problem problem) {
        return new BulkAnswer.FailedItem(
                problem.detail(), problem.code().name(), problem.code().errno());
    }
}
