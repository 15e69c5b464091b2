/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diracee.wms.matching.entity.WaitingJob;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.QueueSearch;

/** A request while jobs are found for it, within the limits of its site and of those who own the jobs, and as many as fit together. */
public final class Filling {

    private final JobRequest request;
    private final List<Allowance> ofSite;
    private final RunningJobs.Left ofOwners;
    private final List<Allowance> used = new ArrayList<>();
    private final List<WaitingJob> jobs = new ArrayList<>();
    private final Room room;
    private int narrowedFor;
    private boolean getsNothing;

    public Filling(JobRequest request, List<Allowance> ofSite, RunningJobs.Left ofOwners) {
        this.request = request;
        this.ofSite = ofSite;
        this.ofOwners = ofOwners;
        this.room = Room.of(request.resource());
    }

    public JobRequest request() {
        return request;
    }

    /** How many jobs it still takes. */
    public int needs() {
        return getsNothing ? 0 : Math.min(request.jobs() - jobs.size(), room.most());
    }

    /** Begins anew; a request that was part of a batch that failed may have been here before. */
    void begin() {
        request.search().restart();
        Map<QueueField, List<String>> exhausted = new EnumMap<>(QueueField.class);
        Stream.concat(ofSite.stream().filter(Allowance::isExhausted), ofOwners.exhausted().stream())
                .forEach(allowance -> allowance
                        .field()
                        .ifPresentOrElse(
                                field -> exhausted
                                        .computeIfAbsent(field, absent -> new ArrayList<>())
                                        .add(allowance.value()),
                                () -> getsNothing = true));
        exhausted.forEach(request.search()::refuse);
    }

    /** Its search for queues, without those whose jobs do not fit beside the ones that it has. */
    QueueSearch search() {
        if (narrowedFor < jobs.size()) {
            request.search().refuse(QueueField.TAG, room.tooLarge());
            narrowedFor = jobs.size();
        }
        return request.search();
    }

    /** How many jobs of the queue it may have of so many; those are counted until they are given back. */
    int reserve(OpenQueue queue, int most) {
        int fitting = room.take(queue.definition(), most);
        int jobsOfQueue = fitting;
        Map<Allowance, Integer> taken = new HashMap<>();
        for (Allowance allowance : needed(queue)) {
            int some = allowance.take(jobsOfQueue);
            taken.put(allowance, some);
            jobsOfQueue = Math.min(jobsOfQueue, some);
        }
        int allowed = jobsOfQueue;
        taken.forEach((allowance, some) -> allowance.giveBack(some - allowed));
        room.giveBack(queue.definition(), fitting - allowed);
        return allowed;
    }

    void giveBack(OpenQueue queue, int unused) {
        if (unused > 0) {
            needed(queue).forEach(one -> one.giveBack(unused));
            room.giveBack(queue.definition(), unused);
        }
    }

    void add(OpenQueue queue, WaitingJob job) {
        jobs.add(job);
        used.addAll(needed(queue));
    }

    /** The limits that count jobs of the queue. */
    private List<Allowance> needed(OpenQueue queue) {
        return Stream.concat(ofSite.stream().filter(one -> one.limits(queue)), ofOwners.of(queue).stream())
                .toList();
    }

    public List<WaitingJob> jobs() {
        return jobs;
    }

    /** The limits that count the jobs which it has. */
    public List<Allowance> used() {
        return used;
    }
}
