/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.Unmet;
import org.diracee.wms.taskqueue.boundary.Unmet.Cause;

/** Whether the jobs of one queue fit a resource, requirement by requirement; {@link QueueIndex} answers the same for all queues at once. */
public final class QueueFit {

    private QueueFit() {}

    /** The requirements that are not met; empty if the jobs fit. Of the VO it knows nothing. */
    public static List<Unmet> unmet(QueueDefinition queue, ResourceOffer offer) {
        List<Unmet> unmet = new ArrayList<>();
        if (queue.cpuTime() > offer.cpuTime()) {
            unmet.add(new Unmet(
                    QueueField.CPU_TIME,
                    Cause.LACKING,
                    queue.listed(QueueField.CPU_TIME),
                    List.of(Long.toString(offer.cpuTime()))));
        }
        offer.accepted().forEach((field, values) -> {
            List<String> listed = queue.listed(field);
            if (!listed.isEmpty() && Collections.disjoint(listed, values)) {
                Cause cause =
                        field == QueueField.OWNER || field == QueueField.OWNER_GROUP || field == QueueField.JOB_TYPE
                                ? Cause.RESERVED
                                : Cause.LACKING;
                unmet.add(new Unmet(field, cause, listed, sorted(values)));
            }
        });
        offer.site()
                .filter(queue.bannedSites()::contains)
                .ifPresent(site -> unmet.add(new Unmet(QueueField.SITE, Cause.BANNED, List.of(site), List.of(site))));
        if (!offer.anyTag()) {
            List<String> missing = queue.tags().stream()
                    .filter(tag -> !offer.tags().contains(tag))
                    .toList();
            if (!missing.isEmpty()) {
                unmet.add(new Unmet(QueueField.TAG, Cause.LACKING, missing, sorted(offer.tags())));
            }
        }
        if (!queue.tags().containsAll(offer.requiredTags())) {
            unmet.add(new Unmet(QueueField.TAG, Cause.RESERVED, queue.tags(), sorted(offer.requiredTags())));
        }
        offer.refused().forEach((field, values) -> {
            List<String> refused =
                    queue.listed(field).stream().filter(values::contains).toList();
            if (!refused.isEmpty()) {
                unmet.add(new Unmet(field, Cause.REFUSED, refused, sorted(values)));
            }
        });
        return unmet;
    }

    private static List<String> sorted(Set<String> values) {
        return List.copyOf(new TreeSet<>(values));
    }
}
