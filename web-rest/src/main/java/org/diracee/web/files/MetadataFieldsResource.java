/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.files;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.diracee.client.wire.DeclareMetadataField;
import org.diracee.client.wire.MetadataFieldRecord;
import org.diracee.dms.metadata.boundary.FieldTarget;
import org.diracee.dms.metadata.boundary.FieldType;
import org.diracee.dms.metadata.boundary.MetadataField;
import org.diracee.dms.metadata.boundary.MetadataFields;
import org.diracee.dms.metadata.boundary.MetadataQuery;
import org.diracee.dms.metadata.boundary.MetadataSets;
import org.diracee.kernel.access.Caller;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Declares the fields of metadata of a VO, and keeps its sets of conditions. */
@Path("api/files/metadata")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class MetadataFieldsResource {

    private MetadataFields fields;
    private MetadataSets sets;
    private Caller caller;

    public MetadataFieldsResource() {} // RESTEasy insists on a public one

    @Inject
    public MetadataFieldsResource(MetadataFields fields, MetadataSets sets, Caller caller) {
        this.fields = fields;
        this.sets = sets;
        this.caller = caller;
    }

    @GET
    @Path("fields")
    public List<MetadataFieldRecord> listMetadataFields() {
        return fields.list(caller).stream().map(MetadataFieldsResource::field).toList();
    }

    @POST
    @Path("fields")
    public MetadataFieldRecord declareMetadataField(@NotNull @Valid DeclareMetadataField request) {
        MetadataField field =
                new MetadataField(request.name(), FieldTarget.parse(request.target()), FieldType.named(request.type()));
        fields.declare(caller, field);
        return field(field);
    }

    @DELETE
    @Path("fields/{name}")
    public void removeMetadataField(@PathParam("name") String name) {
        fields.remove(caller, name);
    }

    @GET
    @Path("sets")
    public List<String> listMetadataSets() {
        return sets.names(caller);
    }

    @GET
    @Path("sets/{name}")
    public Map<String, Object> showMetadataSet(
            @PathParam("name") String name,
            @Parameter(description = "Sets that it names are replaced by their conditions")
                    @QueryParam("expanded")
                    @DefaultValue("false")
                    boolean expanded) {
        return sets.set(caller, name, expanded).object();
    }

    @PUT
    @Path("sets/{name}")
    public Map<String, Object> putMetadataSet(
            @PathParam("name") String name, @NotNull Map<String, @NotNull Object> query) {
        MetadataQuery conditions = MetadataQuery.of(query);
        sets.put(caller, name, conditions);
        return conditions.object();
    }

    @DELETE
    @Path("sets/{name}")
    public void removeMetadataSet(@PathParam("name") String name) {
        sets.remove(caller, name);
    }

    private static MetadataFieldRecord field(MetadataField field) {
        return new MetadataFieldRecord(
                field.name(), field.target().text(), field.type().text());
    }
}
