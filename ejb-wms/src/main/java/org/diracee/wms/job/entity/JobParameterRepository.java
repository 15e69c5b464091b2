/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** What is known about jobs by name: their parameters, and those of attempts before a rescheduling. */
@ApplicationScoped
public class JobParameterRepository {

    private EntityManager entities;

    protected JobParameterRepository() {} // for the container's proxy

    @Inject
    public JobParameterRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Sets parameters; each name at most once per job. */
    public void put(Collection<Parameter> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        statement("""
                        insert into wms.job_parameter (job_id, name, value)
                        select * from unnest(?::bigint[], ?::text[], ?::text[])
                        on conflict (job_id, name) do update set value = excluded.value""")
                .numbers(parameters, parameter -> parameter.job().number())
                .texts(parameters, Parameter::name)
                .texts(parameters, Parameter::value)
                .run();
    }

    /** Moves all parameters of a job to the attic, under the number of the cycle that ends. */
    public void putAway(JobId job, int rescheduleCycle) {
        statement("""
                        with gone as (delete from wms.job_parameter where job_id = ? returning *)
                        insert into wms.job_parameter_attic (job_id, reschedule_cycle, name, value)
                        select job_id, ?, name, value from gone
                        on conflict (job_id, reschedule_cycle, name) do update set value = excluded.value""").number(job.number()).number(rescheduleCycle).run();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /** A named value of a job. */
    public record Parameter(JobId job, String name, String value) {}
}
