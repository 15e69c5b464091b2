/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.diracee.client.wire.ProblemDocument;
import org.diracee.kernel.value.JobStatus;
import org.diracee.web.http.PublicRoutes;
import org.diracee.wms.description.boundary.JobDescriptions;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to the description of the API what holds for all routes, so that no resource need say it: the tag, DiracX's form of
 * operation ids, the bearer token, problem documents. Used while the application is built, not when it runs.
 *
 * @see "DiracX REST reference 1"
 */
public class ApiConventions implements OASFilter {

    private static final String BEARER = "bearer";
    private static final String PROBLEM = "ProblemDocument";
    private static final String JSON = "application/json";
    private static final String JOB_ATTRIBUTES = "JobAttributes";

    private static final Set<String> SLASHED = Set.of("/api/config", "/api/pilots");

    /** DiracX's names of functions where ours say something else. */
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("GET /.well-known/openid-configuration", "get_openid_configuration"),
            Map.entry("GET /.well-known/jwks.json", "get_jwks"),
            Map.entry("GET /.well-known/dirac-metadata", "get_installation_metadata"),
            Map.entry("GET /.well-known/security.txt", "get_security_txt"),
            Map.entry("POST /api/auth/device", "initiate_device_flow"),
            Map.entry("GET /api/auth/device", "do_device_flow"),
            Map.entry("GET /api/auth/device/complete", "finish_device_flow"),
            Map.entry("GET /api/auth/authorize", "initiate_authorization_flow"),
            Map.entry("GET /api/auth/authorize/complete", "complete_authorization_flow"),
            Map.entry("POST /api/auth/device/approval", "decide_device_flow"),
            Map.entry("POST /api/auth/token", "get_oidc_token"),
            Map.entry("POST /api/auth/revoke", "revoke_refresh_token_by_refresh_token"),
            Map.entry("GET /api/auth/refresh-tokens", "get_refresh_tokens"),
            Map.entry("DELETE /api/auth/refresh-tokens/{jti}", "revoke_refresh_token_by_jti"),
            Map.entry("GET /api/auth/userinfo", "userinfo"));

    /** What routes answer that build their answer by hand; a null body is one that says {@code null}. */
    private static final Map<String, Success> SUCCESSES = Map.ofEntries(
            Map.entry("POST /api/auth/secret-exchange", new Success("200", "TokenResponse")),
            Map.entry("POST /api/auth/pilot-token", new Success("200", "TokenResponse")),
            Map.entry("DELETE /api/auth/provider-tokens", new Success("204", "")),
            Map.entry("PUT /api/auth/clients/{id}/approval", new Success("204", "")),
            Map.entry("DELETE /api/auth/clients/{id}/approval", new Success("204", "")),
            Map.entry("PATCH /api/jobs/metadata", new Success("204", "")),
            Map.entry("PATCH /api/jobs/{id}/sandbox/output", new Success("200", "")),
            Map.entry("DELETE /api/jobs/{id}/sandbox", new Success("200", "")),
            Map.entry("POST /api/jobs/sandbox/unassign", new Success("204", "")),
            Map.entry("POST /api/pilots", new Success("201", "")),
            Map.entry("PATCH /api/pilots/metadata", new Success("204", "")),
            Map.entry("PATCH /api/pilots/secrets", new Success("204", "")),
            Map.entry("POST /api/pilots/internal/message", new Success("204", "")),
            Map.entry("POST /api/sandbox-transfers/{pfn}", new Success("204", "")));

    private record Success(String status, String schema) {}

    @Override
    public void filterOpenAPI(OpenAPI api) {
        describeProblem(api);
        Schema status = api.getComponents().getSchemas().get("JobStatus");
        if (status != null) {
            status.setEnumeration(Arrays.stream(JobStatus.values())
                    .map(JobStatus::text)
                    .map(Object.class::cast)
                    .toList());
        }
        Schema condition = api.getComponents().getSchemas().get("SearchCondition");
        if (condition != null) {
            // the scanner cannot tell what an optional value of any type is
            condition.addProperty("value", OASFactory.createSchema().description("A text, number or flag"));
        }
        api.getComponents().addSchema(JOB_ATTRIBUTES, jobAttributes());
        api.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme(BEARER)
                                .bearerFormat("JWT"));
        Paths paths = OASFactory.createPaths();
        new TreeMap<>(api.getPaths().getPathItems()).forEach((path, item) -> {
            item.getOperations().forEach((method, operation) -> describe(path, method, operation));
            // DiracX writes these paths with a slash; the server takes both
            paths.addPathItem(SLASHED.contains(path) ? path + "/" : path, item);
        });
        api.setPaths(paths);
    }

    /** The table of a job description's attributes, which the server reads by, as a schema. */
    private static Schema jobAttributes() {
        Schema schema = OASFactory.createSchema()
                .type(List.of(Schema.SchemaType.OBJECT))
                .description(
                        "A job description: the attributes of docs/reference/jdl.md. Parameters and its like also take the name"
                                + " of a sequence after a dot, as Parameters.X. Other names are refused.")
                .required(List.of("Executable"));
        JobDescriptions.attributes().forEach((name, type) -> schema.addProperty(name, attribute(type)));
        return schema;
    }

    private static Schema attribute(String type) {
        Schema schema = OASFactory.createSchema();
        if (type.equals("any")) {
            return schema;
        }
        schema.type(List.of(Schema.SchemaType.valueOf(type.toUpperCase(Locale.ROOT))));
        return type.equals("array")
                ? schema.items(OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)))
                : schema;
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        String route = method + " " + path;
        String tag = tag(path);
        String function =
                Optional.ofNullable(FUNCTIONS.get(route)).orElseGet(() -> snakeCase(operation.getOperationId()));
        operation.setOperationId(tag + "_" + function);
        operation.setTags(List.of(tag));
        operation.addExtension(Stability.EXTENSION, Stability.of(route).text());
        if (route.equals("POST /api/jobs")) {
            operation
                    .getRequestBody()
                    .getContent()
                    .getMediaType(JSON)
                    .setSchema(OASFactory.createSchema()
                            .type(List.of(Schema.SchemaType.ARRAY))
                            .items(OASFactory.createSchema().ref("#/components/schemas/" + JOB_ATTRIBUTES)));
        }
        Optional.ofNullable(SUCCESSES.get(route)).ifPresent(success -> replaceSuccess(operation, success));
        APIResponses responses = operation.getResponses();
        // DiracX documents no 422 either: generated clients would have a type of its own for it
        responses.removeAPIResponse("422");
        responses.removeAPIResponse("400");
        responses.addAPIResponse("default", problem("What went wrong"));
        if (!PublicRoutes.contain(path)) {
            operation.setSecurity(new ArrayList<>(
                    List.of(OASFactory.createSecurityRequirement().addScheme(BEARER, List.of()))));
            responses.addAPIResponse("401", problem("The bearer token is missing or not valid"));
            responses.addAPIResponse("403", problem("The caller may not do this"));
        }
    }

    private static void replaceSuccess(Operation operation, Success success) {
        APIResponses responses = operation.getResponses();
        List<String> described = responses.getAPIResponses().keySet().stream()
                .filter(status -> status.startsWith("2"))
                .toList();
        described.forEach(responses::removeAPIResponse);
        APIResponse answer = OASFactory.createAPIResponse().description("Success");
        if (!success.schema().isEmpty()) {
            answer.content(OASFactory.createContent()
                    .addMediaType(
                            JSON,
                            OASFactory.createMediaType()
                                    .schema(OASFactory.createSchema().ref(success.schema()))));
        }
        responses.addAPIResponse(success.status(), answer);
    }

    private static APIResponse problem(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                ProblemDocument.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(PROBLEM))));
    }

    /** Written by hand, because its detail is a text or an object. */
    private static void describeProblem(OpenAPI api) {
        Schema field = object().addProperty("field", text()).addProperty("message", text());
        Schema problem = object().addProperty("type", text())
                .addProperty("title", text())
                .addProperty("status", number())
                .addProperty(
                        "detail",
                        OASFactory.createSchema()
                                .description("A sentence; of a bulk call in which every item failed the bulk answer"))
                .addProperty("instance", text().description("Id of the request in the server's log"))
                .addProperty("code", text())
                .addProperty("errno", number().description("DIRAC's error number, 0 for a generic error"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .type(List.of(Schema.SchemaType.ARRAY))
                                .items(field))
                .addProperty("error", text().description("OAuth's name of the error, in answers of the log-in"));
        problem.setRequired(List.of("type", "title", "status", "detail", "instance", "code", "errno", "errors"));
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents().addSchema(PROBLEM, problem);
    }

    private static Schema object() {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT));
    }

    private static Schema text() {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING));
    }

    private static Schema number() {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.INTEGER));
    }

    private static String tag(String path) {
        String[] parts = path.split("/", -1);
        return parts[1].equals("api")
                ? parts[2].replace('-', '_')
                : parts[1].substring(1).replace('-', '_');
    }

    private static String snakeCase(String method) {
        return method.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
