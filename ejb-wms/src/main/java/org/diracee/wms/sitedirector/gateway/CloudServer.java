/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotProcess;

/**
 * An instance as Nova shows it.
 *
 * @param mark whose it is and for which queue it was made
 * @param taskState what Nova does with it just now
 * @param fault why it is in ERROR; empty otherwise
 * @see "OpenStack Compute API: server concepts"
 */
record CloudServer(
        String id,
        String status,
        Optional<String> taskState,
        String fault,
        Instant created,
        Optional<String> mark,
        Optional<PilotStamp> stamp) {

    /** Instances of ours are called so, with the stamp behind it. */
    static final String PREFIX = "dirac-";

    static final String STAMP_KEY = "dirac_stamp";
    static final String MARK_KEY = "dirac_queue";

    static CloudServer of(JsonNode server) {
        JsonNode metadata = server.path("metadata");
        try {
            return new CloudServer(
                    server.path("id").asText(),
                    server.path("status").asText("UNKNOWN"),
                    Optional.ofNullable(server.path("OS-EXT-STS:task_state").textValue()),
                    server.path("fault").path("message").asText(""),
                    Instant.parse(server.path("created").asText()),
                    Optional.ofNullable(metadata.path(MARK_KEY).textValue()),
                    Optional.ofNullable(metadata.path(STAMP_KEY).textValue()).map(PilotStamp::new));
        } catch (DateTimeException | InvalidValue wrong) {
            throw new ComputingElementFailure(
                    "Nova describes an instance in an unknown way: " + wrong.getMessage(), wrong);
        }
    }

    boolean isWaiting() {
        return status.equals("BUILD");
    }

    boolean isOver() {
        return switch (status) {
            case "SHUTOFF", "ERROR", "DELETED", "SOFT_DELETED" -> true;
            default -> false;
        };
    }

    /** Whether it counts against the queue's places. One in ERROR does until it is tidied up, so that a broken cloud gets few. */
    boolean takesPlace() {
        return !isOver() || status.equals("ERROR");
    }

    /** Whether its system can be asked to go down. */
    boolean isUp() {
        return status.equals("ACTIVE");
    }

    /** Whether it is going down already; Nova itself sees to the end. */
    boolean isStopping() {
        return taskState
                .filter(task -> task.equals("powering-off") || task.equals("deleting"))
                .isPresent();
    }

    /** @param console what the instance wrote there, as far as it is known */
    PilotProcess process(String console) {
        return switch (status) {
            case "BUILD" -> new PilotProcess.Waiting();
            case "SHUTOFF" -> {
                OptionalInt exitCode = exitCode(console);
                yield exitCode.isPresent()
                        ? new PilotProcess.Ended(exitCode.getAsInt(), LastWords.of(console))
                        : new PilotProcess.Vanished(
                                "The instance is powered off, and its console tells of no end of the pilot",
                                LastWords.of(console));
            }
            case "ERROR" ->
                new PilotProcess.Vanished("The instance is in ERROR" + (fault.isEmpty() ? "" : ": " + fault), "");
            case "DELETED", "SOFT_DELETED" -> gone();
            case "UNKNOWN" -> new PilotProcess.Unknown("Nova does not know the state of the instance");
            default -> new PilotProcess.Running();
        };
    }

    static PilotProcess gone() {
        return new PilotProcess.Vanished("The instance is gone", "");
    }

    /** The last that {@link CloudInit} wrote to the console. */
    private OptionalInt exitCode(String console) {
        Matcher line = Pattern.compile(Pattern.quote(CloudInit.END_OF_PILOT) + " ([0-9]{1,3})\\b")
                .matcher(console);
        OptionalInt found = OptionalInt.empty();
        while (line.find()) {
            found = OptionalInt.of(Integer.parseInt(line.group(1)));
        }
        return found;
    }
}
