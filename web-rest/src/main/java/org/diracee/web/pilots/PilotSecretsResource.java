/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.diracee.client.wire.ConstrainPilotSecret;
import org.diracee.client.wire.CreatePilotSecrets;
import org.diracee.client.wire.CreatedPilotSecret;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.VoName;
import org.diracee.web.json.SecretKeys;
import org.diracee.wms.pilot.boundary.PilotSecretManager;

/** Secrets for pilots that start by themselves. @see "DiracX REST reference 9" */
@Path("api/pilots/secrets")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PilotSecretsResource {

    private PilotSecretManager secrets;
    private Caller caller;

    public PilotSecretsResource() {} // RESTEasy insists on a public one

    @Inject
    public PilotSecretsResource(PilotSecretManager secrets, Caller caller) {
        this.secrets = secrets;
        this.caller = caller;
    }

    @POST
    public List<CreatedPilotSecret> createPilotSecrets(@NotNull @Valid CreatePilotSecrets request) {
        return secrets
                .create(
                        caller,
                        request.number(),
                        new VoName(request.vo()),
                        request.minutes().map(Duration::ofMinutes),
                        request.mostUses().orElse(1))
                .stream()
                .map(issued -> new CreatedPilotSecret(
                        issued.secret(), issued.expiresIn().toSeconds()))
                .toList();
    }

    @PATCH
    public Response constrainPilotSecrets(
            @NotNull @SecretKeys Map<String, @NotNull @Valid ConstrainPilotSecret> request) {
        secrets.constrain(caller, PilotRecords.constraints(request));
        return Response.noContent().build();
    }
}
