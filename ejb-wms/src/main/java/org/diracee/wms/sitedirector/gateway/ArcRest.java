/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/**
 * A-REX's REST interface at one computing element, for one VO.
 *
 * @see "ARC REST interface specification 1.0 and 1.1"
 */
final class ArcRest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final int OK = 200;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final CeHttp http;
    private final CeQueue queue;
    private final String address;
    private final CeCredential credential;
    private final Duration timeout;
    private String version = "1.0";

    /** @param address host and port */
    ArcRest(CeHttp http, CeQueue queue, String address, CeCredential credential, Duration timeout) {
        this.http = http;
        this.queue = queue;
        this.address = address;
        this.credential = credential;
        this.timeout = timeout;
    }

    /** It refused the credential, not the request. */
    static final class NotLetIn extends ComputingElementFailure {

        private static final long serialVersionUID = 1L;

        NotLetIn(String detail) {
            super(detail);
        }
    }

    CeCredential credential() {
        return credential;
    }

    /** Asks which versions there are; uses the latest that is known here. */
    void negotiate() throws IOException {
        JsonNode versions =
                json(send(request("https://" + address + "/arex/rest").GET(), timeout));
        List<String> offered = new ArrayList<>();
        JsonNode listed = versions.path("version");
        if (listed.isArray()) {
            listed.forEach(each -> offered.add(each.asText()));
        } else {
            offered.add(listed.asText());
        }
        if (offered.contains("1.1")) {
            version = "1.1";
        } else if (!offered.contains("1.0")) {
            throw new ComputingElementFailure(
                    address + " speaks none of the versions 1.0 and 1.1 of ARC's REST interface, but " + offered);
        }
    }

    /**
     * Hands in descriptions; the answers come in their order.
     *
     * @throws IOException also if the server, or what stands before it, failed: the jobs may be there nevertheless
     */
    List<ArcJob> create(String descriptions, Duration limit) throws IOException {
        HttpRequest request = request("/jobs?action=new")
                .header("Content-Type", "application/rsl")
                .POST(HttpRequest.BodyPublishers.ofString(descriptions))
                .timeout(limit)
                .build();
        CeHttp.Answer answer = http.send(queue, Optional.of(credential), request, limit);
        if (answer.status() >= 300 && answer.status() < 400 || answer.status() >= 500) {
            throw new IOException("it answers " + answer.status());
        }
        return ArcJob.list(json(expectSuccess(answer)));
    }

    /** Does the same to all of these jobs: {@code status}, {@code info}, {@code kill}, {@code clean}. */
    List<ArcJob> act(String action, Collection<String> ids) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode jobs = body.putArray("job");
        ids.forEach(id -> jobs.addObject().put("id", id));
        return ArcJob.list(json(send(
                request("/jobs?action=" + action)
                        .header("Content-Type", JSON_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())),
                timeout)));
    }

    /** The ids of all our jobs there. */
    List<String> ids() throws IOException {
        return ArcJob.list(json(send(request("/jobs").GET(), timeout))).stream()
                .map(ArcJob::id)
                .toList();
    }

    /** Begins to bring a file into the job's directory. */
    CompletableFuture<HttpResponse<byte[]>> put(String id, String file, String content) throws IOException {
        return http.begin(
                queue,
                Optional.of(credential),
                request("/jobs/" + id + "/session/" + file)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofString(content))
                        .build());
    }

    /** The end of a file of the job's directory; empty if it is not there. */
    Optional<String> file(String id, String file, int most) throws IOException {
        CeHttp.Answer answer = http.send(
                queue,
                Optional.of(credential),
                request("/jobs/" + id + "/session/" + file).GET().build(),
                timeout);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        byte[] body = expectSuccess(answer).body();
        int kept = Math.min(most, body.length);
        return Optional.of(new String(body, body.length - kept, kept, StandardCharsets.UTF_8).replace("\0", ""));
    }

    /** Asks for the request of a proxy to be delegated. */
    DelegationRequest delegation() throws IOException {
        CeHttp.Answer answer =
                send(request("/delegations?action=new").POST(HttpRequest.BodyPublishers.noBody()), timeout);
        // 6.17 names /arex/rest/1.0/delegations?action=new/<id>
        String location = answer.headers().firstValue("location").orElse("");
        String id = location.substring(location.lastIndexOf('/') + 1);
        if (!ArcReference.isId(id)) {
            throw new IOException("its answer names no delegation");
        }
        return new DelegationRequest(id, new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** The same for one that is to be renewed. */
    DelegationRequest renewal(String id) throws IOException {
        CeHttp.Answer answer = send(
                request("/delegations/" + id + "?action=renew").POST(HttpRequest.BodyPublishers.noBody()), timeout);
        return new DelegationRequest(id, new String(answer.body(), StandardCharsets.UTF_8));
    }

    void delegate(String id, String chain) throws IOException {
        send(
                request("/delegations/" + id)
                        .header("Content-Type", "application/x-pem-file")
                        .PUT(HttpRequest.BodyPublishers.ofString(chain)),
                timeout);
    }

    /** @param csr in PEM */
    record DelegationRequest(String id, String csr) {}

    private HttpRequest.Builder request(String path) {
        String whole = path.startsWith("/") ? "https://" + address + "/arex/rest/" + version + path : path;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(whole)).timeout(timeout).header("Accept", JSON_TYPE);
        if (credential instanceof CeCredential.Token token) {
            request.header("Authorization", "Bearer " + token.text());
        }
        return request;
    }

    private CeHttp.Answer send(HttpRequest.Builder request, Duration limit) throws IOException {
        return expectSuccess(
                http.send(queue, Optional.of(credential), request.timeout(limit).build(), limit));
    }

    private CeHttp.Answer expectSuccess(CeHttp.Answer answer) {
        requireLetIn(answer.status());
        if (answer.status() < OK || answer.status() >= 300) {
            throw new ComputingElementFailure(address + " answers " + answer.status() + ": "
                    + LastWords.of(new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return answer;
    }

    private void requireLetIn(int status) {
        if (status == FORBIDDEN || status == UNAUTHENTICATED) {
            throw new NotLetIn(address + " does not let us in (" + status + "): it does not trust "
                    + credential.description() + ", or maps it to no account");
        }
    }

    private static JsonNode json(CeHttp.Answer answer) throws IOException {
        if (answer.body().length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException broken) {
            throw new IOException("its answer is not JSON", broken);
        }
    }
}
