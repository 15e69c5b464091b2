/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotProcess;

/**
 * What HTCondor's queue or history says of one pilot.
 *
 * @param id cluster and process
 * @param values of {@link #ATTRIBUTES}, in their order; empty where undefined
 * @see "HTCondor manual: job ClassAd attributes"
 */
record CondorJob(String id, List<Optional<String>> values) {

    /** What is asked for; texts come last. */
    static final List<String> ATTRIBUTES = List.of(
            "JobStatus",
            "ExitCode",
            "ExitBySignal",
            "ExitSignal",
            "HoldReasonCode",
            "HoldReasonSubCode",
            "HoldReason",
            "RemoveReason");

    /** With job numbers, and with texts in quotes: {@code -af:jV}. */
    static final String FORMAT = "-af:jV";

    /** Held by our own {@code on_exit_hold}, as the pilot ended with an exit code that is not 0. */
    static final int PILOT_FAILED = 55;

    private static final int HELD_BY_POLICY = 3;
    private static final int HELD_WHILE_SPOOLING = 16;
    private static final Pattern ID = Pattern.compile("[0-9]+\\.[0-9]+");
    private static final Pattern VALUE = Pattern.compile("\\G\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))");

    CondorJob {
        values = List.copyOf(values);
    }

    /** @throws ComputingElementFailure if this is no answer to what was asked */
    static List<CondorJob> parse(String output) {
        return output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(CondorJob::parseLine)
                .toList();
    }

    private static CondorJob parseLine(String line) {
        List<Optional<String>> found = new ArrayList<>();
        Matcher value = VALUE.matcher(line);
        while (value.find()) {
            String quoted = value.group(1);
            found.add(
                    quoted != null
                            ? Optional.of(quoted.replaceAll("\\\\(.)", "$1"))
                            : Optional.of(value.group(2)).filter(word -> !word.equals("undefined")));
        }
        if (found.size() != ATTRIBUTES.size() + 1
                || !found.get(0).filter(id -> ID.matcher(id).matches()).isPresent()) {
            throw new ComputingElementFailure("HTCondor answers something else than was asked: " + LastWords.of(line));
        }
        return new CondorJob(found.get(0).orElseThrow(), found.subList(1, found.size()));
    }

    /** Whether the schedd holds it until its files have come. */
    boolean isSpooling() {
        return number("JobStatus").equals(Optional.of(Status.HELD))
                && number("HoldReasonCode").equals(Optional.of(HELD_WHILE_SPOOLING));
    }

    /** Whether there is something left to remove from the queue. */
    boolean isUnfinished() {
        return number("JobStatus")
                .filter(status -> status != Status.COMPLETED && status != Status.REMOVED)
                .isPresent();
    }

    /** @param lastWords what the pilot wrote at its end, as far as that was fetched */
    PilotProcess process(String lastWords) {
        int status = number("JobStatus").orElse(0);
        return switch (status) {
            case Status.IDLE -> new PilotProcess.Waiting();
            case Status.RUNNING, Status.TRANSFERRING_OUTPUT, Status.SUSPENDED -> new PilotProcess.Running();
            case Status.REMOVED ->
                new PilotProcess.Vanished(
                        "Removed from the queue"
                                + text("RemoveReason").map(why -> ": " + why).orElse(""),
                        lastWords);
            case Status.COMPLETED -> ended(lastWords);
            case Status.HELD -> held(lastWords);
            default -> new PilotProcess.Unknown("HTCondor calls its status " + status);
        };
    }

    private PilotProcess held(String lastWords) {
        if (isSpooling()) {
            return new PilotProcess.Waiting();
        }
        int code = number("HoldReasonCode").orElse(0);
        int subCode = number("HoldReasonSubCode").orElse(0);
        if (code == HELD_BY_POLICY && subCode == PILOT_FAILED) {
            return ended(lastWords);
        }
        return new PilotProcess.Vanished(
                "Held by the computing element (code " + code + ", subcode " + subCode + ")"
                        + text("HoldReason").map(why -> ": " + why).orElse(""),
                lastWords);
    }

    private PilotProcess ended(String lastWords) {
        if (text("ExitBySignal").filter("true"::equalsIgnoreCase).isPresent()) {
            return new PilotProcess.Vanished(
                    "Ended by signal " + text("ExitSignal").orElse("unknown"), lastWords);
        }
        return number("ExitCode")
                .<PilotProcess>map(code -> new PilotProcess.Ended(code, lastWords))
                .orElseGet(() -> new PilotProcess.Vanished("Ended without an exit code", lastWords));
    }

    private Optional<String> text(String attribute) {
        return values.get(ATTRIBUTES.indexOf(attribute));
    }

    private Optional<Integer> number(String attribute) {
        return text(attribute).filter(digits -> digits.matches("-?[0-9]{1,9}")).map(Integer::valueOf);
    }

    /** The numbers that HTCondor gives to states of jobs. */
    private static final class Status {
        static final int IDLE = 1;
        static final int RUNNING = 2;
        static final int REMOVED = 3;
        static final int COMPLETED = 4;
        static final int HELD = 5;
        static final int TRANSFERRING_OUTPUT = 6;
        static final int SUSPENDED = 7;
    }
}
