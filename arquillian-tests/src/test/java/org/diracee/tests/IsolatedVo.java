/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A VO of its own with an owner, an administrator and a guest, and objects of every kind. The words that nobody else may read are
 * canaries: each is in no other text of the world.
 */
final class IsolatedVo {

    /** A site where no pilot is. */
    static final String BANNED = "DIRAC.Banned.test";

    /** What a canary word tells of. */
    enum Kind {
        CONFIGURATION,
        IDENTITY,
        JOB,
        PILOT
    }

    private static final byte[] LEGACY_KEY =
            "the key of the old server of the isolation tests".getBytes(StandardCharsets.US_ASCII);
    /** All but CSAdministrator and ServiceAdministrator, which are rights over the whole installation. */
    private static final String EVERY_RIGHT_IN_A_VO =
            "AccountingMonitor, AlarmsManagement, BookkeepingManagement, FileCatalogManagement, FullDelegation,"
                    + " GenericPilot, JobAdministrator, JobMonitor, JobSharing, LimitedDelegation, NormalUser, Operator, Pilot,"
                    + " PPGAuthority, PrivateLimitedDelegation, ProductionManagement, ProxyManagement, SiteManager, StageAllowed,"
                    + " TrustedHost, UserManager";

    private final RunningSystem system;
    private final Map<String, Kind> canaries = new TreeMap<>();
    final String name;
    final String ownerName;
    final Http owner;
    final Http administrator;
    final Http guest;
    final String session;
    final String jobGroup;
    final String jobName;
    final Pilots.Running running;
    final List<Long> jobs = new ArrayList<>();
    final List<String> sandboxes = new ArrayList<>();
    final long revision;
    final String client;
    final String suspended;
    final String subject;
    final String proxy = java.util.UUID.randomUUID().toString();
    final String proxyRequest = java.util.UUID.randomUUID().toString();
    long suspension;
    long ban;
    final String webhook;
    final long operation;
    final long dataOperation;

    /** A file in the catalogue. */
    final String lfn;

    final String field = "f" + canary(Kind.JOB);

    final String guid = java.util.UUID.randomUUID().toString();

    private IsolatedVo(RunningSystem system, String name) {
        this.system = system;
        this.name = name;
        this.ownerName = canary(Kind.CONFIGURATION);
        this.client = canary(Kind.CONFIGURATION);
        this.suspended = canary(Kind.IDENTITY);
        this.subject = canary(Kind.CONFIGURATION);
        register();
        this.revision = new ConfigurationCalls(system.user("root")).inForce();
        JsonNode tokens = tokens(ownerName, "user");
        this.owner = system.anonymous().as(tokens.path("access_token").asText());
        this.session = jti(tokens.path("refresh_token").asText());
        this.administrator = system.anonymous()
                .as(tokens(name + "-admin", "admin").path("access_token").asText());
        this.guest = system.anonymous()
                .as(tokens(name + "-guest", "guest").path("access_token").asText());
        this.jobGroup = canary(Kind.JOB);
        this.jobName = canary(Kind.JOB);
        SandboxesHttpIT.connect();
        sandboxes.add(SandboxesHttpIT.upload(owner, canary(Kind.JOB).getBytes(StandardCharsets.UTF_8)));
        jobs.addAll(JobsHttpIT.ids(owner.post(
                "/api/jobs/jdl", JobsHttpIT.jdls(jdl() + "InputSandbox = {\"" + sandboxes.get(0) + "\"};" + WAITING))));
        this.running = Pilots.runningOneJobOf(owner, system, name, jdl());
        jobs.add(running.job());
        report();
        identities();
        Answer hooked = owner.post(
                "/api/webhooks",
                "{\"url\":\"https://hooks.invalid/" + canary(Kind.JOB) + "\",\"job_group\":\"" + jobGroup + "\"}");
        ok(hooked);
        this.webhook = hooked.json().path("id").asText();
        this.operation = operation();
        this.lfn = "/" + name + "/user/" + ownerName.substring(0, 1) + "/" + ownerName + "/" + canary(Kind.JOB);
        ok(owner.post(
                "/api/files",
                "{\"files\":[{\"lfn\":\"" + lfn + "\",\"size\":1,\"guid\":\"" + guid
                        + "\",\"replicas\":[{\"se\":\"mine\"}]}]}"));
        metadata();
        Answer replication = owner.post("/api/data/replications", "{\"lfns\":[\"" + lfn + "\"],\"se\":\"other\"}");
        ok(replication);
        this.dataOperation =
                replication.json().path("success").path(lfn).path(0).asLong();
    }

    /** What users write about files, in fields, sets and datasets. */
    private void metadata() {
        ok(administrator.post(
                "/api/files/metadata/fields", "{\"name\":\"" + field + "\",\"target\":\"file\",\"type\":\"string\"}"));
        String value = canary(Kind.JOB);
        ok(owner.patch("/api/files/metadata", "{\"" + lfn + "\":{\"" + field + "\":\"" + value + "\"}}"));
        ok(owner.send(
                "PUT",
                "/api/files/metadata/sets/" + field,
                Http.JSON,
                HttpRequest.BodyPublishers.ofString("{\"" + field + "\":\"" + value + "\"}")));
        ok(owner.post(
                "/api/files/datasets", "{\"" + lfn + "-set\":{\"query\":{\"" + field + "\":\"" + value + "\"}}}"));
    }

    private static final String WAITING = " Site = \"DIRAC.Nowhere.test\"; Parameters = 2;";

    /** One with new words. */
    static IsolatedVo in(RunningSystem system, String name) {
        return new IsolatedVo(system, name);
    }

    /** The canary words and what each tells of. */
    Map<String, Kind> canaries() {
        return Map.copyOf(canaries);
    }

    String stamp() {
        return running.stamp();
    }

    private String canary(Kind kind) {
        String word = "kanari" + kind.name().toLowerCase(Locale.ROOT).substring(0, 3)
                + Pilots.unique().substring(0, 10);
        canaries.put(word, kind);
        return word;
    }

    private String jdl() {
        return "Executable = \"/bin/true\"; JobName = \"" + jobName + "\"; JobGroup = \"" + jobGroup
                + "\"; Arguments = \"" + canary(Kind.JOB) + "\"; StdOutput = \"" + canary(Kind.JOB) + "\";";
    }

    private void register() {
        Map<String, String> options = new TreeMap<>();
        String vo = "/Registry/" + name + "/";
        options.put(vo + "DefaultGroup", name + "_user");
        options.put(vo + "VOAdmin", name + "-admin");
        options.put(vo + "Users/" + subject + "/PreferedUsername", ownerName);
        options.put(vo + "Users/" + subject + "/Email", canary(Kind.CONFIGURATION) + "@example.org");
        options.put(vo + "Users/" + name + "-a/PreferedUsername", name + "-admin");
        options.put(vo + "Users/" + name + "-g/PreferedUsername", name + "-guest");
        options.put(vo + "Groups/" + name + "_user/Properties", "NormalUser");
        options.put(vo + "Groups/" + name + "_user/Users", subject);
        options.put(vo + "Groups/" + name + "_admin/Properties", EVERY_RIGHT_IN_A_VO);
        options.put(vo + "Groups/" + name + "_admin/Users", name + "-a");
        options.put(vo + "Groups/" + name + "_guest/Users", name + "-g");
        options.put(vo + "Clients/" + client + "/User", name + "-admin");
        options.put(vo + "Clients/" + client + "/Group", name + "_admin");
        options.put("/Operations/" + name + "/Pilot/Remark", canary(Kind.CONFIGURATION));
        allowLegacyExchange(options);
        Answer answer = new ConfigurationCalls(system.user("root")).commit(ConfigurationCalls.edits(options));
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    }

    /** Has the server exchange what {@link #exchanged} asks for. */
    static void allowLegacyExchange(Map<String, String> options) {
        options.put("/Systems/Framework/Services/Token/LegacyExchangeApiKeyHash", sha256(LEGACY_KEY));
    }

    private JsonNode tokens(String user, String group) {
        return exchanged(system, name, user, name + "_" + group);
    }

    /** Tokens of a user who needs no account. */
    static JsonNode exchanged(RunningSystem system, String vo, String user, String group) {
        Answer answer = system.anonymous()
                .send(system.anonymous()
                        .request("/api/auth/legacy-exchange?preferred_username=" + user + "&scope="
                                + Http.encoded("vo:" + vo + " group:" + group))
                        .header(
                                "Authorization",
                                "Bearer diracx:legacy:" + Base64.getUrlEncoder().encodeToString(LEGACY_KEY))
                        .GET());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static String jti(String refreshToken) {
        String claims =
                new String(Base64.getUrlDecoder().decode(refreshToken.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        return claims.replaceFirst("^.*\"jti\":\"([^\"]+)\".*$", "$1");
    }

    /** What the running job and its pilot tell of themselves. */
    private void report() {
        long job = running.job();
        ok(running.wrapper()
                .patch(
                        "/api/jobs/metadata",
                        "{\"" + job + "\":{\"" + canary(Kind.JOB) + "\":\"" + canary(Kind.JOB) + "\"}}"));
        ok(running.wrapper()
                .patch(
                        "/api/jobs/heartbeat",
                        "{\"" + job + "\":{\"LoadAverage\":0.5,\"StandardOutput\":\"" + canary(Kind.JOB) + "\"}}"));
        ok(running.wrapper()
                .patch(
                        "/api/jobs/status",
                        "{\"" + job + "\":{\"" + java.time.Instant.now() + "\":{\"MinorStatus\":\"" + canary(Kind.JOB)
                                + "\",\"ApplicationStatus\":\"" + canary(Kind.JOB) + "\",\"Source\":\""
                                + canary(Kind.JOB)
                                + "\"}}}"));
        String output =
                SandboxesHttpIT.upload(running.wrapper(), canary(Kind.JOB).getBytes(StandardCharsets.UTF_8));
        ok(running.wrapper().patch("/api/jobs/" + job + "/sandbox/output", "\"" + output + "\""));
        sandboxes.add(output);
        ok(running.pilot()
                .post(
                        "/api/pilots/internal/message",
                        "{\"lines\":[{\"timestamp\":\"" + java.time.Instant.now()
                                + "\",\"severity\":\"INFO\",\"scope\":\"" + canary(Kind.PILOT) + "\",\"message\":\""
                                + canary(Kind.PILOT) + "\"}]}"));
        try (Connection connection = system.database().dataSource().getConnection();
                PreparedStatement pilot = connection.prepareStatement(
                        "update wms.pilot set reference = ?, grid_site = ?, destination_site"
                                + " = ?, queue = ?, status_reason = ?, status = 'Running' where stamp = ?");
                PreparedStatement kept =
                        connection.prepareStatement("insert into wms.pilot_output (pilot_stamp, standard_output,"
                                + " standard_error, stored) values (?, ?, ?, now())")) {
            for (int column = 1; column <= 5; column++) {
                pilot.setString(column, canary(Kind.PILOT));
            }
            pilot.setString(6, stamp());
            pilot.executeUpdate();
            kept.setString(1, stamp());
            kept.setString(2, canary(Kind.PILOT));
            kept.setString(3, canary(Kind.PILOT));
            kept.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** One that has ended and tells of the group, though it found no jobs in it. */
    private long operation() {
        Answer answer = owner.post(
                "/api/jobs/actions",
                "{\"action\":\"kill\",\"search\":[{\"parameter\":\"JobGroup\",\"operator\":\"eq\",\"value\":\""
                        + canary(Kind.JOB) + "\"}]}");
        ok(answer);
        long id = answer.json().path("id").asLong();
        await().atMost(Duration.ofSeconds(60)).until(() -> owner.get("/api/operations/" + id)
                .json()
                .path("state")
                .asText()
                .equals("Done"));
        return id;
    }

    /** Without this the pilot is at a site of a secret name, and gets no jobs elsewhere. */
    void movePilotTo(String site) {
        try (Connection connection = system.database().dataSource().getConnection();
                PreparedStatement pilot =
                        connection.prepareStatement("update wms.pilot set grid_site = ? where stamp = ?")) {
            pilot.setString(1, site);
            pilot.setString(2, stamp());
            pilot.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A stored proxy, an upload of one that waits, somebody who is suspended, and a banned site. */
    private void identities() {
        try (Connection connection = system.database().dataSource().getConnection();
                PreparedStatement stored = connection.prepareStatement(
                        "insert into framework.stored_proxy (id, vo, dn,"
                                + " subject, sealed, stored, expires) values (?::uuid, ?, ?, ?, ?, now(), now() + interval '9 days')");
                PreparedStatement asked = connection.prepareStatement("insert into framework.proxy_request (id, vo,"
                        + " subject, sealed_key, expires) values (?::uuid, ?, ?, ?, now() + interval '1 hour')");
                PreparedStatement held =
                        connection.prepareStatement("insert into framework.provider_token (vo, subject, issuer,"
                                + " scope, refresh_token, obtained, used) values (?, ?, ?, ?, ?, now(), now())");
                PreparedStatement stopped =
                        connection.prepareStatement("insert into framework.suspension (kind, vo, name,"
                                + " reason, author, actor, everywhere, since) values ('USER', ?, ?, ?, ?, ?, false, now())"
                                + " returning id");
                PreparedStatement banned = connection.prepareStatement("insert into wms.ban (kind, name, vo, reason,"
                        + " author, since) values ('SITE', ?, ?, ?, ?, now()) returning id")) {
            stored.setString(1, proxy);
            stored.setString(2, name);
            stored.setString(3, "/DC=test/CN=" + canary(Kind.IDENTITY));
            stored.setString(4, canary(Kind.IDENTITY));
            stored.setString(5, canary(Kind.IDENTITY));
            stored.executeUpdate();
            asked.setString(1, proxyRequest);
            asked.setString(2, name);
            asked.setString(3, canary(Kind.IDENTITY));
            asked.setString(4, canary(Kind.IDENTITY));
            asked.executeUpdate();
            held.setString(1, name);
            held.setString(2, subject);
            held.setString(3, "https://" + canary(Kind.IDENTITY) + ".test");
            held.setString(4, canary(Kind.IDENTITY));
            held.setString(5, canary(Kind.IDENTITY));
            held.executeUpdate();
            stopped.setString(1, name);
            stopped.setString(2, suspended);
            stopped.setString(3, canary(Kind.IDENTITY));
            stopped.setString(4, canary(Kind.IDENTITY));
            stopped.setString(5, canary(Kind.IDENTITY));
            try (ResultSet id = stopped.executeQuery()) {
                id.next();
                suspension = id.getLong(1);
            }
            banned.setString(1, BANNED);
            banned.setString(2, name);
            banned.setString(3, canary(Kind.IDENTITY));
            banned.setString(4, canary(Kind.IDENTITY));
            try (ResultSet id = banned.executeQuery()) {
                id.next();
                ban = id.getLong(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void ok(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
    }

    /**
     * Every row of the database that belongs to the VO, table by table; without what agents write for themselves, the audit log, and
     * log-ins, which anybody may begin.
     */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Connection connection = system.database().dataSource().getConnection();
                PreparedStatement columns =
                        connection.prepareStatement("select c.table_schema || '.' || c.table_name, c.column_name from"
                                + " information_schema.columns c join information_schema.tables t using (table_schema,"
                                + " table_name) where t.table_type = 'BASE TABLE' and c.table_schema in ('framework', 'wms', 'dms')"
                                + " and c.column_name in ('vo', 'job_id', 'pilot_stamp') and c.table_name not like"
                                + " 'job_counter%' and c.table_name not like 'audit%' and c.table_name not in ('device_flow',"
                                // what agents write on their own, as priorities and history
                                + " 'sign_in_failure', 'task_queue', 'seen_resource', 'principal') and c.table_name not like"
                                + " 'job_history%' and c.table_name not like 'pilot_history%' order by 1, 2");
                ResultSet found = columns.executeQuery()) {
            while (found.next()) {
                String table = found.getString(1);
                String column = found.getString(2);
                rows.put(table + " by " + column, rows(connection, table, column));
            }
            for (Map.Entry<String, String> table : CATALOGUE.entrySet()) {
                rows.put("dms." + table.getKey(), ofCatalogue(connection, table.getKey(), table.getValue()));
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** What of the catalogue is below the VO's directory, by the number of that; usage is folded by an agent, so it is left out. */
    private static final Map<String, String> CATALOGUE = Map.of(
            "directory",
            "id in (%s)",
            "file",
            "directory in (%s)",
            "replica",
            "file in (select id from dms.file where directory in (%s))",
            "quota",
            "directory in (%s)");

    private List<String> ofCatalogue(Connection connection, String table, String condition) throws SQLException {
        List<String> texts = new ArrayList<>();
        String ours = condition.formatted(
                "select id from dms.directory where path = '/" + name + "' or path like '/" + name + "/%'");
        try (PreparedStatement query = connection.prepareStatement(
                        "select t::text from dms." + table + " t where " + ours + " order by 1");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private List<String> rows(Connection connection, String table, String column) throws SQLException {
        String ours =
                switch (column) {
                    case "vo" -> "vo = '" + name + "'";
                    case "job_id" -> "job_id in (select id from wms.job where vo = '" + name + "')";
                    default -> "pilot_stamp in (select stamp from wms.pilot where vo = '" + name + "')";
                };
        List<String> texts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "select t::text from " + table + " t where " + ours + " order by 1");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
