/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** How many jobs there are of every kind; a reader adds the totals and the deltas that are not folded yet. */
@ApplicationScoped
public class CounterRepository {

    private EntityManager entities;

    protected CounterRepository() {} // for the container's proxy

    @Inject
    public CounterRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Adds the sums as deltas; two transactions never wait for each other here. */
    public void add(CounterChanges changes) {
        List<Map.Entry<CounterKey, Long>> sums = List.copyOf(changes.sums().entrySet());
        if (sums.isEmpty()) {
            return;
        }
        statement("""
                        insert into wms.job_counter_delta
                            (vo, owner, owner_group, job_group, site, job_type, status, minor_status, jobs)
                        select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::text[], ?::bigint[])""")
                .texts(sums, sum -> sum.getKey().vo().text())
                .texts(sums, sum -> sum.getKey().owner().text())
                .texts(sums, sum -> sum.getKey().ownerGroup().text())
                .texts(sums, sum -> sum.getKey().jobGroup())
                .texts(sums, sum -> sum.getKey().site())
                .texts(sums, sum -> sum.getKey().jobType())
                .texts(sums, sum -> sum.getKey().status().text())
                .texts(sums, sum -> sum.getKey().minorStatus())
                .numbers(sums, Map.Entry::getValue)
                .run();
    }

    /** Folds at most this many deltas into the totals; tells how many. One statement, so a reader never counts twice. */
    public int fold(int limit) {
        return statement("""
                        with taken as (
                            delete from wms.job_counter_delta where id in (
                                select id from wms.job_counter_delta order by id limit ? for update skip locked)
                            returning *),
                        folded as (
                            insert into wms.job_counter as total
                                (vo, owner, owner_group, job_group, site, job_type, status, minor_status, jobs)
                            select vo, owner, owner_group, job_group, site, job_type, status, minor_status, sum(jobs)
                            from taken group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(jobs) <> 0
                            order by 1, 2, 3, 4, 5, 6, 7, 8
                            on conflict (vo, owner, owner_group, job_group, site, job_type, status, minor_status)
                            do update set jobs = total.jobs + excluded.jobs)
                        select count(*) as folded from taken""").number(limit).rows(row -> row.integer("folded")).get(0);
    }

    /** Removes totals that are zero. */
    public int removeEmpty() {
        return statement("delete from wms.job_counter where jobs = 0").run();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
