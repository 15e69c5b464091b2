/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.PilotLaunch;

/**
 * The command line of a pilot; it holds no secret.
 *
 * @param server where the pilot reports; empty if it takes a parcel along
 * @param idleTimeout in seconds
 * @param extra words of {@code ExtraPilotOptions}
 */
record PilotCommand(
        CeQueue queue,
        Optional<String> server,
        Optional<Integer> maxJobs,
        Optional<Long> idleTimeout,
        List<String> extra) {

    /** The program in the pilot's image. */
    static final String PROGRAM = "bin/dirac-pilot";

    PilotCommand {
        extra = List.copyOf(extra);
    }

    /** Everything but the program and the files and directories of where it runs. */
    List<String> words(PilotLaunch pilot) {
        List<String> words = new ArrayList<>();
        server.ifPresent(address -> add(words, "--server", address));
        add(words, "--stamp", pilot.stamp());
        add(words, "--vo", pilot.vo());
        add(words, "--site", queue.slot().site());
        add(words, "--ce", queue.slot().computingElement());
        add(words, "--queue", queue.slot().queue());
        add(words, "--cpu-time", queue.cpuTime().toSeconds());
        maxJobs.ifPresent(jobs -> add(words, "--max-jobs", jobs));
        idleTimeout.ifPresent(seconds -> add(words, "--idle-timeout", seconds));
        queue.platform().ifPresent(platform -> add(words, "--platform", platform));
        queue.tags().forEach(tag -> add(words, "--tag", tag));
        queue.requiredTags().forEach(tag -> add(words, "--required-tag", tag));
        queue.processors().ifPresent(number -> add(words, "--processors", number));
        queue.maxRam().ifPresent(megabytes -> add(words, "--max-ram", megabytes));
        words.addAll(extra);
        return words;
    }

    private static void add(List<String> words, String option, Object value) {
        words.add(option);
        words.add(value.toString());
    }
}
