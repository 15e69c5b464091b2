/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.BlamedOption;
import org.diracee.client.wire.ChangedConfiguration;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.ConfigurationDifference;
import org.diracee.client.wire.ConfigurationHistory;
import org.diracee.client.wire.ConfigurationOption;
import org.diracee.client.wire.ConfigurationText;
import org.diracee.client.wire.RollBackConfiguration;

/** The configuration of an installation: reading it and its history, and changing it. */
public final class Configurations {

    /** Revisions that one page of the history may have. */
    public static final int MAX_PAGE = 100;

    /** {@link ApiError#code()} of a change that excludes one which others made meanwhile. */
    public static final String CONFLICT = "CONFIGURATION_CONFLICT";

    private static final String REVISIONS = "/api/config/revisions";

    private final ApiClient client;

    public Configurations(ApiClient client) {
        this.client = client;
    }

    /**
     * Returns a section, or the whole, as text.
     *
     * @param path {@code /} for the whole
     * @param format {@code cfg} or {@code yaml}
     * @param revision the one in force if absent
     */
    public ConfigurationText document(String path, String format, Optional<Long> revision) {
        ApiRequest request =
                ApiRequest.get("/api/config/document").query("path", path).query("format", format);
        return client.call(with(request, "revision", revision), ConfigurationText.class);
    }

    /** Returns the value that counts, for this VO if one is given. */
    public ConfigurationOption option(String path, Optional<String> vo) {
        ApiRequest request = ApiRequest.get("/api/config/option").query("path", path);
        return client.call(with(request, "vo", vo), ConfigurationOption.class);
    }

    /** Returns the number of the revision that is in force. */
    public long revisionInForce() {
        ConfigurationHistory newest = history(1, Optional.empty());
        if (newest.revisions().isEmpty()) {
            throw new UnreadableAnswer("GET " + REVISIONS, "it has no revision", null);
        }
        return newest.revisions().get(0).revision();
    }

    /**
     * Changes the configuration as a whole or not at all.
     *
     * @param idempotencyKey unique to this change, as a random UUID
     * @throws ApiError with code {@link #CONFLICT} if others changed the same entries since the change's base
     */
    public CommittedConfiguration commit(CommitConfiguration change, String idempotencyKey) {
        return client.call(
                ApiRequest.post(REVISIONS).query("dry_run", false).json(change).idempotencyKey(idempotencyKey),
                CommittedConfiguration.class);
    }

    /** Tells what {@link #commit} would do, and does nothing. */
    public CommittedConfiguration tryOut(CommitConfiguration change) {
        return client.call(
                ApiRequest.post(REVISIONS).query("dry_run", true).json(change).repeatable(),
                CommittedConfiguration.class);
    }

    /** Makes an old revision's document a new revision. */
    public CommittedConfiguration rollBack(RollBackConfiguration request, String idempotencyKey) {
        return client.call(
                ApiRequest.post("/api/config/rollback").json(request).idempotencyKey(idempotencyKey),
                CommittedConfiguration.class);
    }

    /**
     * Returns revisions, the newest first.
     *
     * @param limit at most {@link #MAX_PAGE}
     * @param before only those older than this one
     */
    public ConfigurationHistory history(int limit, Optional<Long> before) {
        ApiRequest request = ApiRequest.get(REVISIONS).query("limit", limit);
        return client.call(with(request, "before", before), ConfigurationHistory.class);
    }

    /** Returns a revision and what it changed. */
    public ChangedConfiguration revision(long number) {
        return client.call(ApiRequest.get(REVISIONS + "/" + number), ChangedConfiguration.class);
    }

    public ConfigurationDifference difference(long from, long to) {
        return client.call(
                ApiRequest.get("/api/config/diff").query("from", from).query("to", to), ConfigurationDifference.class);
    }

    /**
     * Returns every entry at and below the path with the revision that last changed it.
     *
     * @param revision the one in force if absent
     */
    public List<BlamedOption> blame(String path, Optional<Long> revision) {
        ApiRequest request = ApiRequest.get("/api/config/blame").query("path", path);
        return client.call(with(request, "revision", revision), new TypeReference<>() {});
    }

    private static ApiRequest with(ApiRequest request, String name, Optional<?> value) {
        return value.isPresent() ? request.query(name, value.get()) : request;
    }
}
