/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * That no job of a group has anything left to do.
 *
 * @param jobs how many there are in each status
 * @param last when the last of them ended
 */
public record FinishedGroup(VoName vo, UserName owner, String jobGroup, Map<String, Long> jobs, Instant last) {

    public FinishedGroup {
        jobs = new LinkedHashMap<>(jobs);
    }

    private long total() {
        return jobs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same for the same news, however often the group is looked at. */
    public String key() {
        return "job_group.finished/" + owner + "/" + jobGroup + "/" + total() + "/" + last;
    }

    /** What is sent. */
    public String body() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("VO", vo.text());
        data.put("Owner", owner.text());
        data.put("JobGroup", jobGroup);
        data.put("Jobs", total());
        data.put("Statuses", jobs);
        return MessageBody.of("job_group.finished", last, data);
    }
}
