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
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.web.identity.Reauthentication;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.WantedChanges;
import org.diracee.wms.feed.boundary.WantedPilots;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What happens to jobs or to pilots, while it happens. */
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
            description =
                    "Events named job, each a JobChange, or pilot, each a PilotChange, with its cursor as id, until an event named end",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class)))
    public void streamEvents(
            @Parameter(description = "What the events are about: jobs or pilots")
                    @QueryParam("topic")
                    @DefaultValue("jobs")
                    String topic,
            @BeanParam FollowedJobs jobs,
            @BeanParam FollowedPilots pilots,
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
        // what the browser adds when it reconnects is newer than what its page's address says
        Optional<String> place =
                Optional.ofNullable(lastEventId).filter(id -> !id.isEmpty()).or(() -> Optional.ofNullable(after));
        boolean isAboutPilots = isAboutPilots(topic, jobs, pilots);
        Topic<?> followed;
        ChangePage<?> first;
        // refuses, before the stream begins, whoever may not read and what is no cursor
        if (isAboutPilots) {
            WantedPilots wanted = pilots.wanted(jobs.statuses());
            first = feed.pilots(caller, wanted, place, 1);
            followed = Topic.pilots(feed, caller, wanted);
        } else {
            WantedChanges wanted = jobs.wanted();
            first = feed.read(caller, wanted, place, 1);
            followed = Topic.jobs(feed, caller, wanted);
        }
        String cursor = place.orElse(first.next());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // reverse proxies of one kind would collect the events otherwise
        response.setHeader("X-Accel-Buffering", "no");
        Follower.Sources sources = followers.sources();
        new EventStream<>(
                        caller,
                        reauthentication.of(request, caller),
                        followed,
                        cursor,
                        sources.clock().instant().plusSeconds(duration),
                        sources,
                        sink,
                        sse)
                .begin();
    }

    private static boolean isAboutPilots(String topic, FollowedJobs jobs, FollowedPilots pilots) {
        return switch (topic) {
            case "jobs" -> {
                if (!pilots.isAll()) {
                    throw new InvalidRequest("stamp, site, ce and vo can be used with topic=pilots alone");
                }
                yield false;
            }
            case "pilots" -> {
                if (!jobs.isAll()) {
                    throw new InvalidRequest("id, job_group and owner can be used with topic=jobs alone");
                }
                yield true;
            }
            default -> throw new InvalidRequest("topic: '" + topic + "' is unknown; allowed are jobs and pilots");
        };
    }
}
