/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.diracee.client.wire.CheckedDescription;
import org.diracee.client.wire.CountFailures;
import org.diracee.client.wire.CountedFailures;
import org.diracee.client.wire.JobExplanation;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.web.json.BodyLimit;
import org.diracee.wms.explanation.boundary.FailureCauses;
import org.diracee.wms.explanation.boundary.JobDryRun;
import org.diracee.wms.explanation.boundary.JobExplanations;

/** Why jobs wait or have failed, and what descriptions would match. */
@Path("api/jobs")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ExplanationsResource {

    private static final int USUAL_IDS = 20;

    private JobExplanations explanations;
    private JobDryRun dryRun;
    private FailureCauses failures;
    private Caller caller;

    public ExplanationsResource() {} // RESTEasy insists on a public one

    @Inject
    public ExplanationsResource(JobExplanations explanations, JobDryRun dryRun, FailureCauses failures, Caller caller) {
        this.explanations = explanations;
        this.dryRun = dryRun;
        this.failures = failures;
        this.caller = caller;
    }

    @GET
    @Path("{id: -?[0-9]+}/explain")
    public JobExplanation explainJob(@PathParam("id") String id) {
        return ExplanationRecords.explanation(explanations.explain(caller, JobId.parse(id)));
    }

    @POST
    @Path("dry-run")
    public List<CheckedDescription> checkJdlJobs(
            @NotNull @BodyLimit(mebibytes = JobsResource.LARGEST_SUBMISSION_MEBIBYTES)
                    List<@NotNull Object> descriptions) {
        return dryRun.check(caller, descriptions).stream()
                .map(ExplanationRecords::checked)
                .toList();
    }

    @POST
    @Path("failures")
    public CountedFailures countFailures(@NotNull @Valid CountFailures request) {
        return ExplanationRecords.counted(failures.count(
                caller,
                SearchRecords.filters(request.search()),
                request.before().map(JobId::new),
                request.ids().orElse(USUAL_IDS)));
    }
}
