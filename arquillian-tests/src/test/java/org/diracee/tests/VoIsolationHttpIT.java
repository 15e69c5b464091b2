/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Nothing of a VO reaches anybody of another: every route of the API's description is called with the ids of VO A's objects by
 * callers of VO B, whatever their rights there. A new route is called without a change here unless it has parameters of unknown
 * names; then the test fails and says what to add.
 *
 * <p>Beyond this: rights over the whole installation (CSAdministrator, ServiceAdministrator) see all VOs, as
 * docs/reference/rest-api.md says.
 */
class VoIsolationHttpIT {

    /** Statuses that a well-formed call can have; any other means that the test has not reached what it tests. */
    private static final Set<Integer> WELL_FORMED = Set.of(200, 201, 202, 204, 206, 307, 401, 403, 404, 409, 416);

    /**
     * Routes that answer 400 to what is well-formed: to guesses of a secret or of a signed link, to a sandbox that is another's, and
     * bulk calls of which nothing succeeded.
     */
    private static final Set<String> BAD_REQUESTS = Set.of(
            "POST /api/jobs",
            "POST /api/jobs/jdl",
            "POST /api/jobs/reschedule",
            "GET /api/sandbox-transfers/{pfn}",
            "POST /api/sandbox-transfers/{pfn}",
            "GET /api/auth/authorize",
            "GET /api/auth/authorize/complete",
            "GET /api/auth/device",
            "GET /api/auth/device/complete",
            "POST /api/auth/device/approval",
            "POST /api/auth/authorize/approval",
            "POST /api/auth/certificate",
            "POST /api/auth/token");

    /**
     * Routes that tell whether an id exists: of the stamp of a pilot, which is 122 random bits, and of users, who are in the
     * configuration for everybody.
     */
    private static final Set<String> TELLING =
            Set.of("POST /api/auth/pilot-token", "POST /api/registry/groups/{group}/members");

    /** What others may read, with the reason; everything else is a leak. */
    private static final Map<String, BiPredicate<String, IsolatedVo.Kind>> ALLOWED = Map.of(
            "DiracX serves the whole configuration to every caller with a token, and clients need it; it holds no secrets",
            (route, kind) -> route.contains(" /api/config/") && kind == IsolatedVo.Kind.CONFIGURATION);

    static RunningSystem system;
    static Http anonymous;
    static ApiCalls api;
    static IsolatedVo a;
    static IsolatedVo b;

    /** What B's callers read before there was anything of A, and right after. */
    static Map<String, JsonNode> before;

    static Map<String, JsonNode> after;

    @BeforeAll
    static void twoVos() {
        system = RunningSystem.up();
        anonymous = system.anonymous();
        api = ApiCalls.of(anonymous);
        b = IsolatedVo.in(system, "isolatedb");
        b.movePilotTo("DIRAC.Nowhere.test"); // where A's jobs want to go
        before = lists();
        a = IsolatedVo.in(system, "isolateda");
        after = lists();
    }

    private static Map<String, Http> callersOfB() {
        Map<String, Http> callers = new LinkedHashMap<>();
        callers.put("a user of B", b.owner);
        callers.put("a guest of B", b.guest);
        callers.put("the administrator of B", b.administrator);
        callers.put("a pilot of B", b.running.pilot());
        callers.put("a job of B", b.running.wrapper());
        return callers;
    }

    /** Ids of A's objects, and what else calls need. */
    private static ApiCalls.Filling ids(IsolatedVo vo) {
        List<Long> jobs = vo.jobs;
        return identities(
                        vo.name,
                        vo.ownerName,
                        vo.subject,
                        vo.running.job(),
                        vo.client,
                        vo.suspended,
                        vo.proxy,
                        vo.proxyRequest,
                        vo.suspension)
                .and(webhooks(vo.webhook))
                .and(bans(vo.ban))
                .and(operations(vo.operation, vo.running.job()))
                .and(files(vo.lfn, vo.guid))
                .and(metadata(vo.lfn, vo.field))
                .and(data(vo.lfn, vo.dataOperation))
                .and(ids(
                        vo.name,
                        vo.ownerName,
                        jobs.get(0),
                        vo.running.job(),
                        vo.stamp(),
                        vo.session,
                        vo.sandboxes.get(0),
                        vo.sandboxes.get(1),
                        vo.jobGroup,
                        vo.revision));
    }

    /** Ids of the same form, in the same VO, of objects that do not exist. */
    private static ApiCalls.Filling nowhere(IsolatedVo vo) {
        return identities(vo.name, NOBODY, NOBODY, NO_JOB + 1, NO_CLIENT, NOBODY, NO_PROXY, NO_SESSION, NO_JOB)
                .and(webhooks(NO_WEBHOOK))
                .and(bans(NO_JOB))
                .and(operations(NO_JOB, NO_JOB + 1))
                .and(files("/" + vo.name + "/user/n/" + NOBODY, NO_GUID))
                .and(metadata("/" + vo.name + "/user/n/" + NOBODY, NO_FIELD))
                .and(data("/" + vo.name + "/user/n/" + NOBODY, NO_JOB))
                .and(ids(
                        vo.name,
                        NOBODY,
                        NO_JOB,
                        NO_JOB + 1,
                        NO_STAMP,
                        NO_SESSION,
                        vo.sandboxes.get(0).replaceFirst("sha256:[0-9a-f]{64}", "sha256:" + "0".repeat(64)),
                        vo.sandboxes.get(1).replaceFirst("sha256:[0-9a-f]{64}", "sha256:" + "1".repeat(64)),
                        "nothing" + Pilots.unique().substring(0, 8),
                        vo.revision));
    }

    private static final long NO_JOB = 900_000_000L;
    private static final String NO_STAMP = Pilots.unique();
    private static final String CSR = request();
    private static final String NO_CLIENT = "client" + Pilots.unique().substring(0, 8);
    private static final String NOBODY = "nobody" + Pilots.unique().substring(0, 8);
    private static final String NO_PROXY = UUID.randomUUID().toString();
    private static final String NO_FIELD = "f" + Pilots.unique();
    private static final String NO_GUID = UUID.randomUUID().toString();
    private static final String NO_WEBHOOK = UUID.randomUUID().toString();
    private static final String NO_SESSION = UUID.randomUUID().toString();

    private static ApiCalls.Filling webhooks(String webhook) {
        return new ApiCalls.Filling()
                .put("GET /api/webhooks/{id}#id", webhook)
                .put("PATCH /api/webhooks/{id}#id", webhook)
                .put("DELETE /api/webhooks/{id}#id", webhook)
                .put("GET /api/webhooks/{id}/deliveries#id", webhook)
                .put("POST /api/webhooks/{id}/test#id", webhook)
                .put("POST /api/webhooks#body", Map.of("url", "https://hooks.invalid/mine"));
    }

    private static ApiCalls.Filling bans(long ban) {
        return new ApiCalls.Filling()
                .put("GET /api/bans/history#kind", "site")
                .put("GET /api/bans/history#name", IsolatedVo.BANNED)
                .put(
                        "POST /api/bans#body",
                        Map.of("kind", "ce", "name", "mine", "reason", "mine"),
                        Map.of("kind", "ce", "name", "mine", "all_vos", true, "reason", "mine"))
                .put("DELETE /api/bans/{id}#id", ban)
                .put("DELETE /api/bans/{id}#reason", "mine")
                .put("GET /api/resources/sites/{site}#site", IsolatedVo.BANNED)
                .put("GET /api/resources/sites/{site}/ces/{ce}#site", IsolatedVo.BANNED)
                .put("GET /api/resources/sites/{site}/ces/{ce}#ce", "mine")
                .put("GET /api/resources/sites/{site}/ces/{ce}#hours", 24)
                .put("POST /api/resources/tests#body", Map.of("site", IsolatedVo.BANNED))
                .put("GET /api/resources/tests#site", ApiCalls.Filling.ABSENT, IsolatedVo.BANNED)
                .put("GET /api/resources/tests/{id}#id", ban)
                .put("GET /api/storage/{se}#se", "mine")
                .put("POST /api/storage/{se}/tests#se", "mine")
                .put("DELETE /api/storage/{se}/tests/{id}#se", "mine")
                .put("DELETE /api/storage/{se}/tests/{id}#id", "00000000-0000-0000-0000-000000000000");
    }

    /** Of the file catalogue. */
    private static ApiCalls.Filling files(String lfn, String guid) {
        Map<String, Object> names = Map.of("lfns", List.of(lfn));
        String directory = lfn.substring(0, lfn.lastIndexOf('/'));
        ApiCalls.Filling filling = new ApiCalls.Filling();
        List.of(
                        "remove",
                        "replicas",
                        "entries",
                        "directories",
                        "directories/remove",
                        "ancestors",
                        "descendants",
                        "access",
                        "usage")
                .forEach(route -> filling.put("POST /api/files/" + route + "#body", names));
        return filling.put(
                        "POST /api/files#body",
                        Map.of(
                                "files",
                                List.of(Map.of("lfn", lfn, "size", 1, "replicas", List.of(Map.of("se", "mine"))))))
                .put("PATCH /api/files/status#body", Map.of(lfn, "Trash"))
                .put("POST /api/files/replicas/add#body", Map.of(lfn, List.of(Map.of("se", "mine"))))
                .put("POST /api/files/replicas/remove#body", Map.of(lfn, List.of("mine")))
                .put("PATCH /api/files/replicas/status#body", Map.of(lfn, Map.of("mine", "Trash")))
                .put("PATCH /api/files/entries#body", Map.of(lfn, Map.of("mode", "777")))
                .put("POST /api/files/move#body", Map.of(lfn, lfn + "-moved"))
                .put("POST /api/files/guids#body", List.of(guid))
                .put("GET /api/files/list#directory", lfn)
                .put("GET /api/files/dump#se", "mine")
                .put("GET /api/files/quotas/mine#directory", lfn)
                .put("PUT /api/files/quotas#body", Map.of("kind", "directory", "name", directory, "files", 0))
                .put("DELETE /api/files/quotas#kind", "directory")
                .put("DELETE /api/files/quotas#name", directory)
                .put("depth", 1);
    }

    /** Of what users write about files. */
    private static ApiCalls.Filling metadata(String lfn, String field) {
        String dataset = lfn + "-set";
        String directory = lfn.substring(0, lfn.lastIndexOf('/'));
        Map<String, Object> query = Map.of("query", Map.of(), "path", directory);
        ApiCalls.Filling filling = new ApiCalls.Filling();
        List.of("entries", "check", "update", "freeze", "release", "remove")
                .forEach(route ->
                        filling.put("POST /api/files/datasets/" + route + "#body", Map.of("lfns", List.of(dataset))));
        List.of("files", "directories", "values")
                .forEach(route -> filling.put("POST /api/files/metadata/" + route + "#body", query));
        return filling.put("POST /api/files/metadata#body", Map.of("lfns", List.of(lfn)))
                .put("PATCH /api/files/metadata#body", Map.of(lfn, Map.of(field, "mine")))
                .put("POST /api/files/metadata/remove#body", Map.of(lfn, List.of(field)))
                .put("POST /api/files/metadata/fields#body", Map.of("name", "mine", "target", "file", "type", "int"))
                .put("DELETE /api/files/metadata/fields/{name}#name", field)
                .put("GET /api/files/metadata/sets/{name}#name", field)
                .put("DELETE /api/files/metadata/sets/{name}#name", field)
                .put("PUT /api/files/metadata/sets/{name}#name", "mine")
                .put("PUT /api/files/metadata/sets/{name}#body", Map.of("Size", 1))
                .put("POST /api/files/datasets#body", Map.of(dataset, query))
                .put("PATCH /api/files/datasets/annotations#body", Map.of(dataset, "mine"))
                .put("GET /api/files/datasets#directory", directory)
                .put("GET /api/files/datasets#pattern", "*")
                .put("GET /api/files/datasets/files#dataset", dataset);
    }

    /** Of operations on data: a file, and an operation on one. */
    private static ApiCalls.Filling data(String lfn, long operation) {
        Map<String, Object> names = Map.of("lfns", List.of(lfn));
        ApiCalls.Filling filling = new ApiCalls.Filling();
        List.of("downloads", "removals", "checks")
                .forEach(route -> filling.put("POST /api/data/" + route + "#body", names));
        return filling.put("POST /api/data/uploads#body", Map.of("files", List.of(Map.of("lfn", lfn, "size", 1))))
                .put("POST /api/data/uploads/commit#body", Map.of("ids", List.of(operation)))
                .put("PUT /api/data/uploads/{id}/content#id", operation)
                .put("PUT /api/data/uploads/{id}/content#body", "x")
                .put("POST /api/data/operations/{id}/cancel#id", operation)
                .put("GET /api/data/operations#id", ApiCalls.Filling.ABSENT, operation)
                .put("GET /api/data/operations#kind", ApiCalls.Filling.ABSENT)
                .put("GET /api/data/operations#state", ApiCalls.Filling.ABSENT)
                .put("GET /api/data/content#lfn", lfn)
                .put("GET /api/data/content#se", "mine")
                .put("POST /api/data/removals/replicas#body", Map.of("lfns", List.of(lfn), "se", "mine"))
                .put("POST /api/data/replications#body", Map.of("lfns", List.of(lfn), "se", "mine"));
    }

    /** Of work on many jobs: an operation's id, and a job that one would change. */
    private static ApiCalls.Filling operations(long operation, long job) {
        return new ApiCalls.Filling()
                .put("GET /api/operations/{id}#id", operation)
                .put("GET /api/operations/{id}/problems#id", operation)
                .put("DELETE /api/operations/{id}#id", operation)
                .put("Prefer", ApiCalls.Filling.ABSENT)
                .put("action", "kill", "delete", "reschedule")
                .put("priority", ApiCalls.Filling.ABSENT)
                .put(
                        "POST /api/jobs/actions#search",
                        List.of(Map.of("parameter", "JobID", "operator", "eq", "value", job)));
    }

    /** Of people, programs and what they hold. */
    private static ApiCalls.Filling identities(
            String vo,
            String user,
            String subject,
            long job,
            String client,
            String suspended,
            String proxy,
            String request,
            long suspension) {
        Object absent = ApiCalls.Filling.ABSENT;
        return new ApiCalls.Filling()
                .put("user", user, suspended)
                .put("group", vo + "_user")
                .put("GET /api/auth/clients/{id}#id", client)
                .put("DELETE /api/auth/clients/{id}#id", client)
                .put("DELETE /api/auth/clients/{id}#message", "mine")
                .put(
                        "POST /api/auth/clients#body",
                        Map.of("client_id", client, "secret_hash", "0".repeat(64), "message", "mine"))
                .put("PUT /api/auth/clients/{id}/approval#id", client)
                .put("DELETE /api/auth/clients/{id}/approval#id", client)
                .put("GET /api/auth/policy#operation", "JobSubmission.submit", "ProxyDelivery.deliver")
                .put("POST /api/auth/certificate#form", Map.of("client_id", RunningSystem.CLIENT, "scope", "vo:" + vo))
                .put("PUT /api/proxies/requests/{id}#id", request)
                .put("DELETE /api/proxies/{id}#id", proxy)
                .put("chain", "a guess")
                .put("request", CSR)
                .put("dn", "/DC=test/CN=" + user)
                .put("lifetime", 3600)
                .put("DELETE /api/suspensions/{id}#id", suspension)
                .put(
                        "POST /api/suspensions#body",
                        Map.of("kind", "user", "vo", vo, "name", user, "reason", "mine"),
                        Map.of("kind", "vo", "vo", vo, "name", vo, "reason", "mine"))
                .put(
                        "POST /api/registry/users#body",
                        Map.of("vo", vo, "user", "mallory", "groups", List.of(vo + "_user"), "message", "mine"))
                .put(
                        "POST /api/registry/groups/{group}/members#body",
                        Map.of("vo", vo, "user", user, "member", false, "message", "mine"))
                .put("DELETE /api/registry/users/{user}#message", "mine")
                .put("DELETE /api/auth/provider-tokens#subject", subject)
                // the audit log
                .put("GET /api/audit/trace#job", job, absent)
                .put("GET /api/audit/trace#address", absent, "127.0.0.1")
                .put(
                        "GET /api/audit/trace#time",
                        absent,
                        java.time.Instant.now().toString())
                .put("act", absent)
                .put("actor", absent)
                .put("address", absent, "127.0.0.1")
                .put("GET /api/audit#user", absent, user)
                .put("GET /api/audit#vo", vo, absent)
                .put("credential", absent)
                .put("cursor", absent)
                .put("GET /api/audit#from", "2026-01-01T00:00:00Z")
                .put("outcome", absent)
                .put("request_id", absent)
                .put("target", absent)
                .put("until", "2099-01-01T00:00:00Z");
    }

    private static ApiCalls.Filling ids(
            String vo,
            String user,
            long waiting,
            long running,
            String stamp,
            String session,
            String input,
            String output,
            String group,
            long revision) {
        return new ApiCalls.Filling()
                // jobs
                .put("id", waiting, running)
                .put("job_ids", List.of(waiting, running), List.of(waiting), List.of(running))
                .put("PATCH /api/jobs/heartbeat#{}", waiting, running)
                .put("PATCH /api/jobs/metadata#{}", waiting, running)
                .put("PATCH /api/jobs/metadata#{}{}", "HostName")
                .put("PATCH /api/jobs/metadata#of {}{}", "mine")
                .put("PATCH /api/jobs/status#{}", waiting, running)
                .put("PATCH /api/jobs/status#{}{}", java.time.Instant.now().toString())
                .put("PATCH /api/jobs/status#Status", "Killed", "Deleted", "Done", "Failed")
                .put("MinorStatus", "mine")
                .put("ApplicationStatus", "mine")
                .put("Source", "mine")
                .put("StandardOutput", "mine")
                .put("CurrentJobID", running)
                .put(
                        "POST /api/jobs/jdl#body",
                        List.of("Executable = \"/bin/true\"; InputSandbox = {\"" + input + "\"};"))
                .put("POST /api/jobs#body", List.of(Map.of("Executable", "/bin/true", "InputSandbox", List.of(input))))
                .put(
                        "POST /api/jobs/dry-run#body",
                        List.of("Executable = \"/bin/true\"; InputSandbox = {\"" + input + "\"};"))
                .put("POST /api/jobs/match#body", matching(vo), matching("mine"))
                // searches
                .put("parameters", List.of(), List.of("JobID", "Owner"))
                .put("POST /api/pilots/search#parameters", List.of())
                .put("sort", List.of())
                .put(
                        "POST /api/jobs/search#search",
                        searches("VO", vo, "Owner", user, "JobID", running, "JobGroup", group))
                .put(
                        "POST /api/jobs/failures#search",
                        searches("VO", vo, "Owner", user, "JobID", running, "JobGroup", group))
                .put("POST /api/jobs/failures#before", running + 1)
                .put("POST /api/jobs/failures#ids", 100)
                .put("POST /api/jobs/summary#search", searches("VO", vo, "Owner", user, "JobGroup", group))
                .put("POST /api/jobs/summary#grouping", List.of("VO", "Owner"), List.of("JobGroup"), List.of("Site"))
                .put("POST /api/jobs/history#search", searches("VO", vo, "Owner", user, "JobGroup", group))
                .put("POST /api/jobs/history#grouping", List.of("VO", "Owner"), List.of("JobGroup"), List.of("Site"))
                .put(
                        "POST /api/jobs/history#from",
                        java.time.Instant.now().minusSeconds(86_400).toString())
                .put(
                        "POST /api/jobs/history#to",
                        java.time.Instant.now().plusSeconds(60).toString())
                .put("POST /api/jobs/history#step", 60)
                .put("POST /api/pilots/history#search", searches("VO", vo, "GridSite", "mine"))
                .put("POST /api/pilots/history#grouping", List.of("VO"), List.of("GridSite"), List.of("Status"))
                .put(
                        "POST /api/pilots/history#from",
                        java.time.Instant.now().minusSeconds(86_400).toString())
                .put(
                        "POST /api/pilots/history#to",
                        java.time.Instant.now().plusSeconds(60).toString())
                .put("POST /api/pilots/history#step", 60)
                .put("POST /api/pilots/search#search", searches("VO", vo, "PilotStamp", stamp))
                .put("POST /api/pilots/summary#search", searches("VO", vo, "PilotStamp", stamp))
                .put("POST /api/pilots/summary#grouping", List.of("VO"), List.of("GridSite"), List.of("Status"))
                // followed jobs; there is nothing to wait for
                .put("GET /api/jobs/changes#id", waiting, running)
                .put("GET /api/jobs/changes#after", "oldest")
                .put("GET /api/jobs/changes#job_group", ApiCalls.Filling.ABSENT, group)
                .put("GET /api/jobs/changes#status", ApiCalls.Filling.ABSENT)
                .put("GET /api/jobs/changes#owner", ApiCalls.Filling.ABSENT, user)
                .put("GET /api/events#topic", "jobs")
                .put("GET /api/events#stamp", ApiCalls.Filling.ABSENT)
                .put("GET /api/events#site", ApiCalls.Filling.ABSENT)
                .put("GET /api/events#ce", ApiCalls.Filling.ABSENT)
                .put("GET /api/events#vo", ApiCalls.Filling.ABSENT)
                .put("GET /api/events#id", waiting, running)
                .put("GET /api/events#after", "oldest")
                .put("GET /api/events#job_group", ApiCalls.Filling.ABSENT, group)
                .put("GET /api/events#status", ApiCalls.Filling.ABSENT)
                .put("GET /api/events#owner", ApiCalls.Filling.ABSENT, user)
                .put("duration", 1)
                .put("wait", 0)
                .put("page", 1)
                .put("per_page", 100)
                .put("limit", 100)
                // sandboxes
                .put("pfn", input, output)
                .put("PATCH /api/jobs/{id}/sandbox/output#body", output)
                .put("GET /api/sandbox-transfers/{pfn}#pfn", path(input), path(output))
                .put("POST /api/sandbox-transfers/{pfn}#pfn", path(input))
                .put("kind", "input", "output")
                .put("checksum_algorithm", "sha256")
                .put("checksum", input.replaceFirst("^.*sha256:([0-9a-f]{64}).*$", "$1"))
                .put("size", 27)
                .put("POST /api/jobs/sandbox#format", "tar.zst")
                // pilots
                .put("stamp", stamp)
                .put("pilot_stamp", stamp)
                .put("GET /api/pilots/image/{sha256}#sha256", "0".repeat(64))
                .put("GET /api/pilots/efficiency#site", "mine")
                .put("GET /api/pilots/efficiency#ce", "mine")
                .put("GET /api/pilots/efficiency#by_site", "true")
                .put("GET /api/pilots/logs#job", running)
                .put("GET /api/pilots/logs#text", "a")
                .put("GET /api/pilots/logs#since", "2026-01-01T00:00:00Z")
                .put("GET /api/pilots/logs#after", 0)
                .put("first_line", 0)
                .put("pilot_stamps", List.of(stamp))
                .put("PATCH /api/pilots/metadata#{}", stamp)
                .put("PATCH /api/pilots/metadata#Status", "Failed")
                .put("StatusReason", "mine")
                .put("DestinationSite", "mine")
                .put("Queue", "mine")
                .put("GridSite", "mine")
                .put("GridType", "mine")
                .put("grid_type", "mine")
                .put("grid_site", "mine")
                .put("destination_site", "mine")
                .put("pilot_reference", "mine")
                .put("pilot_status", "Submitted")
                .put("severity", "INFO")
                .put("POST /api/pilots/internal/message#scope", "mine")
                .put("message", "mine")
                .put("pilot_secret", "a guess")
                .put("status", "Running")
                .put("n", 1)
                .put("expiration_minutes", 1)
                .put("pilot_secret_use_count_max", 1)
                .put("PATCH /api/pilots/secrets#{}", "a guess")
                .put("VOs", List.of(vo))
                .put("PilotStamps", List.of(stamp))
                .put("Sites", List.of("DIRAC.Nowhere.test"))
                .put("refresh_token", "a.gue.ss")
                // sessions and log-in
                .put("jti", session)
                .put("vo", vo)
                .put("scope", "vo:" + vo)
                .put("client_id", RunningSystem.CLIENT)
                .put("state", "guess")
                .put("code", "guess")
                .put("error", "access_denied")
                .put("iss", "https://issuer.test")
                .put("response_type", "code")
                .put("redirect_uri", "https://portal.test/back")
                .put("code_challenge", "c".repeat(43))
                .put("code_challenge_method", "S256")
                .put("user_code", "BCDFGHJK")
                .put("username", user)
                .put("password", "a guess")
                .put("decision", "approve")
                .put("flow", UUID.randomUUID().toString())
                .put("csrf_token", "guess")
                .put(
                        "POST /api/auth/token#form",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                RunningSystem.CLIENT,
                                "code",
                                "guess",
                                "redirect_uri",
                                "https://portal.test/back",
                                "code_verifier",
                                "v".repeat(43)))
                .put("POST /api/auth/revoke#form", Map.of("token", "a.gue.ss", "client_id", RunningSystem.CLIENT))
                // the configuration
                .put("path", "/Registry/" + vo, "/Operations/" + vo)
                .put(
                        "GET /api/config/option#path",
                        "/Registry/" + vo + "/DefaultGroup",
                        "/Operations/" + vo + "/Pilot/Remark")
                .put(
                        "POST /api/config/revisions#body",
                        ConfigurationCalls.edits(Map.of("/Operations/" + vo + "/Pilot/Remark", "mine")),
                        ConfigurationCalls.edits(Map.of("/Registry/" + vo + "/VOAdmin", "isolatedb-admin")))
                .put("POST /api/config/rollback#body", Map.of("to", revision - 1, "message", "mine"))
                .put("revision", revision)
                .put("from", revision - 1)
                .put("to", revision)
                .put("before", revision + 1)
                .put("format", "cfg")
                .put("dry_run", false, true);
    }

    /** Of the address for transfers. */
    private static String path(String pfn) {
        return pfn.substring(pfn.indexOf("|/") + 2);
    }

    /** A request for a certificate, as the JDK's own tool makes it. */
    private static String request() {
        try {
            Path keys = Files.createTempDirectory("request").resolve("keys.p12");
            String keytool =
                    Path.of(System.getProperty("java.home"), "bin/keytool").toString();
            List<String> store = List.of("-keystore", keys.toString(), "-storepass", "changeit", "-alias", "a");
            List<String> pair =
                    new ArrayList<>(List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=x"));
            pair.addAll(store);
            RunningSystem.run(Map.of(), keytool, pair.toArray(String[]::new));
            List<String> asking = new ArrayList<>(List.of("-certreq"));
            asking.addAll(store);
            String printed = RunningSystem.run(Map.of(), keytool, asking.toArray(String[]::new));
            return printed.substring(printed.indexOf("-----BEGIN"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, Object> matching(String tag) {
        return Map.of("Site", "DIRAC.Nowhere.test", "CPUTime", 500_000, "NumberOfJobs", 100, "Tags", List.of(tag));
    }

    private static Object[] searches(Object... pairs) {
        Object[] searches = new Object[pairs.length / 2 + 1];
        for (int pair = 0; pair < pairs.length / 2; pair++) {
            searches[pair] =
                    List.of(Map.of("parameter", pairs[2 * pair], "operator", "eq", "value", pairs[2 * pair + 1]));
        }
        searches[pairs.length / 2] = List.of();
        return searches;
    }

    @Test
    void noCallOfAnotherVoAnswersWithAnythingOfThisOneOrChangesIt() {
        Map<String, List<String>> rows = a.rows();
        assertThat(rows.values()).anyMatch(list -> !list.isEmpty());
        SoftAssertions wrong = new SoftAssertions();
        Map<String, Http> callers = callersOfB();
        callers.put("nobody", anonymous);
        callers.forEach((who, caller) -> {
            for (ApiCalls.Call call : api.with(ids(a))) {
                Answer answer = call.by(caller);
                wrong.assertThat(leaks(call, answer))
                        .as("%s reads by %s: %s", who, call, shortened(answer))
                        .isEmpty();
                wrong.assertThat(wellFormed(call, answer))
                        .as("%s calls %s and gets %s", who, call, shortened(answer))
                        .isTrue();
            }
        });
        Map<String, List<String>> after = a.rows();
        rows.forEach((table, kept) ->
                wrong.assertThat(after.get(table)).as("rows of A in %s", table).isEqualTo(kept));
        wrong.assertAll();
    }

    @Test
    void whatIsNotOnesOwnLooksLikeWhatDoesNotExist() {
        SoftAssertions wrong = new SoftAssertions();
        List<ApiCalls.Call> real = api.with(ids(a));
        List<ApiCalls.Call> made = api.with(nowhere(a));
        assertThat(made).hasSameSizeAs(real);
        callersOfB().forEach((who, caller) -> {
            for (int i = 0; i < real.size(); i++) {
                if (!real.get(i).toString().equals(made.get(i).toString())
                        && !TELLING.contains(real.get(i).route())) {
                    String one = masked(real.get(i).by(caller));
                    String other = masked(made.get(i).by(caller));
                    wrong.assertThat(one)
                            .as("%s asks for what is A's by %s", who, real.get(i))
                            .isEqualTo(other);
                }
            }
        });
        wrong.assertAll();
    }

    @Test
    void listsAndCountsAreThoseFromBeforeTheOtherVoCame() {
        assertThat(after).isEqualTo(before).isNotEmpty();
    }

    @Test
    void anIdempotencyKeyOfAnotherVoGivesNothing() {
        String key = Pilots.unique();
        String description = JobsHttpIT.jdls(JobsHttpIT.NOWHERE);
        List<Long> theirs = JobsHttpIT.ids(JobsHttpIT.submit(a.owner, key, description));

        assertThat(JobsHttpIT.ids(JobsHttpIT.submit(b.owner, key, description))).doesNotContainAnyElementsOf(theirs);
    }

    @Test
    void aGuestOfTheSameVoReadsPilotsAndOpenFilesAlone() {
        SoftAssertions wrong = new SoftAssertions();
        Map<String, List<String>> rows = a.rows();
        for (ApiCalls.Call call : api.with(ids(a))) {
            if (call.needsToken()) {
                Answer answer = call.by(a.guest);
                List<String> read = leaks(call, answer).stream()
                        .filter(word -> a.canaries().get(word) != IsolatedVo.Kind.PILOT
                                || !call.route().contains(" /api/pilots/"))
                        // files are open to all of the VO unless their owner closes them
                        .filter(word -> !call.route().contains(" /api/files")
                                && !call.route().contains(" /api/data/"))
                        .toList();
                wrong.assertThat(read)
                        .as("a guest reads by %s: %s", call, shortened(answer))
                        .isEmpty();
            }
        }
        Map<String, List<String>> now = a.rows();
        // uploads of proxies and sets of conditions are the guest's own
        rows.keySet()
                .removeIf(
                        table -> table.startsWith("framework.proxy_request ") || table.startsWith("dms.metadata_set "));
        rows.forEach((table, kept) ->
                wrong.assertThat(now.get(table)).as("rows of A in %s", table).isEqualTo(kept));
        wrong.assertAll();
    }

    private static List<String> leaks(ApiCalls.Call call, Answer answer) {
        String told = answer.text() + answer.response().headers().map();
        // what the caller says itself may be said back
        String asked = call.path() + call.body();
        return a.canaries().entrySet().stream()
                .filter(canary -> told.contains(canary.getKey()) && !asked.contains(canary.getKey()))
                .filter(canary ->
                        ALLOWED.values().stream().noneMatch(allowed -> allowed.test(call.route(), canary.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean wellFormed(ApiCalls.Call call, Answer answer) {
        return WELL_FORMED.contains(answer.status()) || answer.status() == 400 && BAD_REQUESTS.contains(call.route());
    }

    /** The answer without what differs in every call: ids that were asked for, the request's own, and times. */
    private static String masked(Answer answer) {
        String text = answer.status() + " " + answer.text();
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("/" + a.name + "/user/[^\" ]*", "<lfn>");
        ids.put("\"instance\":\"[^\"]*\"", "");
        ids.put("\"signature\":\"[^\"]*\"", "");
        ids.put("\"expires\":\"\\d+\"", ""); // two calls need not fall into one second
        ids.put("sha256:[0-9a-f]{64}", "<sha256>");
        ids.put(a.stamp() + "|" + NO_STAMP, "<stamp>");
        ids.put(a.session + "|" + a.proxyRequest + "|" + NO_SESSION, "<session>");
        ids.put(a.proxy + "|" + NO_PROXY, "<proxy>");
        ids.put(a.guid + "|" + NO_GUID, "<guid>");
        ids.put(a.field + "|" + NO_FIELD, "<field>");
        ids.put(a.webhook + "|" + NO_WEBHOOK, "<webhook>");
        ids.put("(\"next\":\"|id: )[0-9a-z]+-[0-9a-z]+-[0-9a-z]+", "<cursor>");
        ids.put(a.client + "|" + NO_CLIENT, "<client>");
        ids.put(a.ownerName + "|" + a.subject + "|" + a.suspended + "|" + NOBODY, "<user>");
        ids.put("suspension (" + a.suspension + "|" + NO_JOB + ")\\b", "suspension <suspension>");
        ids.put("\"id\":\\d+,\"kind\"|no (ban|test) \\d+", "<ban>");
        ids.put("\"id\":\\d+,\"action\"", "<operation>");
        ids.put("Operation (" + a.operation + "|" + NO_JOB + ")\\b", "Operation <operation>");
        // the other is NO_JOB
        ids.put("\"" + a.dataOperation + "\"(?=:\\{\"detail\":\"You have no upload )", "\"<waiting>\"");
        ids.put("You have no (operation|upload) " + a.dataOperation + "\\b", "You have no $1 <waiting>");
        ids.put("\\b(" + a.running.job() + "|" + (NO_JOB + 1) + ")\\b", "<running>");
        ids.put("\\b(" + a.jobs.get(0) + "|" + NO_JOB + ")\\b", "<waiting>");
        ids.put("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>");
        for (Map.Entry<String, String> id : ids.entrySet()) {
            text = text.replaceAll(id.getKey(), id.getValue());
        }
        return text;
    }

    private static String shortened(Answer answer) {
        String text = answer.toString();
        return text.length() > 600 ? text.substring(0, 600) + " …" : text;
    }

    /** What B's callers find and count when they ask for everything. */
    private static Map<String, JsonNode> lists() {
        Map<String, JsonNode> lists = new TreeMap<>();
        Map<String, Http> callers = Map.of("user", b.owner, "administrator", b.administrator, "guest", b.guest);
        Map<String, String> bodies = Map.of(
                "/api/jobs/search", "{\"parameters\":[\"JobID\",\"Owner\",\"VO\"]}",
                "/api/jobs/summary", "{\"grouping\":[\"VO\",\"Owner\",\"JobGroup\",\"Site\",\"JobType\"]}",
                "/api/pilots/search", "{\"parameters\":[\"PilotStamp\",\"VO\"]}",
                "/api/pilots/summary", "{\"grouping\":[\"VO\",\"GridSite\"]}");
        callers.forEach((who, caller) -> {
            bodies.forEach((path, body) -> lists.put(who + " " + path, counted(caller.post(path, body))));
            lists.put(who + " /api/auth/refresh-tokens", counted(caller.get("/api/auth/refresh-tokens")));
        });
        return lists;
    }

    private static JsonNode counted(Answer answer) {
        com.fasterxml.jackson.databind.node.ObjectNode all =
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        all.put("status", answer.status());
        all.put("range", answer.header("Content-Range").orElse(""));
        if (answer.status() < 300) {
            all.put(
                    "rows",
                    answer.json().findParents("VO").isEmpty()
                            ? answer.text()
                            : java.util.stream.StreamSupport.stream(
                                            answer.json().spliterator(), false)
                                    .map(JsonNode::toString)
                                    .sorted()
                                    .collect(Collectors.joining("\n")));
        }
        return all;
    }
}
