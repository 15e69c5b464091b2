/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** What an installation is, can do and allows, as {@code /api/meta} tells everybody. */
public record InstallationFacts(Versions versions, Features features, Limits limits) {

    /**
     * Versions of what speaks here.
     *
     * @param product of DIRAC EE
     * @param api of the API's description
     * @param diracx the version of DiracX whose routes these are
     * @param minimumClient the oldest DiracX client that is served
     */
    public record Versions(
            String product,
            String api,
            String diracx,
            @JsonProperty("minimum_client") String minimumClient) {}

    /**
     * What this installation can do, where installations differ.
     *
     * @param localAccounts whether people may log in with a password kept here
     * @param localPilots whether pilots can run on the server's own machine
     * @param sandboxBackend kind of the store of sandboxes
     * @param clientId the client id by which programs log people in
     */
    public record Features(
            @JsonProperty("local_accounts") boolean localAccounts,
            @JsonProperty("local_pilots") boolean localPilots,
            @JsonProperty("sandbox_backend") String sandboxBackend,
            @JsonProperty("client_id") String clientId) {}

    /**
     * Bounds of single requests.
     *
     * @param pageSize items on a page, at most
     * @param pageSizeStandard items on a page, unless asked for otherwise
     * @param jobsPerSubmission jobs that one request may submit, by VO
     * @param jobsPerRequest jobs that one request may change
     * @param reportsPerJob reports about one job in one request
     * @param jobParameterLength characters of a job parameter's value
     * @param summaryRows rows of a summary
     * @param searchSeconds how long a search may take
     * @param bodyBytes a request's body, except for those below
     * @param submissionBodyBytes the body of a submission
     * @param sandboxBytes a sandbox's archive
     * @param pilotLogLines lines of a pilot's log in one request
     */
    public record Limits(
            @JsonProperty("page_size") int pageSize,
            @JsonProperty("page_size_default") int pageSizeStandard,
            @JsonProperty("jobs_per_submission") Map<String, Integer> jobsPerSubmission,
            @JsonProperty("jobs_per_request") int jobsPerRequest,
            @JsonProperty("reports_per_job") int reportsPerJob,
            @JsonProperty("job_parameter_length") int jobParameterLength,
            @JsonProperty("summary_rows") int summaryRows,
            @JsonProperty("search_seconds") long searchSeconds,
            @JsonProperty("body_bytes") long bodyBytes,
            @JsonProperty("submission_body_bytes") long submissionBodyBytes,
            @JsonProperty("sandbox_bytes") long sandboxBytes,
            @JsonProperty("pilot_log_lines") int pilotLogLines) {

        public Limits {
            jobsPerSubmission = jobsPerSubmission == null ? Map.of() : Map.copyOf(jobsPerSubmission);
        }
    }
}
