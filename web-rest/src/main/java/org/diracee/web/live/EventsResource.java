/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.web.identity.Reauthentication;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.WantedChanges;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What happens to jobs, while it happens. */
@Path("api/events")
@RequestScoped
public class EventsResource {

    private static final int LONGEST = 86_400;

    private ChangeFeed feed;
    private Followers followers;
    private Reauthentication reauthentication;
    private Caller caller;

    public EventsResource() {} // RESTEasy insists on a public one

    @Inject
    public EventsResource(ChangeFeed feed, Followers followers, Reauthentication reauthentication, Caller caller) {
        this.feed = feed;
        this.followers = followers;
        this.reauthentication = reauthentication;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @APIResponse(
            responseCode = "200",
            description = "Events named job, each a JobChange with its cursor as id, until an event named end",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class)))
    public void streamEvents(
            @BeanParam FollowedJobs jobs,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @QueryParam("after") @Nullable String after,
            @Parameter(description = "Seconds after which the stream ends; it ends with the credential at the latest")
                    @QueryParam("duration")
                    @DefaultValue("" + LONGEST)
                    @Min(1)
                    @Max(LONGEST)
                    int duration,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        WantedChanges wanted = jobs.wanted();
        // what the browser adds when it reconnects is newer than what its page's address says
        Optional<String> place =
                Optional.ofNullable(lastEventId).filter(id -> !id.isEmpty()).or(() -> Optional.ofNullable(after));
        // refuses, before the stream begins, whoever may not read and what is no cursor
        ChangePage first = feed.read(caller, wanted, place, 1);
        String cursor = place.orElse(first.next());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // reverse proxies of one kind would collect the events otherwise
        response.setHeader("X-Accel-Buffering", "no");
        Follower.Sources sources = followers.sources();
        new EventStream(
                        caller,
                        reauthentication.of(request, caller),
                        wanted,
                        cursor,
                        sources.clock().instant().plusSeconds(duration),
                        sources,
                        sink,
                        sse)
                .begin();
    }
}
