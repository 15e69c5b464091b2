/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.junit.jupiter.api.Test;

class DumpPlanIT {

    private static final int THEIRS = 20_000;
    private static final int LOOK = 100;
    private static final Pattern ROWS = Pattern.compile("actual time=\\S+ rows=(\\d+)");

    private final DmsServices services = new DmsServices();

    @Test
    void aPageOfADumpReadsSoManyReplicasFromTheIndexHoweverManyOthersHave() {
        SeName se = new SeName("Plan-" + services.vo);
        Lfn theirs = new Lfn("/" + services.otherVo + "/user/a/alice/f");
        services.in(it -> it.catalog.register(it.stranger, List.of(it.file(theirs, se.text()))));
        services.database.query("""
                        with more as (
                            insert into dms.file (directory, name, size, guid, owner, owner_group, mode, status, created, modified)
                            select file.directory, 'f' || n, 1, gen_random_uuid(), file.owner, file.owner_group, file.mode,
                                file.status, now(), now()
                            from dms.file file join dms.directory directory on directory.id = file.directory,
                                generate_series(1, %d) n
                            where directory.path = '%s' returning id)
                        insert into dms.replica (file, se, status, master, created, modified)
                        select more.id, se.id, 'AprioriGood', true, now(), now()
                        from more, dms.storage_element se where se.name = '%s'""", THEIRS, theirs.parent().orElseThrow(), se);
        Lfn last = services.lfn("user/a/alice/f");
        services.in(it -> it.catalog.register(it.alice, List.of(it.file(last, se.text()))));
        services.database.query("analyze dms.replica");
        services.database.query("analyze dms.file");

        List<String> plan = services.in(it -> new ReplicaRepository(it.database.entities())
                .dumping("explain (analyze) ", 1, it.vo, se, 0, LOOK)
                .rows(row -> row.text("QUERY PLAN")));

        assertThat(plan).noneSatisfy(line -> assertThat(line).contains("Seq Scan on replica"));
        List<Long> read = plan.stream()
                .filter(line -> line.contains("replica_se"))
                .map(ROWS::matcher)
                .filter(Matcher::find)
                .map(rows -> Long.valueOf(rows.group(1)))
                .toList();
        assertThat(read).isNotEmpty().allSatisfy(rows -> assertThat(rows).isLessThanOrEqualTo(LOOK));
    }
}
