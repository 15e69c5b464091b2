/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import java.util.List;

/**
 * Why the jobs of a task queue do not run at a resource: one requirement that is not met.
 *
 * @param queue what the jobs ask for or are; for tags only those that fail
 * @param resource what the resource offers, refuses or is
 */
public record Unmet(QueueField field, Cause cause, List<String> queue, List<String> resource) {

    /** Who does not want whom. */
    public enum Cause {
        /** The jobs need what the resource does not offer. */
        LACKING,
        /** The jobs ban the resource's site. */
        BANNED,
        /** The resource refuses such jobs. */
        REFUSED,
        /** The resource takes only other jobs. */
        RESERVED
    }

    public Unmet {
        queue = List.copyOf(queue);
        resource = List.copyOf(resource);
    }

    /** One sentence for people. */
    public String text() {
        return switch (cause) {
            case LACKING ->
                field.text() + ": the job needs " + shown(queue) + ", the resource offers " + shown(resource);
            case BANNED -> field.text() + ": the job bans " + shown(queue);
            case REFUSED -> field.text() + ": the resource refuses " + shown(queue);
            case RESERVED ->
                field.text() + ": the resource takes only jobs with " + shown(resource) + ", the job has "
                        + shown(queue);
        };
    }

    private static String shown(List<String> values) {
        return values.isEmpty() ? "none" : String.join(", ", values);
    }
}
