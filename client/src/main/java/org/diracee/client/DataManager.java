/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.CheckedReplica;
import org.diracee.client.wire.CommitUploads;
import org.diracee.client.wire.DataAccess;
import org.diracee.client.wire.DataOperationPage;
import org.diracee.client.wire.DataOperationRecord;
import org.diracee.client.wire.FindDownloads;
import org.diracee.client.wire.FoundDownload;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.NameFiles;
import org.diracee.client.wire.PlanUploads;
import org.diracee.client.wire.PlanUploads.PlanUpload;
import org.diracee.client.wire.PlannedUpload;
import org.diracee.client.wire.RemoveReplicas;
import org.diracee.client.wire.ReplicateFiles;

/**
 * Moves files between this machine and storage elements, and has them removed, replicated and checked.
 */
public final class DataManager {

    /** How many files one request may name; more are asked for one after the other. */
    private static final int MOST = 100;

    /** The longest page of a list. */
    public static final int MAX_PAGE = 10_000;

    private static final String DATA = "/api/data";

    private final ApiClient client;
    private final MovedBytes bytes;

    public DataManager(ApiClient client) {
        this.client = client;
        this.bytes = new MovedBytes(client);
    }

    /**
     * Uploads a file and registers it, or sees that it is registered already with the same content. What an earlier try has sent is
     * taken up where the storage element can.
     *
     * @return the name of the storage element
     * @throws DataRefused if the server or the storage element does not take it
     * @throws IOException if the file cannot be read
     */
    public String upload(Path file, String lfn, Optional<String> se, TransferProgress progress) throws IOException {
        long size = Files.size(file);
        String adler32 = MovedBytes.adler32(file);
        PlannedUpload plan = one(
                plan(List.of(new PlanUpload(lfn, se, size, Optional.of(adler32), Optional.empty(), Optional.empty()))),
                lfn);
        Optional<DataAccess> access = plan.access();
        if (plan.id().isPresent() && access.isPresent()) {
            bytes.send(access.get(), file, size, adler32, progress);
            commit(plan.id().get());
        } else {
            progress.moved(size, size);
        }
        return plan.se();
    }

    /** Announces files to be uploaded, and tells how; the same again gets leave again. */
    public LfnAnswer<PlannedUpload> plan(List<PlanUpload> files) {
        return client.call(
                ApiRequest.post(DATA + "/uploads").json(new PlanUploads(files)).repeatable(), new TypeReference<>() {});
    }

    private void commit(long id) {
        BulkAnswer<String> answer = client.call(
                ApiRequest.post(DATA + "/uploads/commit")
                        .json(new CommitUploads(List.of(id)))
                        .repeatable(),
                new TypeReference<>() {});
        BulkAnswer.FailedItem failure = answer.failed().get(id);
        if (failure != null) {
            throw new DataRefused(failure);
        }
    }

    /**
     * Downloads a file by one of its replicas after the other until it is here as the catalogue has it. What an earlier try has got lies
     * beside it in a hidden file with the file's GUID and .dirac-part in its name, and is taken up if a checksum is registered.
     *
     * @param target is created or replaced
     * @param site where this machine is; what is near it comes first
     * @return the name of the storage element that gave its end
     * @throws DataRefused if none gives it
     * @throws IOException if the file cannot be written
     */
    public String download(String lfn, Path target, Optional<String> site, TransferProgress progress)
            throws IOException {
        FoundDownload found = one(
                client.call(
                        ApiRequest.post(DATA + "/downloads")
                                .json(new FindDownloads(List.of(lfn), site))
                                .repeatable(),
                        new TypeReference<LfnAnswer<FoundDownload>>() {}),
                lfn);
        Path part = part(target, found);
        List<String> failures = new ArrayList<>();
        for (FoundDownload.Source source : found.sources()) {
            try {
                bytes.fetch(source.access(), part, found.size(), found.adler32(), progress);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
                return source.se();
            } catch (DataRefused | ServerUnreachable refused) {
                failures.add(source.se() + ": " + refused.getMessage());
            }
        }
        throw new DataRefused(lfn + " cannot be read at " + String.join("; at ", failures));
    }

    /** Of this target and this content alone, and no longer than names may be. */
    private static Path part(Path target, FoundDownload found) {
        String name = String.valueOf(target.getFileName());
        return target.resolveSibling("." + found.guid() + "." + Integer.toHexString(name.hashCode()) + ".dirac-part");
    }

    /** Has files removed with all their replicas; tells of each the operations that do it. */
    public LfnAnswer<List<Long>> remove(List<String> lfns) {
        return LfnAnswer.inParts(
                lfns,
                MOST,
                part -> client.call(
                        ApiRequest.post(DATA + "/removals")
                                .json(new NameFiles(part))
                                .repeatable(),
                        new TypeReference<>() {}));
    }

    /** Has the replicas at one storage element removed. */
    public LfnAnswer<List<Long>> removeReplicas(List<String> lfns, String se) {
        return LfnAnswer.inParts(
                lfns,
                MOST,
                part -> client.call(
                        ApiRequest.post(DATA + "/removals/replicas")
                                .json(new RemoveReplicas(part, se))
                                .repeatable(),
                        new TypeReference<>() {}));
    }

    /**
     * Has files copied to a storage element and registered there; tells of each the operations that do it, none if it is there already.
     *
     * @param move whether the source is removed afterwards
     */
    public LfnAnswer<List<Long>> replicate(List<String> lfns, String se, Optional<String> source, boolean move) {
        return LfnAnswer.inParts(
                lfns,
                MOST,
                part -> client.call(
                        ApiRequest.post(DATA + "/replications")
                                .json(new ReplicateFiles(part, se, source, Optional.of(move)))
                                .repeatable(),
                        new TypeReference<>() {}));
    }

    /** Compares the catalogue with what storage elements have. */
    public LfnAnswer<List<CheckedReplica>> check(List<String> lfns) {
        return LfnAnswer.inParts(
                lfns,
                MOST,
                part -> client.call(
                        ApiRequest.post(DATA + "/checks")
                                .json(new NameFiles(part))
                                .repeatable(),
                        new TypeReference<>() {}));
    }

    /** Those of these operations that are one's own. */
    public List<DataOperationRecord> operations(List<Long> ids) {
        List<DataOperationRecord> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MOST) {
            ApiRequest request = ApiRequest.get(DATA + "/operations");
            for (long id : ids.subList(from, Math.min(ids.size(), from + MOST))) {
                request = request.query("id", id);
            }
            found.addAll(client.call(request, DataOperationPage.class).operations());
        }
        return found;
    }

    /** One's own operations, the newest first. */
    public DataOperationPage operations(
            Optional<String> kind, Optional<String> state, int limit, Optional<String> cursor) {
        ApiRequest request = ApiRequest.get(DATA + "/operations").query("limit", limit);
        request = kind.isPresent() ? request.query("kind", kind.get()) : request;
        request = state.isPresent() ? request.query("state", state.get()) : request;
        return client.call(
                cursor.isPresent() ? request.query("cursor", cursor.get()) : request, DataOperationPage.class);
    }

    public DataOperationRecord cancel(long id) {
        return client.call(
                ApiRequest.post(DATA + "/operations/" + id + "/cancel").repeatable(), DataOperationRecord.class);
    }

    private static <V> V one(LfnAnswer<V> answer, String lfn) {
        BulkAnswer.FailedItem failure =
                answer.failed().values().stream().findFirst().orElse(null);
        if (failure != null) {
            throw new DataRefused(failure);
        }
        return answer.success().values().stream()
                .findFirst()
                .orElseThrow(() -> new DataRefused("The server says nothing of " + lfn));
    }
}
