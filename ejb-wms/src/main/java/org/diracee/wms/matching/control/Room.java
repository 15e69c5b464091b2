/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/**
 * The processors and the memory of a resource that are left while jobs are found which are to run there side by side. A resource that
 * does not say how many processors it has runs each job in a slot of its own, and has room for any number. What a job takes is what its
 * tags ask for; one that would fit alone always has room in what is empty yet.
 */
final class Room {

    private static final Pattern PROCESSORS = Pattern.compile("(\\d{1,4})Processors");
    private static final Pattern GIGABYTES = Pattern.compile("(\\d{1,7})GB");
    private static final String WHOLE_NODE = "WholeNode";
    private static final int MEGABYTES_PER_GIGABYTE = 1000;
    private static final int MOST_STEPS = 1024;

    private final int processors;
    private final int gigabytes;
    private int processorsLeft;
    private int gigabytesLeft;

    /** @param gigabytes 0: unknown */
    private Room(int processors, int gigabytes) {
        this.processors = processors;
        this.gigabytes = gigabytes;
        this.processorsLeft = processors;
        this.gigabytesLeft = gigabytes;
    }

    static Room of(ResourceDescription resource) {
        return new Room(resource.processors(), resource.maxRam() / MEGABYTES_PER_GIGABYTE);
    }

    private boolean isUnlimited() {
        return processors == 0;
    }

    /** More jobs than this do not fit, whatever they are. */
    int most() {
        return isUnlimited() ? Integer.MAX_VALUE : processorsLeft;
    }

    /** Takes the room of at most so many jobs of the queue; returns of how many. */
    int take(QueueDefinition queue, int most) {
        if (isUnlimited()) {
            return most;
        }
        Need need = need(queue);
        int fitting = Math.min(most, processorsLeft / need.processors);
        if (need.gigabytes > 0) {
            fitting = Math.min(fitting, gigabytesLeft / need.gigabytes);
        }
        processorsLeft -= fitting * need.processors;
        gigabytesLeft -= fitting * need.gigabytes;
        return fitting;
    }

    void giveBack(QueueDefinition queue, int jobs) {
        if (!isUnlimited()) {
            Need need = need(queue);
            processorsLeft += jobs * need.processors;
            gigabytesLeft += jobs * need.gigabytes;
        }
    }

    /** The tags of jobs for which there is no room any more. */
    List<String> tooLarge() {
        List<String> tags = new ArrayList<>();
        if (processorsLeft < processors) {
            tags.add(WHOLE_NODE);
            for (int number = Math.max(2, processorsLeft + 1); number <= Math.min(processors, MOST_STEPS); number++) {
                tags.add(number + "Processors");
            }
            for (int number = gigabytesLeft + 1; number <= Math.min(gigabytes, MOST_STEPS); number++) {
                tags.add(number + "GB");
            }
        }
        return tags;
    }

    private record Need(int processors, int gigabytes) {}

    private Need need(QueueDefinition queue) {
        int asked = queue.tags().contains(WHOLE_NODE)
                ? processors
                : largest(queue.tags(), PROCESSORS).orElse(1);
        return new Need(
                Math.max(1, Math.min(asked, processors)),
                Math.min(largest(queue.tags(), GIGABYTES).orElse(0), gigabytes));
    }

    private static OptionalInt largest(List<String> tags, Pattern pattern) {
        return tags.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .mapToInt(tag -> Integer.parseInt(tag.group(1)))
                .max();
    }
}
