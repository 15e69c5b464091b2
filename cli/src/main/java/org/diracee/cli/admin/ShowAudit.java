/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Administration;
import org.diracee.client.wire.AuditPage;
import org.diracee.client.wire.AuditRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches the audit log. */
@Command(
        name = "audit",
        description = "Search the audit log, the newest row first: who did what, with which credential, from where.")
public final class ShowAudit implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--user", paramLabel = "NAME", description = "Only of the user of this name.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--vo", paramLabel = "VO", description = "Only what concerns this VO.")
    private Optional<String> vo = Optional.empty();

    @Option(
            names = "--actor",
            paramLabel = "ID",
            description = "Only of this actor, as in user:demo:a-1, pilot:<stamp> or job:17:1.")
    private Optional<String> actor = Optional.empty();

    @Option(names = "--act", paramLabel = "ACT", description = "Only acts of this kind, as in log-in or suspension.")
    private Optional<String> act = Optional.empty();

    @Option(names = "--target", paramLabel = "WHAT", description = "Only what was done to this, as in job:17.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--credential",
            paramLabel = "ID",
            description = "Only with this token (its jti) or certificate (its DN).")
    private Optional<String> credential = Optional.empty();

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Only from this address.")
    private Optional<String> address = Optional.empty();

    @Option(names = "--refused", description = "Only what was refused.")
    private boolean refused;

    @Option(names = "--since", paramLabel = "TIME", description = "Not before this time, as in 2026-11-26T12:00Z.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
    private Optional<String> until = Optional.empty();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "25",
            description = "At most so many; ${DEFAULT-VALUE} unless given.")
    private int limit;

    public ShowAudit(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw CommandFailure.usage("--limit " + limit + ": at least 1 is needed.");
        }
        Administration administration = new Administration(connection.client());
        List<AuditRecord> rows = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            AuditPage page =
                    administration.audit(filter(), Math.min(limit - rows.size(), Administration.MAX_PAGE), next);
            rows.addAll(page.records());
            next = page.next();
        } while (next.isPresent() && rows.size() < limit);
        print(rows, next);
        return ExitCode.OK;
    }

    private Map<String, String> filter() {
        Map<String, String> filter = new LinkedHashMap<>();
        user.ifPresent(value -> filter.put("user", value));
        vo.ifPresent(value -> filter.put("vo", value));
        actor.ifPresent(value -> filter.put("actor", value));
        act.ifPresent(value -> filter.put("act", value));
        target.ifPresent(value -> filter.put("target", value));
        credential.ifPresent(value -> filter.put("credential", value));
        address.ifPresent(value -> filter.put("address", value));
        since.ifPresent(value -> filter.put("from", value));
        until.ifPresent(value -> filter.put("until", value));
        if (refused) {
            filter.put("outcome", "REFUSED");
        }
        return filter;
    }

    private void print(List<AuditRecord> rows, Optional<String> next) {
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), rows);
            return;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("TIME", "ACT", "OUTCOME", "WHO", "CREDENTIAL", "WHAT", "FROM", "DETAIL");
        rows.forEach(row -> table.row(
                times.text(row.time()),
                row.act(),
                row.outcome() + (row.times() > 1 ? " x" + row.times() : ""),
                row.user().isEmpty() ? row.actor() : row.user() + (row.vo().isEmpty() ? "" : "@" + row.vo()),
                row.credential(),
                row.target(),
                row.address(),
                row.detail()));
        if (table.isEmpty()) {
            surroundings.say("Nothing is found in the audit log.");
            return;
        }
        table.print(surroundings.out(), surroundings.terminal());
        if (surroundings.terminal() && next.isPresent()) {
            surroundings.say("There are older rows; --limit shows more.");
        }
    }
}
