/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.diracee.client.wire.AddReplica;
import org.diracee.client.wire.CatalogEntry;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.CatalogUsage;
import org.diracee.client.wire.ChangeCatalogEntry;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.NameFiles;
import org.diracee.client.wire.OwnerUsage;
import org.diracee.client.wire.RegisterFiles;
import org.diracee.client.wire.RegisterFiles.RegisterFile;
import org.diracee.client.wire.RegisteredFile;
import org.diracee.client.wire.ReplicaRecord;

/** The file catalogue. A call names at most {@link #MOST} files. */
public final class Files {

    /** How many files or directories one call may name. */
    public static final int MOST = 1000;

    /** The longest page of a list. */
    public static final int MAX_PAGE = 10_000;

    private static final String FILES = "/api/files";

    private final ApiClient client;

    public Files(ApiClient client) {
        this.client = client;
    }

    public LfnAnswer<CatalogEntry> entries(List<String> lfns) {
        return client.call(named("/entries", lfns), new TypeReference<>() {});
    }

    /** @param all also those in another status than AprioriGood */
    public LfnAnswer<List<ReplicaRecord>> replicas(List<String> lfns, boolean all) {
        return client.call(named("/replicas", lfns).query("all", all), new TypeReference<>() {});
    }

    /** Tells what is in a directory: directories, then files, which come with their replicas if asked for. */
    public CatalogPage list(String directory, boolean replicas, int limit, Optional<String> cursor) {
        ApiRequest request = ApiRequest.get(FILES + "/list")
                .query("directory", directory)
                .query("replicas", replicas)
                .query("limit", limit);
        return client.call(cursor.isPresent() ? request.query("cursor", cursor.get()) : request, CatalogPage.class);
    }

    /** Tells what files were made of, with the number of steps that it is away. */
    public LfnAnswer<Map<String, Integer>> ancestors(List<String> lfns, OptionalInt depth) {
        return relatives("/ancestors", lfns, depth);
    }

    /** Tells what was made of files, with the number of steps that it is away. */
    public LfnAnswer<Map<String, Integer>> descendants(List<String> lfns, OptionalInt depth) {
        return relatives("/descendants", lfns, depth);
    }

    public LfnAnswer<CatalogUsage> usage(List<String> directories) {
        return client.call(named("/usage", directories), new TypeReference<>() {});
    }

    /** Tells how much each owner has of those that one may know of. */
    public List<OwnerUsage> usageOfOwners() {
        return client.call(ApiRequest.get(FILES + "/usage/owners"), new TypeReference<>() {});
    }

    public LfnAnswer<RegisteredFile> register(List<RegisterFile> files) {
        return client.call(
                ApiRequest.post(FILES).json(new RegisterFiles(files)).repeatable(), new TypeReference<>() {});
    }

    /** Takes files out of the catalogue; what lies at storage elements stays there. */
    public LfnAnswer<Boolean> unregister(List<String> lfns) {
        return client.call(named("/remove", lfns), new TypeReference<>() {});
    }

    /** Adds replicas, by LFN; tells how many were not there before. */
    public LfnAnswer<Integer> addReplicas(Map<String, List<AddReplica>> replicas) {
        return client.call(
                ApiRequest.post(FILES + "/replicas/add").json(replicas).repeatable(), new TypeReference<>() {});
    }

    /** Takes replicas out of the catalogue, by LFN and storage element; tells how many were there. */
    public LfnAnswer<Integer> removeReplicas(Map<String, List<String>> storageElements) {
        return client.call(
                ApiRequest.post(FILES + "/replicas/remove")
                        .json(storageElements)
                        .repeatable(),
                new TypeReference<>() {});
    }

    /** Makes directories with all above them; tells of each whether it was not there before. */
    public LfnAnswer<Boolean> makeDirectories(List<String> lfns) {
        return client.call(named("/directories", lfns), new TypeReference<>() {});
    }

    public LfnAnswer<Boolean> removeDirectories(List<String> lfns) {
        return client.call(named("/directories/remove", lfns), new TypeReference<>() {});
    }

    /** Moves files and directories, by the old name; a repeat would find nothing to move. */
    public LfnAnswer<String> move(Map<String, String> names) {
        return client.call(ApiRequest.post(FILES + "/move").json(names), new TypeReference<>() {});
    }

    /** Changes whose files and directories are and what others may do with them; tells how many were changed. */
    public LfnAnswer<Integer> change(Map<String, ChangeCatalogEntry> changes, boolean recursive) {
        return client.call(
                ApiRequest.patch(FILES + "/entries")
                        .query("recursive", recursive)
                        .json(changes)
                        .repeatable(),
                new TypeReference<>() {});
    }

    private LfnAnswer<Map<String, Integer>> relatives(String route, List<String> lfns, OptionalInt depth) {
        ApiRequest request = named(route, lfns);
        return client.call(
                depth.isPresent() ? request.query("depth", depth.getAsInt()) : request, new TypeReference<>() {});
    }

    /** All calls that only name files may be repeated. */
    private static ApiRequest named(String route, List<String> lfns) {
        return ApiRequest.post(FILES + route).json(new NameFiles(lfns)).repeatable();
    }
}
