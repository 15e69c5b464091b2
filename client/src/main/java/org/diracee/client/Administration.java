/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.AddUser;
import org.diracee.client.wire.AuditPage;
import org.diracee.client.wire.ChangeMembership;
import org.diracee.client.wire.ClientRow;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.JobTrace;
import org.diracee.client.wire.PolicyExplanation;
import org.diracee.client.wire.RegisterClient;
import org.diracee.client.wire.RegistryGroup;
import org.diracee.client.wire.RegistryUser;
import org.diracee.client.wire.Suspend;
import org.diracee.client.wire.SuspensionRecord;
import org.diracee.client.wire.TracePage;

/** What those who run an installation, or a VO in it, see and do. */
public final class Administration {

    /** Rows that one page of the audit log may have. */
    public static final int MAX_PAGE = 10_000;

    private static final String CLIENTS = "/api/auth/clients";
    private static final String SUSPENSIONS = "/api/suspensions";

    private final ApiClient client;

    public Administration(ApiClient client) {
        this.client = client;
    }

    /**
     * Returns a page of the audit log, the newest row first.
     *
     * @param filter by the names of the query
     * @param limit at most {@link #MAX_PAGE}
     */
    public AuditPage audit(Map<String, String> filter, int limit, Optional<String> cursor) {
        ApiRequest request = with(ApiRequest.get("/api/audit").query("limit", limit), filter);
        return client.call(cursor.isPresent() ? request.query("cursor", cursor.get()) : request, AuditPage.class);
    }

    public List<SuspensionRecord> suspensions() {
        return client.call(ApiRequest.get(SUSPENSIONS), new TypeReference<>() {});
    }

    public SuspensionRecord suspend(Suspend order) {
        return client.call(ApiRequest.post(SUSPENSIONS).json(order).repeatable(), SuspensionRecord.class);
    }

    /** Lifts a suspension. */
    public void resume(long id) {
        client.exchange(ApiRequest.delete(SUSPENSIONS + "/" + id));
    }

    /** Returns the users of this VO, of one's own if none is given. */
    public List<RegistryUser> users(Optional<String> vo) {
        return client.call(ofVo("/api/registry/users", vo), new TypeReference<>() {});
    }

    /** Returns the groups of this VO, of one's own if none is given. */
    public List<RegistryGroup> groups(Optional<String> vo) {
        return client.call(ofVo("/api/registry/groups", vo), new TypeReference<>() {});
    }

    public CommittedConfiguration add(AddUser order) {
        return client.call(ApiRequest.post("/api/registry/users").json(order), CommittedConfiguration.class);
    }

    public CommittedConfiguration change(String group, ChangeMembership order) {
        return client.call(
                ApiRequest.post("/api/registry/groups/" + ApiRequest.segment(group) + "/members")
                        .json(order),
                CommittedConfiguration.class);
    }

    /**
     * Takes a user out of this VO, of one's own if none is given.
     *
     * @param message why, for the history of the configuration
     */
    public CommittedConfiguration removeUser(String name, Optional<String> vo, String message) {
        ApiRequest request = ApiRequest.delete("/api/registry/users/" + ApiRequest.segment(name))
                .query("message", message);
        return client.call(vo.isPresent() ? request.query("vo", vo.get()) : request, CommittedConfiguration.class);
    }

    /** Returns the registered clients of one's VO. */
    public List<ClientRow> clients() {
        return client.call(ApiRequest.get(CLIENTS), new TypeReference<>() {});
    }

    public ClientRow client(String id) {
        return client.call(ApiRequest.get(CLIENTS + "/" + ApiRequest.segment(id)), ClientRow.class);
    }

    public CommittedConfiguration add(RegisterClient order) {
        return client.call(ApiRequest.post(CLIENTS).json(order), CommittedConfiguration.class);
    }

    /**
     * Takes the client out of one's VO, which ends its sessions and tokens.
     *
     * @param message why, for the history of the configuration
     */
    public CommittedConfiguration deleteClient(String id, String message) {
        return client.call(
                ApiRequest.delete(CLIENTS + "/" + ApiRequest.segment(id)).query("message", message),
                CommittedConfiguration.class);
    }

    public void approveClient(String id) {
        client.exchange(ApiRequest.put(approval(id)));
    }

    /** Takes the approval back, which ends the client's sessions and tokens. */
    public void revokeClient(String id) {
        client.exchange(ApiRequest.delete(approval(id)));
    }

    private static String approval(String id) {
        return CLIENTS + "/" + ApiRequest.segment(id) + "/approval";
    }

    /** Returns all operations with their rules; with an {@code operation} whether somebody may. */
    public List<PolicyExplanation> policy(Map<String, String> question) {
        return client.call(with(ApiRequest.get("/api/auth/policy"), question), new TypeReference<>() {});
    }

    /** Returns who is behind what a job did, or what came from an address at a time, from all pages. */
    public List<JobTrace> trace(Map<String, String> question) {
        Map<List<Long>, JobTrace> found = new LinkedHashMap<>();
        Map<String, String> page = new LinkedHashMap<>(question);
        Optional<String> next;
        do {
            TracePage answer = client.call(with(ApiRequest.get("/api/audit/trace"), page), TracePage.class);
            answer.attempts()
                    .forEach(trace ->
                            found.merge(List.of(trace.job(), (long) trace.attempt()), trace, JobTrace::withTokensOf));
            next = answer.next();
            next.ifPresent(cursor -> page.put("cursor", cursor));
        } while (next.isPresent());
        return List.copyOf(found.values());
    }

    private static ApiRequest ofVo(String path, Optional<String> vo) {
        return with(ApiRequest.get(path), vo.map(name -> Map.of("vo", name)).orElse(Map.of()));
    }

    private static ApiRequest with(ApiRequest request, Map<String, String> query) {
        ApiRequest full = request;
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            full = full.query(parameter.getKey(), parameter.getValue());
        }
        return full;
    }
}
