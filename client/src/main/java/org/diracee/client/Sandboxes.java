/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.diracee.client.sandbox.InvalidSandbox;
import org.diracee.client.sandbox.PackedSandbox;
import org.diracee.client.sandbox.Sha256;
import org.jspecify.annotations.Nullable;

/** Sandboxes in the server's store; they are known by the checksum of their archive, so the same one is sent once. */
public final class Sandboxes {

    /** Which of a job's two sandboxes. */
    public enum Kind {
        INPUT("input"),
        OUTPUT("output");

        private final String path;

        Kind(String path) {
            this.path = path;
        }
    }

    private final ApiClient client;
    private final TransferProgress progress;

    public Sandboxes(ApiClient client) {
        this(client, TransferProgress.NONE);
    }

    /** @param progress hears of each transfer */
    public Sandboxes(ApiClient client, TransferProgress progress) {
        this.client = client;
        this.progress = progress;
    }

    /** Stores an archive, which is not sent if it is there already, and returns its PFN. */
    public String upload(PackedSandbox sandbox) {
        Map<String, Object> request = Map.of(
                "checksum_algorithm",
                "sha256",
                "checksum",
                sandbox.sha256(),
                "size",
                sandbox.size(),
                "format",
                PackedSandbox.FORMAT);
        JsonNode place =
                client.call(ApiRequest.post("/api/jobs/sandbox").json(request).repeatable(), JsonNode.class);
        if (place.hasNonNull("url")) {
            Map<String, String> fields = new LinkedHashMap<>();
            place.path("fields")
                    .fields()
                    .forEachRemaining(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
            client.upload(URI.create(place.path("url").asText()), fields, sandbox.archive(), progress);
        }
        return place.path("pfn").asText();
    }

    /**
     * Fetches an archive and checks it against the checksum in its name.
     *
     * @param archive is created or replaced
     * @param maxBytes a longer one is refused
     * @throws InvalidSandbox if it is not the one named
     */
    public void download(String pfn, Path archive, long maxBytes) throws IOException {
        JsonNode place = client.call(ApiRequest.get("/api/jobs/sandbox").query("pfn", pfn), JsonNode.class);
        client.download(URI.create(place.path("url").asText()), archive, maxBytes, progress);
        Sha256.require(pfn, archive);
    }

    /** Returns the PFNs of a job's sandboxes of one kind; none if it has none. */
    public List<String> of(long jobId, Kind kind) {
        List<@Nullable String> pfns =
                client.call(ApiRequest.get("/api/jobs/" + jobId + "/sandbox/" + kind.path), new TypeReference<>() {});
        return pfns.stream().filter(Objects::nonNull).toList();
    }

    /** Gives a job its output sandbox. */
    public void assignOutput(long jobId, String pfn) {
        client.exchange(ApiRequest.patch("/api/jobs/" + jobId + "/sandbox/output")
                .json(pfn)
                .repeatable());
    }
}
