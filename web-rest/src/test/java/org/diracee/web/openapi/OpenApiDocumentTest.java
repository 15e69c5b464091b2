/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.diracee.web.http.PublicRoutes;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** The description of the API that this build made, against the resources that it describes. */
class OpenApiDocumentTest {

    private static final JsonNode API = served();

    @Test
    void isWhatDiracxClientsAreMadeFrom() {
        assertThat(API.get("openapi").asText()).startsWith("3.0.");
        assertThat(API.at("/info/title").asText()).isEqualTo("Dirac");
        assertThat(API.toString()).doesNotContain("\"type\":[", "org.diracee");
    }

    @Test
    void describesEveryRoute() throws Exception {
        assertThat(operations().keySet()).containsExactlyElementsOf(routes());
    }

    @Test
    void namesOperationsAsDiracxDoes() {
        List<String> ids = new ArrayList<>();
        operations().forEach((route, operation) -> {
            String id = operation.get("operationId").asText();
            assertThat(id)
                    .as(route)
                    .matches("[a-z_]+")
                    .startsWith(operation.at("/tags/0").asText() + "_");
            ids.add(id);
        });
        assertThat(ids)
                .doesNotHaveDuplicates()
                .contains(
                        "jobs_submit_jdl_jobs",
                        "jobs_search",
                        "jobs_summary",
                        "jobs_set_job_statuses",
                        "jobs_reschedule_jobs",
                        "jobs_add_heartbeat",
                        "jobs_patch_metadata",
                        "jobs_initiate_sandbox_upload",
                        "auth_get_oidc_token",
                        "well_known_get_jwks");
    }

    @Test
    void asksForATokenWhereTheServerDoes() {
        operations().forEach((route, operation) -> {
            String path = route.substring(route.indexOf(' ') + 1);
            assertThat(operation.path("security").isEmpty()).as(route).isEqualTo(PublicRoutes.contain(path));
            assertThat(operation.at("/responses/401").isMissingNode()).as(route).isEqualTo(PublicRoutes.contain(path));
        });
    }

    @Test
    void promisesProblemDocumentsAndASuccessEverywhere() {
        operations().forEach((route, operation) -> {
            assertThat(operation
                            .at("/responses/default/content/application~1problem+json/schema/$ref")
                            .asText())
                    .as(route)
                    .isEqualTo("#/components/schemas/ProblemDocument");
            List<String> codes = new ArrayList<>();
            operation.get("responses").fieldNames().forEachRemaining(codes::add);
            assertThat(codes).as(route).anyMatch(code -> code.startsWith("2")).doesNotContain("422");
        });
    }

    @Test
    void saysOfEveryOperationHowStableItIs() {
        operations().forEach((route, operation) -> assertThat(
                        operation.path("x-stability").asText())
                .as(route)
                .isIn("stable", "preview"));
        assertThat(operations().entrySet().stream()
                        .filter(entry ->
                                entry.getValue().path("x-stability").asText().equals("stable"))
                        .map(Map.Entry::getKey))
                .as("a stable route never goes")
                .containsExactlyInAnyOrderElementsOf(Stability.stableRoutes())
                .contains("POST /api/jobs/jdl", "GET /api/config", "GET /api/health/ready")
                .doesNotContain("POST /api/jobs/match", "GET /api/meta");
        assertThat(API.at("/info/description").asText()).contains("x-stability", "`stable`", "`preview`");
    }

    @Test
    void servesTheConfigurationWhereDiracxDoes() {
        JsonNode config = API.at("/paths/~1api~1config~1/get");
        assertThat(config.get("operationId").asText()).isEqualTo("config_serve_config");
        assertThat(config.get("responses").has("304")).isTrue();
    }

    @Test
    void saysWhatSubmissionAndSearchAnswer() {
        JsonNode submit = API.at("/paths/~1api~1jobs~1jdl/post");
        assertThat(submit.at("/responses/201/content/application~1json/schema/items/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/SubmittedJob");
        assertThat(submit.at("/requestBody/content/application~1json/schema/type")
                        .asText())
                .isEqualTo("array");
        JsonNode described = API.at("/paths/~1api~1jobs/post/requestBody/content/application~1json/schema");
        assertThat(described.at("/items/$ref").asText()).isEqualTo("#/components/schemas/JobAttributes");
        assertThat(API.at("/components/schemas/JobAttributes/properties/CPUTime/type")
                        .asText())
                .isEqualTo("integer");
        JsonNode search = API.at("/paths/~1api~1jobs~1search/post");
        assertThat(search.get("responses").has("206")).isTrue();
        assertThat(API.at("/components/schemas/JobStatus/enum/0").asText()).isEqualTo("Submitting");
        assertThat(API.at("/components/schemas/SearchCondition/properties/value")
                        .has("enum"))
                .isFalse();
        assertThat(API.at("/components/schemas/SubmittedJob/properties").has("JobID"))
                .isTrue();
    }

    @Test
    void opensWhatTheServerOpens() throws Exception {
        NodeList constraints = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse("src/main/webapp/WEB-INF/web.xml")
                .getElementsByTagName("url-pattern");
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < constraints.getLength(); i++) {
            patterns.add(constraints.item(i).getTextContent());
        }
        assertThat(patterns.removeIf("/*"::equals)).isTrue();
        assertThat(patterns).containsExactlyInAnyOrderElementsOf(PublicRoutes.PATTERNS);
    }

    private static TreeMap<String, JsonNode> operations() {
        TreeMap<String, JsonNode> operations = new TreeMap<>();
        API.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (operation.getValue().has("operationId")) {
                        operations.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " "
                                        + path.getKey().replaceAll("(?<=.)/$", ""),
                                operation.getValue());
                    }
                }));
        return operations;
    }

    /** The routes by the annotations of all compiled resources. */
    private static TreeSet<String> routes() throws Exception {
        TreeSet<String> routes = new TreeSet<>();
        java.nio.file.Path classes = java.nio.file.Path.of("target/classes");
        try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
            for (java.nio.file.Path file : files.filter(path -> path.toString().endsWith("Resource.class"))
                    .toList()) {
                String name =
                        classes.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                addRoutes(Class.forName(name), routes);
            }
        }
        return routes;
    }

    private static void addRoutes(Class<?> resource, TreeSet<String> routes) {
        Path root = resource.getAnnotation(Path.class);
        for (Method method : resource.getDeclaredMethods()) {
            Optional<String> verb = Arrays.stream(method.getAnnotations())
                    .map(Annotation::annotationType)
                    .map(type -> type.getAnnotation(HttpMethod.class))
                    .filter(Objects::nonNull)
                    .map(HttpMethod::value)
                    .findFirst();
            if (root != null && verb.isPresent() && !method.isAnnotationPresent(Operation.class)) {
                Path path = method.getAnnotation(Path.class);
                String full = "/" + root.value() + (path == null ? "" : "/" + path.value());
                routes.add(verb.get() + " " + full.replaceAll("\\{(\\w+):[^}]*}", "{$1}"));
            }
        }
    }

    private static JsonNode served() {
        try (InputStream document = OpenApiDocumentTest.class.getResourceAsStream("openapi.json")) {
            byte[] made = document.readAllBytes();
            assertThat(new OpenApiResource().document()).isEqualTo(made);
            return new ObjectMapper().readTree(made);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
