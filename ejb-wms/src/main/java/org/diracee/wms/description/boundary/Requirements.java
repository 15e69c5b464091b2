/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import java.util.List;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Sha256;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * What a job demands of a resource; jobs of one owner that demand the same share a task queue. Every list is sorted and without
 * repetition, and empty where nothing is demanded.
 *
 * @param cpuTime segment of CPU time in normalised seconds: the least that a resource must offer
 * @param sites sites that may run the job, banned ones taken out already
 * @param bannedSites sites that may not, given only if {@code sites} is empty
 * @param platforms platforms that can run the job, compatible ones included
 * @param tags tags that a resource must have, those of processors and memory included
 * @see "WMS reference 10.1"
 */
public record Requirements(
        int cpuTime,
        List<String> sites,
        List<String> bannedSites,
        List<String> gridCes,
        List<String> platforms,
        List<String> jobTypes,
        List<String> tags) {

    public Requirements {
        sites = canonical(sites);
        bannedSites = canonical(bannedSites);
        gridCes = canonical(gridCes);
        platforms = canonical(platforms);
        jobTypes = canonical(jobTypes);
        tags = canonical(tags);
    }

    /** The same demands at these sites alone. */
    public Requirements at(List<String> chosenSites) {
        return new Requirements(cpuTime, chosenSites, List.of(), gridCes, platforms, jobTypes, tags);
    }

    static Requirements of(JdlRecord requirements) {
        return new Requirements(
                requirements.integer("CPUTime").orElseThrow().intValue(),
                requirements.texts("Sites"),
                requirements.texts("BannedSites"),
                requirements.texts("GridCEs"),
                requirements.texts("Platforms"),
                requirements.texts("JobTypes"),
                requirements.texts("Tags"));
    }

    /** Returns the digest of the task queue that these requirements and an owner define: SHA-256 in 64 hexadecimal digits. */
    public String queueDigest(VoName vo, UserName owner, GroupName ownerGroup) {
        return digest(record().put("VO", vo.text())
                .put("Owner", owner.text())
                .put("OwnerGroup", ownerGroup.text())
                .build());
    }

    /** Returns the digest of the requirements alone: SHA-256 in 64 hexadecimal digits. */
    public String digest() {
        return digest(record().build());
    }

    private JdlRecord.Builder record() {
        return JdlRecord.builder()
                .put("CPUTime", cpuTime)
                .put("Sites", sites)
                .put("BannedSites", bannedSites)
                .put("GridCEs", gridCes)
                .put("Platforms", platforms)
                .put("JobTypes", jobTypes)
                .put("Tags", tags);
    }

    private static String digest(JdlRecord record) {
        return Sha256.hex(JdlPrinter.printInline(record));
    }

    private static List<String> canonical(List<String> values) {
        return values.stream().sorted().distinct().toList();
    }
}
