/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What A-REX says of one job in an answer about several. The answer's own status says nothing: it is 201 also for a job that does
 * not exist.
 *
 * @param code as of an HTTP answer for this job alone; 200 if none was given
 * @param id empty of a job that was not taken
 * @param details its GLUE2 document, where that was asked for
 */
record ArcJob(int code, String reason, String id, String state, JsonNode details) {

    private static final int GONE = 404;

    /** JSON is made from XML there: one job is an object, several are an array, none is nothing at all. */
    static List<ArcJob> list(JsonNode answer) {
        JsonNode jobs = answer.path("job");
        List<ArcJob> read = new ArrayList<>();
        if (jobs.isArray()) {
            jobs.forEach(job -> read.add(of(job)));
        } else if (jobs.isObject()) {
            read.add(of(jobs));
        }
        return read;
    }

    private static ArcJob of(JsonNode job) {
        return new ArcJob(
                job.path("status-code").asInt(200),
                job.path("reason").asText(""),
                job.path("id").asText(""),
                job.path("state").asText(""),
                job.path("info_document").path("ComputingActivity"));
    }

    boolean isTaken() {
        return code >= 200 && code < 300;
    }

    boolean isGone() {
        return code == GONE;
    }

    /** Whether its document was given. */
    boolean isDescribed() {
        return isTaken() && details.isObject();
    }

    /** What the description called it. */
    String name() {
        return details.path("Name").asText("");
    }

    Optional<Integer> exitCode() {
        String text = details.path("ExitCode").asText("");
        return text.matches("[0-9]{1,3}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    /** Why it failed, as A-REX says it. */
    String error() {
        JsonNode error = details.path("Error");
        List<String> texts = new ArrayList<>();
        if (error.isArray()) {
            error.forEach(each -> texts.add(each.asText("")));
        } else {
            texts.add(error.asText(""));
        }
        return texts.stream().filter(text -> !text.isBlank()).collect(Collectors.joining("; "));
    }

    /** For messages. */
    String refusal() {
        return reason.isEmpty() ? "status " + code : reason + " (" + code + ")";
    }
}
