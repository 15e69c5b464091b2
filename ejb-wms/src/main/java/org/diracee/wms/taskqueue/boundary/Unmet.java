/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the jobs of a task queue do not run at a resource: one requirement that is not met.
 *
 * @param queue what the jobs ask for or are; for tags only those that fail
 * @param resource what the resource offers, refuses or is
 */
public record Unmet(QueueField field, Cause cause, List<String> queue, List<String> resource) {

    private static final Pattern GIGABYTES = Pattern.compile("([0-9]{1,7})GB");
    private static final Pattern PROCESSORS = Pattern.compile("([0-9]{1,7})Processors");

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

    private String shown(List<String> values) {
        return values.isEmpty() ? "none" : String.join(", ", field == QueueField.TAG ? withoutLadders(values) : values);
    }

    /** A resource has a tag for each gigabyte and processor up to what it has; people want to know how much that is. */
    private static List<String> withoutLadders(List<String> tags) {
        OptionalInt gigabytes = highest(tags, GIGABYTES);
        OptionalInt processors = highest(tags, PROCESSORS);
        List<String> shown = new ArrayList<>();
        gigabytes.ifPresent(number -> shown.add(number + " GB of RAM"));
        processors.ifPresent(number -> shown.add(number + " processors"));
        tags.stream()
                .filter(tag -> !GIGABYTES.matcher(tag).matches()
                        && !PROCESSORS.matcher(tag).matches()
                        && (processors.isEmpty() || !tag.equals("MultiProcessor")))
                .forEach(shown::add);
        return shown;
    }

    private static OptionalInt highest(List<String> tags, Pattern step) {
        return tags.stream()
                .map(step::matcher)
                .filter(Matcher::matches)
                .mapToInt(number -> Integer.parseInt(number.group(1)))
                .max();
    }
}
