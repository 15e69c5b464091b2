/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.storage;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.StorageAccessRecord;
import org.diracee.client.wire.StorageElementRecord;
import org.diracee.client.wire.StorageProtocolRecord;
import org.diracee.client.wire.StorageSpaceRecord;
import org.diracee.client.wire.StorageTestRecord;
import org.diracee.client.wire.StorageTestStepRecord;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageElementView;
import org.diracee.dms.storage.boundary.StorageElements;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageSpace;
import org.diracee.dms.storage.boundary.StorageTest;
import org.diracee.dms.storage.boundary.StorageTests;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.SeName;
import org.diracee.web.http.UuidText;

/** Tells of storage elements, and tests them. */
@Path("api/storage")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StorageResource {

    private StorageElements elements;
    private StorageTests tests;
    private Caller caller;

    public StorageResource() {} // RESTEasy insists on a public one

    @Inject
    public StorageResource(StorageElements elements, StorageTests tests, Caller caller) {
        this.elements = elements;
        this.tests = tests;
        this.caller = caller;
    }

    @GET
    public List<StorageElementRecord> listStorageElements() {
        return elements.list(caller).stream()
                .map(element -> record(element, Optional.empty(), Optional.empty()))
                .toList();
    }

    @GET
    @Path("{se}")
    public StorageElementRecord showStorageElement(@PathParam("se") String se) {
        SeName name = new SeName(se);
        StorageElementView element = elements.show(caller, name);
        try {
            return record(element, elements.space(caller, name), Optional.empty());
        } catch (StorageFailure away) {
            return record(element, Optional.empty(), Optional.of(away.detail()));
        }
    }

    @POST
    @Path("{se}/tests")
    public StorageTestRecord testStorageElement(@PathParam("se") String se) {
        StorageTest test = tests.start(caller, new SeName(se));
        return new StorageTestRecord(
                test.id().toString(),
                test.steps().stream()
                        .map(step -> new StorageTestStepRecord(step.name(), step.millis(), step.failure()))
                        .toList(),
                test.upload().map(StorageResource::access),
                test.download().map(StorageResource::access));
    }

    @DELETE
    @Path("{se}/tests/{id}")
    public void endStorageElementTest(@PathParam("se") String se, @PathParam("id") String id) {
        tests.end(caller, new SeName(se), UuidText.read("test", id));
    }

    private static StorageElementRecord record(
            StorageElementView element, Optional<StorageSpace> space, Optional<String> problem) {
        return new StorageElementRecord(
                element.name().text(),
                element.tape(),
                element.disk(),
                element.readable(),
                element.writable(),
                element.removable(),
                element.checkable(),
                element.protocols().stream()
                        .map(protocol -> new StorageProtocolRecord(
                                protocol.section(),
                                protocol.plugin(),
                                protocol.scheme(),
                                protocol.local(),
                                protocol.known()))
                        .toList(),
                space.map(told -> new StorageSpaceRecord(told.total(), told.free())),
                problem);
    }

    private static StorageAccessRecord access(ClientAccess access) {
        return new StorageAccessRecord(access.url().toString(), access.method(), access.headers(), access.expires());
    }
}
