/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.diracee.client.wire.JobChanges;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.web.identity.Reauthentication;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.StatusChange;
import org.diracee.wms.feed.boundary.WantedChanges;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** What changed of jobs since a cursor, and what will. */
@Path("api/jobs/changes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class JobChangesResource {

    private static final int LONGEST_WAIT = 30;

    private ChangeFeed feed;
    private Followers followers;
    private Reauthentication reauthentication;
    private Caller caller;

    public JobChangesResource() {} // RESTEasy insists on a public one

    @Inject
    public JobChangesResource(ChangeFeed feed, Followers followers, Reauthentication reauthentication, Caller caller) {
        this.feed = feed;
        this.followers = followers;
        this.reauthentication = reauthentication;
        this.caller = caller;
    }

    @GET
    @APIResponseSchema(value = JobChanges.class, responseCode = "200")
    public void getJobChanges(
            @BeanParam FollowedJobs jobs,
            @QueryParam("after") @Nullable String after,
            @QueryParam("wait") @DefaultValue("0") @Min(0) @Max(LONGEST_WAIT) int wait,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @Suspended AsyncResponse answer,
            @Context HttpServletRequest request) {
        WantedChanges wanted = jobs.wanted();
        ChangePage<StatusChange> page = feed.read(caller, wanted, Optional.ofNullable(after), limit);
        if (after == null || wait == 0 || page.hasMore() || !page.changes().isEmpty()) {
            answer.resume(ChangeRecords.page(page));
            return;
        }
        Follower.Sources sources = followers.sources();
        new WaitingRequest(
                        caller,
                        reauthentication.of(request, caller),
                        wanted,
                        page,
                        limit,
                        sources.clock().instant().plusSeconds(wait),
                        sources,
                        answer)
                .begin();
    }
}
