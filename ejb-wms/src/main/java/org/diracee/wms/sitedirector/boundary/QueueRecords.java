/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.sitedirector.entity.QueueStateRepository;
import org.diracee.wms.sitedirector.entity.QueueStateRepository.PilotsOfQueue;

/** Keeps what the site director noted of queues, each call in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class QueueRecords {

    private static final Duration HOURS_KEPT = Duration.ofDays(30);

    private QueueStateRepository rows;

    protected QueueRecords() {} // for the container's proxy

    @Inject
    public QueueRecords(QueueStateRepository rows) {
        this.rows = rows;
    }

    /** What became of the pilots of each queue since, by the texts of their slots. */
    @OpenAccess("called by the site director")
    public Map<String, QueueHistory> histories(Instant since) {
        Map<String, List<SubmissionCount>> submissions = rows.submissions(since).stream()
                .collect(Collectors.groupingBy(count -> count.slot().toString()));
        Map<String, List<EndedPilots>> ended = rows.endedPilots(since).stream()
                .collect(Collectors.groupingBy(
                        PilotsOfQueue::slot,
                        Collectors.mapping(
                                some -> new EndedPilots(
                                        some.vo(),
                                        PilotStatus.ofWireName(some.status()).orElseThrow(),
                                        some.pilots(),
                                        some.withoutJob()),
                                Collectors.toList())));
        Map<String, QueueHistory> histories = new HashMap<>();
        Stream.concat(submissions.keySet().stream(), ended.keySet().stream())
                .forEach(slot -> histories.put(
                        slot,
                        new QueueHistory(
                                submissions.getOrDefault(slot, List.of()), ended.getOrDefault(slot, List.of()))));
        return histories;
    }

    /** Keeps the states and adds the numbers, all or none, and forgets those of a month ago. */
    @OpenAccess("called by the site director")
    public void keep(Collection<QueueState> states, Collection<SubmissionCount> counts, Instant now) {
        rows.keep(states);
        if (!counts.isEmpty()) {
            rows.count(counts);
            rows.forget(now.minus(HOURS_KEPT));
        }
    }
}
