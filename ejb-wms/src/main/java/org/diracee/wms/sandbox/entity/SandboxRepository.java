/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sandbox.boundary.SandboxKind;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.schema.boundary.WmsUnit;

/** The tables of sandboxes and their assignments. Every method needs a transaction. */
@ApplicationScoped
public class SandboxRepository {

    private static final Duration PRECISION = Duration.ofHours(1);

    private EntityManager entities;

    protected SandboxRepository() {} // for the container's proxy

    @Inject
    public SandboxRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    public Optional<Sandbox> find(SandboxPfn pfn) {
        return byName(pfn, LockModeType.NONE);
    }

    /** Finds a sandbox that has arrived and keeps it from being removed until the transaction ends. */
    public Optional<Sandbox> findAndKeep(SandboxPfn pfn) {
        return byName(pfn, LockModeType.PESSIMISTIC_READ).filter(Sandbox::hasArrived);
    }

    private Optional<Sandbox> byName(SandboxPfn pfn, LockModeType lock) {
        return entities.createQuery("select s from Sandbox s where s.seName = :se and s.pfn = :pfn", Sandbox.class)
                .setParameter("se", SandboxPfn.SE_NAME)
                .setParameter("pfn", pfn.toString())
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    /** Makes other sandboxes of the same owner wait until this transaction ends. */
    public void takeTurnOfOwner(SandboxPfn pfn) {
        takeTurn("sandboxes of " + pfn.vo() + "/" + pfn.user());
    }

    /** What all sandboxes of a VO take. */
    public long bytes(VoName vo) {
        return number(entities.createNativeQuery("select coalesce(sum(bytes), 0) from wms.sandbox_space where vo = :vo")
                .setParameter("vo", vo.text())
                .getSingleResult());
    }

    /** What all sandboxes of a user take, in whatever group. */
    public long bytes(VoName vo, UserName owner) {
        return number(entities.createNativeQuery(
                        "select coalesce(sum(bytes), 0) from wms.sandbox_space where vo = :vo and owner = :owner")
                .setParameter("vo", vo.text())
                .setParameter("owner", owner.text())
                .getSingleResult());
    }

    /** Makes others that change the file of this name wait until this transaction ends. */
    public void takeTurn(SandboxPfn pfn) {
        takeTurn("sandbox " + pfn);
    }

    private void takeTurn(String name) {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:name, 0)) as text)")
                .setParameter("name", name)
                .getSingleResult();
    }

    /** Adds the row of a durable archive; if there is one already, it counts as accessed now. */
    public void register(SandboxPfn pfn, long bytes, Instant now) {
        add(pfn, bytes, true, now);
    }

    /** Adds the row of an announced archive; if there is one already, it counts as accessed now. */
    public void announce(SandboxPfn pfn, long bytes, Instant now) {
        add(pfn, bytes, false, now);
    }

    private void add(SandboxPfn pfn, long bytes, boolean arrived, Instant now) {
        entities.createNativeQuery("""
                        insert into wms.sandbox
                            (se_name, pfn, vo, owner, owner_group, bytes, arrived, registered, last_access)
                        values (:se, :pfn, :vo, :owner, :group, :bytes, :arrived, :now, :now)
                        on conflict (se_name, pfn) do update set last_access = excluded.last_access""")
                .setParameter("se", SandboxPfn.SE_NAME)
                .setParameter("pfn", pfn.toString())
                .setParameter("vo", pfn.vo().text())
                .setParameter("owner", pfn.user().text())
                .setParameter("group", pfn.group().text())
                .setParameter("bytes", bytes)
                .setParameter("arrived", arrived)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Takes an announcement back. Nothing can be assigned to it; a sandbox that has arrived stays. */
    public void forgetAnnounced(SandboxPfn pfn) {
        entities.createNativeQuery("delete from wms.sandbox where se_name = :se and pfn = :pfn and not arrived")
                .setParameter("se", SandboxPfn.SE_NAME)
                .setParameter("pfn", pfn.toString())
                .executeUpdate();
    }

    /**
     * Notes that an announced archive lies in the store.
     *
     * @return whether there is a row of this size
     */
    public boolean arrive(SandboxPfn pfn, long bytes, Instant now) {
        return entities.createNativeQuery("""
                                update wms.sandbox set arrived = true, last_access = :now
                                where se_name = :se and pfn = :pfn and bytes = :bytes""")
                        .setParameter("se", SandboxPfn.SE_NAME)
                        .setParameter("pfn", pfn.toString())
                        .setParameter("bytes", bytes)
                        .setParameter("now", now)
                        .executeUpdate()
                > 0;
    }

    /** Announced sandboxes of which nothing was heard since, the oldest first. */
    public List<SandboxPfn> announced(Instant before, int limit) {
        List<?> names = entities.createNativeQuery("""
                        select pfn from wms.sandbox where not arrived and last_access < :before
                        order by last_access limit :limit""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .getResultList();
        return names.stream().map(String.class::cast).map(SandboxPfn::parse).toList();
    }

    /**
     * Notes that a sandbox was read; the moment is kept to the hour, so that one that many jobs read is not rewritten by each.
     *
     * @return whether the sandbox is still there
     */
    public boolean accessed(Sandbox sandbox, Instant now) {
        return sandbox.lastAccess().isAfter(now.minus(PRECISION))
                || entities.createNativeQuery("update wms.sandbox set last_access = :now where id = :id")
                                .setParameter("now", now)
                                .setParameter("id", sandbox.id())
                                .executeUpdate()
                        > 0;
    }

    public Optional<JobOfSandbox> job(JobId id) {
        return jobs(List.of(id)).stream().findFirst();
    }

    public List<JobOfSandbox> jobs(Collection<JobId> ids) {
        List<?> rows = entities.createNativeQuery("""
                        select id, submission_id, vo, owner, owner_group, attempt
                        from wms.job where id = any(:ids)""")
                .setParameter("ids", numbers(ids))
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new JobOfSandbox(
                        new JobId(number(row[0])),
                        number(row[1]),
                        new VoName((String) row[2]),
                        new UserName((String) row[3]),
                        new GroupName((String) row[4]),
                        (int) number(row[5])))
                .toList();
    }

    /** Keeps the attempt of a job from changing until the transaction ends. */
    public Optional<JobOfSandbox> jobAndKeep(JobId id) {
        entities.createNativeQuery("select id from wms.job where id = :id for share")
                .setParameter("id", id.number())
                .getResultList();
        return job(id);
    }

    /** Assigns an input to all jobs of a submission; repeating it changes nothing. */
    public void assignToSubmission(Sandbox sandbox, long submissionId, Instant now) {
        entities.createNativeQuery("""
                        insert into wms.sandbox_assignment (sandbox_id, submission_id, kind, assigned)
                        values (:sandbox, :submission, 'Input', :now)
                        on conflict (submission_id, sandbox_id) where submission_id is not null do nothing""")
                .setParameter("sandbox", sandbox.id())
                .setParameter("submission", submissionId)
                .setParameter("now", now)
                .executeUpdate();
    }

    /**
     * Assigns an output to a job.
     *
     * @param attempt the attempt that made it, empty if a user assigns it
     * @return whether it was not assigned before
     */
    public boolean assignOutput(Sandbox sandbox, JobId job, Optional<Integer> attempt, Instant now) {
        return entities.createNativeQuery("""
                                insert into wms.sandbox_assignment (sandbox_id, job_id, kind, attempt, assigned)
                                values (:sandbox, :job, 'Output', nullif(:attempt, 0), :now)
                                on conflict (job_id, kind, sandbox_id) where job_id is not null do nothing""")
                        .setParameter("sandbox", sandbox.id())
                        .setParameter("job", job.number())
                        .setParameter("attempt", attempt.orElse(0))
                        .setParameter("now", now)
                        .executeUpdate()
                > 0;
    }

    /** Takes away what attempts before this one left as output. */
    public void releaseOutputsBefore(JobId job, int attempt) {
        entities.createNativeQuery("""
                        delete from wms.sandbox_assignment
                        where job_id = :job and kind = 'Output' and attempt < :attempt""")
                .setParameter("job", job.number())
                .setParameter("attempt", attempt)
                .executeUpdate();
    }

    /** The sandboxes of a job, the newest assignment first. */
    public List<SandboxPfn> assigned(JobOfSandbox job, SandboxKind kind) {
        List<?> names = entities.createNativeQuery("""
                        select s.pfn from wms.sandbox_assignment a join wms.sandbox s on s.id = a.sandbox_id
                        where a.kind = :kind and (a.job_id = :job or a.submission_id = :submission and not exists (
                            select 1 from wms.sandbox_release r
                            where r.submission_id = a.submission_id and r.job_id = :job))
                        order by a.assigned desc, s.id desc""")
                .setParameter("kind", kind.wireName())
                .setParameter("job", job.id().number())
                .setParameter("submission", job.submissionId())
                .getResultList();
        return names.stream().map(String.class::cast).map(SandboxPfn::parse).toList();
    }

    /** Takes all sandboxes from these jobs. An input that other jobs of its submission still hold stays with them. */
    public void release(Collection<JobId> jobs) {
        Long[] ids = numbers(jobs);
        entities.createNativeQuery("delete from wms.sandbox_assignment where job_id = any(:ids)")
                .setParameter("ids", ids)
                .executeUpdate();
        // the row lock makes releases of the same submission take turns, so the last one sees all the others
        entities.createNativeQuery("""
                        select id from wms.submission
                        where id in (select submission_id from wms.job where id = any(:ids)) order by id for update""").setParameter("ids", ids).getResultList();
        entities.createNativeQuery("""
                        insert into wms.sandbox_release (submission_id, job_id)
                        select j.submission_id, j.id from wms.job j where j.id = any(:ids) and exists (
                            select 1 from wms.sandbox_assignment a where a.submission_id = j.submission_id)
                        on conflict do nothing""").setParameter("ids", ids).executeUpdate();
        entities.createNativeQuery("""
                        with over as (
                            select r.submission_id from wms.sandbox_release r
                            where r.submission_id in (select submission_id from wms.job where id = any(:ids))
                            group by r.submission_id
                            having count(*) >= (select s.jobs from wms.submission s where s.id = r.submission_id)),
                        gone as (
                            delete from wms.sandbox_assignment a using over o where a.submission_id = o.submission_id)
                        delete from wms.sandbox_release r using over o where r.submission_id = o.submission_id""").setParameter("ids", ids).executeUpdate();
    }

    /** Sandboxes that nothing is assigned to and nobody read since; the longest unread first. */
    public List<SandboxPfn> unassigned(Instant lastAccessBefore, int limit) {
        List<?> names = entities.createNativeQuery("""
                        select s.pfn from wms.sandbox s
                        where s.last_access < :before and s.arrived
                            and not exists (select 1 from wms.sandbox_assignment a where a.sandbox_id = s.id)
                        order by s.last_access limit :limit""")
                .setParameter("before", lastAccessBefore)
                .setParameter("limit", limit)
                .getResultList();
        return names.stream().map(String.class::cast).map(SandboxPfn::parse).toList();
    }

    /**
     * Removes the row of a sandbox if it is still unassigned and unread.
     *
     * @return whether it was removed
     */
    public boolean forget(SandboxPfn pfn, Instant lastAccessBefore) {
        // the lock comes first: an assignment that is being made holds a key share on the row, and is then waited for
        List<?> locked = entities.createNativeQuery(
                        "select id from wms.sandbox where se_name = :se and pfn = :pfn for update")
                .setParameter("se", SandboxPfn.SE_NAME)
                .setParameter("pfn", pfn.toString())
                .getResultList();
        return !locked.isEmpty()
                && entities.createNativeQuery("""
                                        delete from wms.sandbox s where s.id = :id and s.last_access < :before and not exists (
                                            select 1 from wms.sandbox_assignment a where a.sandbox_id = s.id)""")
                                .setParameter("id", locked.get(0))
                                .setParameter("before", lastAccessBefore)
                                .executeUpdate()
                        > 0;
    }

    private static Long[] numbers(Collection<JobId> ids) {
        return ids.stream().map(JobId::number).toArray(Long[]::new);
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
