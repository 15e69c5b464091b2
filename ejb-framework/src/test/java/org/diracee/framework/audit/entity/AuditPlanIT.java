/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditQuery;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.framework.fixture.FrameworkDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which index answers which search of a log with many rows: no search reads all of it, and no row pays for an index of no use. */
class AuditPlanIT {

    private static final FrameworkDatabase DATABASE = FrameworkDatabase.empty();
    private static final AuditRepository REPOSITORY = new AuditRepository(DATABASE.entities());

    @BeforeAll
    static void fill() {
        DATABASE.sql("""
                insert into framework.audit (at, act, outcome, times, vo, actor, username, user_group, credential_kind,
                    credential, client, target, address, request_id, detail)
                select now() - n * interval '1 second', 'submission', 'DONE', 1, 'vo' || n % 20,
                    'user:vo' || n % 20 || ':s-' || n % 400, 'user' || n % 400, 'g', 'ACCESS_TOKEN', 'jti-' || n, '',
                    'submissions:' || n || '-' || n, '192.0.2.' || n % 200, 'r' || n, '' from generate_series(1, 20000) n
                union all
                select now() - n * interval '1 minute', 'pilot-log-in', 'DONE', 1, 'vo' || n % 20, 'pilot:p' || n, '', '',
                    'NONE', '', '', 'session:' || n, '192.0.2.' || n % 200, 'r' || n, '' from generate_series(1, 2000) n""");
        DATABASE.sql("analyze framework.audit");
    }

    private static AuditQuery query(String field, String value) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                of(field, "vo", value),
                of(field, "user", value),
                of(field, "actor", value),
                Optional.empty(),
                Optional.empty(),
                of(field, "target", value),
                of(field, "credential", value),
                of(field, "address", value),
                Optional.empty());
    }

    private static Optional<String> of(String field, String name, String value) {
        return field.equals(name) ? Optional.of(value) : Optional.empty();
    }

    private static long scans(String index) {
        return Long.parseLong(DATABASE.value("""
                select coalesce(sum(idx_scan), 0) from pg_stat_user_indexes where indexrelid in
                    (select inhrelid from pg_inherits where inhparent = 'framework.%s'::regclass)""".formatted(index)));
    }

    private static List<AuditRow> found(AuditQuery query) throws Exception {
        return DATABASE.inTransaction(() -> {
            DATABASE.entities()
                    .createNativeQuery("select cast(pg_stat_force_next_flush() as text)", String.class)
                    .getResultList();
            return REPOSITORY.find(query, Optional.empty(), 100);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "none,       -,                  audit_at",
        "vo,         vo7,                audit_vo",
        "user,       user17,             audit_username",
        "target,     session:17,         audit_target",
        "credential, jti-17,             audit_credential",
        "address,    192.0.2.17,         audit_address",
        "actor,      pilot:p17,          audit_actor",
        "actor,      user:vo17:s-17,     audit_vo",
    })
    void aSearchIsAnsweredByItsIndex(String field, String value, String index) throws Exception {
        long before = scans(index);

        assertThat(found(query(field, value))).isNotEmpty();

        assertThat(scans(index)).isGreaterThan(before);
    }

    @Test
    void thereAreNoOtherIndexes() {
        assertThat(DATABASE.value("""
                        select string_agg(relname, ' ' order by relname) from pg_index join pg_class on oid = indexrelid
                        where indrelid = 'framework.audit'::regclass"""))
                .isEqualTo("audit_actor audit_address audit_at audit_credential audit_target audit_username audit_vo");
    }
}
