/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import com.fasterxml.jackson.databind.node.NullNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.AppendPilotLog;
import org.diracee.client.wire.FoundPilotLogLine;
import org.diracee.client.wire.KillPilots;
import org.diracee.client.wire.KilledPilots;
import org.diracee.client.wire.PilotEfficiency;
import org.diracee.client.wire.PilotHistory;
import org.diracee.client.wire.PilotIdentity;
import org.diracee.client.wire.PilotLogLine;
import org.diracee.client.wire.PilotOutput;
import org.diracee.client.wire.RegisterPilot;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchHistory;
import org.diracee.client.wire.Summarize;
import org.diracee.client.wire.Timestamps;
import org.diracee.client.wire.UpdatePilot;
import org.diracee.framework.bulk.boundary.AllOrNone;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.web.json.OptionalBody;
import org.diracee.wms.pilot.boundary.PilotLogQuery;
import org.diracee.wms.pilot.boundary.PilotLogging;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.pilot.boundary.PilotMonitoring;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Pilots: what they say of themselves and what users see of them.
 *
 * @see "DiracX REST reference 9"
 */
@Path("api/pilots")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PilotsResource {

    private static final String LAST_LINES = "1000";

    private PilotManager pilots;
    private PilotMonitoring monitoring;
    private PilotLogging logging;
    private AllOrNone allOrNone;
    private Caller caller;

    public PilotsResource() {} // RESTEasy insists on a public one

    @Inject
    public PilotsResource(
            PilotManager pilots, PilotMonitoring monitoring, PilotLogging logging, AllOrNone allOrNone, Caller caller) {
        this.pilots = pilots;
        this.monitoring = monitoring;
        this.logging = logging;
        this.allOrNone = allOrNone;
        this.caller = caller;
    }

    @POST
    public Response addPilot(@NotNull @Valid RegisterPilot request) {
        pilots.register(caller, PilotRecords.registration(request));
        return Response.status(Response.Status.CREATED)
                .entity(NullNode.getInstance())
                .build();
    }

    @POST
    @Path("search")
    public Response searchPilots(
            @QueryParam("page") @DefaultValue("1") @Min(1) int page,
            @QueryParam("per_page") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int perPage,
            @OptionalBody @Valid @Nullable Search search) {
        return PilotSearchRecords.answer(monitoring.search(caller, PilotSearchRecords.query(search), page, perPage));
    }

    @POST
    @Path("summary")
    public List<Map<String, Object>> summarizePilots(@NotNull @Valid Summarize request) {
        return monitoring.summary(caller, request.grouping(), PilotSearchRecords.filters(request.search())).stream()
                .map(PilotSearchRecords::counted)
                .toList();
    }

    @POST
    @Path("history")
    public PilotHistory getPilotHistory(@NotNull @Valid SearchHistory request) {
        return PilotSearchRecords.history(monitoring.history(caller, PilotSearchRecords.query(request)));
    }

    @GET
    @Path("efficiency")
    public List<PilotEfficiency> getPilotEfficiency(
            @QueryParam("site") List<String> sites,
            @QueryParam("ce") List<String> computingElements,
            @Parameter(description = "Whole sites instead of single computing elements")
                    @QueryParam("by_site")
                    @DefaultValue("false")
                    boolean bySite) {
        return monitoring.resources(caller, sites, computingElements, bySite).stream()
                .map(PilotRecords::efficiency)
                .toList();
    }

    @PATCH
    @Path("metadata")
    public Response updatePilotMetadata(@NotNull Map<String, @NotNull @Valid UpdatePilot> request) {
        pilots.update(caller, PilotRecords.metadata(request));
        return Response.noContent().build();
    }

    @POST
    @Path("kill")
    public KilledPilots killPilots(
            @QueryParam("atomic") @DefaultValue("false") boolean atomic, @NotNull @Valid KillPilots request) {
        List<PilotStamp> stamps = request.stamps().stream().map(PilotStamp::new).toList();
        return PilotRecords.killed(allOrNone.carryOut(atomic, () -> pilots.kill(caller, stamps)));
    }

    @GET
    @Path("internal/pilotinfo")
    public PilotIdentity getPilotInfo() {
        Caller.Pilot self = pilots.self(caller);
        return new PilotIdentity(
                self.vo() + ":" + self.stamp(), self.vo().text(), self.stamp().text());
    }

    @POST
    @Path("internal/message")
    public Response appendPilotLog(@NotNull @Valid AppendPilotLog request) {
        logging.append(
                caller,
                request.firstLine(),
                request.lines().stream().map(PilotRecords::logged).toList());
        return Response.noContent().build();
    }

    @GET
    @Path("logs")
    public List<FoundPilotLogLine> searchPilotLogs(
            @Parameter(description = "Lines of these pilots") @QueryParam("stamp") List<String> stamps,
            @Parameter(description = "Lines of the pilots that were handed one of these jobs") @QueryParam("job")
                    List<Long> jobs,
            @Parameter(description = "Part of the message, in whatever case") @QueryParam("text") @Nullable String text,
            @Parameter(description = "As in 2026-11-27T00:00:00Z; the last day unless pilots or jobs are named")
                    @QueryParam("since")
                    @Nullable
                    String since,
            @Parameter(description = "The sequence of the last line that is known")
                    @QueryParam("after")
                    @DefaultValue("0")
                    @Min(0)
                    long after,
            @QueryParam("limit") @DefaultValue(LAST_LINES) int limit) {
        PilotLogQuery query = new PilotLogQuery(
                stamps.stream().map(PilotStamp::new).toList(),
                jobs.stream().map(JobId::new).toList(),
                Optional.ofNullable(text).filter(part -> !part.isEmpty()),
                Optional.ofNullable(since).map(Timestamps::parse),
                after,
                limit);
        return logging.search(caller, query).stream().map(PilotRecords::found).toList();
    }

    @GET
    @Path("{stamp}/log")
    public List<PilotLogLine> getPilotLog(
            @PathParam("stamp") String stamp, @QueryParam("limit") @DefaultValue(LAST_LINES) int limit) {
        return logging.last(caller, new PilotStamp(stamp), limit).stream()
                .map(PilotRecords::shown)
                .toList();
    }

    @GET
    @Path("{stamp}/output")
    public PilotOutput getPilotOutput(@PathParam("stamp") String stamp) {
        return pilots.output(caller, new PilotStamp(stamp))
                .map(output -> new PilotOutput(output.standardOutput(), output.standardError()))
                .orElseThrow(() -> new NoOutput(stamp));
    }
}
