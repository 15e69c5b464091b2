/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.FoundPilotLogLine;
import org.diracee.client.wire.KillPilots;
import org.diracee.client.wire.KilledPilots;
import org.diracee.client.wire.PilotChange;
import org.diracee.client.wire.PilotEfficiency;
import org.diracee.client.wire.PilotHistory;
import org.diracee.client.wire.PilotOutput;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.SearchHistory;

/** Pilots, as users and administrators see them. */
public final class Pilots {

    /** A stream ends by itself; one that has not by then is dead. */
    private static final Duration ENDING = Duration.ofSeconds(30);

    private final ApiClient client;

    public Pilots(ApiClient client) {
        this.client = client;
    }

    /**
     * Searches pilots.
     *
     * @param page counts from 1
     * @param perPage at most {@link FoundRows#MAX_PAGE}
     */
    public FoundRows search(Search search, int page, int perPage) {
        return FoundRows.search(client, "/api/pilots/search", search, page, perPage);
    }

    /** Returns the pilot with all its columns; empty if there is none that the caller may see. */
    public Optional<ObjectNode> pilot(String stamp) {
        return search(Search.where(SearchCondition.of("PilotStamp", "eq", stamp)), 1, 1).rows().stream()
                .findFirst();
    }

    /**
     * Passes on what happens to pilots as it happens, for so long.
     *
     * @param after the last cursor that was passed on, or {@code oldest}; empty: begins now
     * @param longest whole seconds, one at least; it may end earlier
     * @throws ServerUnreachable if it breaks off
     */
    public void follow(FollowedPilots pilots, Optional<String> after, Duration longest, Listener listener) {
        ApiRequest request = pilots.in(ApiRequest.get("/api/events").query("topic", "pilots"))
                .query("duration", Math.max(1, longest.toSeconds()))
                .header("Accept", "text/event-stream")
                .timeout(longest.plus(ENDING));
        client.stream(
                after.map(cursor -> request.query("after", cursor)).orElse(request),
                body -> ServerEvents.read(body, event -> {
                    if (!event.id().isEmpty()) {
                        listener.hear(
                                event.name().equals("pilot")
                                        ? Optional.of(ClientJson.MAPPER.readValue(event.data(), PilotChange.class))
                                        : Optional.empty(),
                                event.id());
                    }
                }));
    }

    /** Hears of changes. */
    public interface Listener {

        /** Takes a change, or nothing but the newest cursor. */
        void hear(Optional<PilotChange> change, String cursor);
    }

    /** How many pilots there were over a time. */
    public PilotHistory history(SearchHistory request) {
        return client.call(ApiRequest.post("/api/pilots/history").json(request).repeatable(), PilotHistory.class);
    }

    /** Returns how pilots fare at each computing element, or at whole sites; empty lists want all. */
    public List<PilotEfficiency> efficiency(List<String> sites, List<String> computingElements, boolean bySite) {
        ApiRequest request = ApiRequest.get("/api/pilots/efficiency").query("by_site", bySite);
        for (String site : sites) {
            request = request.query("site", site);
        }
        for (String computingElement : computingElements) {
            request = request.query("ce", computingElement);
        }
        return client.call(request, new TypeReference<>() {});
    }

    /**
     * Returns some of what pilots wrote, in the order it came.
     *
     * @param after the sequence of the last line that is known; 0 for the beginning
     */
    public List<FoundPilotLogLine> logs(Optional<String> stamp, Optional<Long> job, Optional<String> text, long after) {
        ApiRequest request = ApiRequest.get("/api/pilots/logs").query("after", after);
        request = stamp.isPresent() ? request.query("stamp", stamp.get()) : request;
        request = job.isPresent() ? request.query("job", job.get()) : request;
        request = text.isPresent() ? request.query("text", text.get()) : request;
        return client.call(request, new TypeReference<>() {});
    }

    /** Returns the ends of what an ended pilot wrote. */
    public PilotOutput output(String stamp) {
        return client.call(ApiRequest.get("/api/pilots/" + ApiRequest.segment(stamp) + "/output"), PilotOutput.class);
    }

    /** Asks for the end of pilots. */
    public KilledPilots kill(List<String> stamps) {
        return client.call(ApiRequest.post("/api/pilots/kill").json(new KillPilots(stamps)), KilledPilots.class);
    }
}
