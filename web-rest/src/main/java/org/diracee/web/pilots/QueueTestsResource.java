/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.QueueTestRecord;
import org.diracee.client.wire.TestQueues;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.sitedirector.boundary.QueueTests;
import org.jspecify.annotations.Nullable;

/** Tests queues by real pilots with real jobs. */
@Path("api/resources/tests")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class QueueTestsResource {

    private QueueTests tests;
    private Caller caller;

    public QueueTestsResource() {} // RESTEasy insists on a public one

    @Inject
    public QueueTestsResource(QueueTests tests, Caller caller) {
        this.tests = tests;
        this.caller = caller;
    }

    @POST
    public List<QueueTestRecord> testQueues(@NotNull @Valid TestQueues request) {
        return tests.start(caller, new SiteName(request.site()), request.ce(), request.queue()).stream()
                .map(ResourceRecords::test)
                .toList();
    }

    @GET
    public List<QueueTestRecord> listQueueTests(@QueryParam("site") @Nullable String site) {
        return tests.newest(caller, Optional.ofNullable(site).map(SiteName::new)).stream()
                .map(ResourceRecords::test)
                .toList();
    }

    @GET
    @Path("{id}")
    public QueueTestRecord showQueueTest(@PathParam("id") long id) {
        return ResourceRecords.test(tests.find(caller, id));
    }
}
