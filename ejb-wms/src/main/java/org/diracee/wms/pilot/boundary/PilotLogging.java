/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.control.PilotNotFound;
import org.diracee.wms.pilot.control.PilotReading;
import org.diracee.wms.pilot.control.PilotSettings;
import org.diracee.wms.pilot.entity.LogRoom;
import org.diracee.wms.pilot.entity.PilotColumn;
import org.diracee.wms.pilot.entity.PilotCriterion;
import org.diracee.wms.pilot.entity.PilotLogRepository;
import org.diracee.wms.pilot.entity.PilotRepository;
import org.diracee.wms.pilot.entity.PilotSearchRepository;

/** Takes what pilots log and shows it. */
@Stateless
public class PilotLogging {

    /** Most lines in one message. */
    public static final int MAX_LINES = 1_000;

    /** Most lines of one log shown at once. */
    public static final int MAX_SHOWN = 10_000;

    /** Most lines that a search finds at once. */
    public static final int MAX_FOUND = 1_000;

    private static final int MAX_SEVERITY = 16;
    private static final int MAX_SCOPE = 64;
    private static final int MAX_MESSAGE = 16_384;

    private static final Duration SEARCHED = Duration.ofDays(1);

    private PilotRepository pilots;
    private PilotReading reading;
    private PilotLogRepository log;
    private PilotSearchRepository search;
    private PilotSettings settings;
    private Clock clock;

    protected PilotLogging() {} // for the container's proxy

    @Inject
    public PilotLogging(
            PilotRepository pilots,
            PilotReading reading,
            PilotLogRepository log,
            PilotSearchRepository search,
            PilotSettings settings,
            Clock clock) {
        this.pilots = pilots;
        this.reading = reading;
        this.log = log;
        this.search = search;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Appends lines to the calling pilot's log, all or none. A pilot that has ended may still say its last words.
     *
     * @param first the number of the first line in the pilot's log, if it numbers them: what came before is left out
     * @throws InvalidRequest if there are too many lines, now or in all, or one is too long
     */
    @Requires(callers = CallerKind.PILOT)
    public void append(Caller caller, Optional<Long> first, List<PilotLogLine> lines) {
        PilotStamp stamp = ((Caller.Pilot) caller).stamp();
        if (lines.size() > MAX_LINES) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, "The message has " + lines.size() + " lines: allowed are " + MAX_LINES);
        }
        for (int index = 0; index < lines.size(); index++) {
            PilotLogLine line = lines.get(index);
            requireLength(index, "severity", line.severity(), MAX_SEVERITY);
            requireLength(index, "scope", line.scope(), MAX_SCOPE);
            requireLength(index, "message", line.message(), MAX_MESSAGE);
        }
        if (lines.isEmpty()) {
            return;
        }
        LogRoom room = pilots.lockLog(stamp).orElseThrow(() -> new PilotNotFound(stamp));
        long number = first.orElse(room.next());
        long known = Math.min(lines.size(), Math.max(0, room.next() - number));
        List<PilotLogLine> fresh = lines.subList((int) known, lines.size());
        if (fresh.isEmpty()) {
            return;
        }
        LogRoom filled = new LogRoom(
                number + lines.size(),
                room.lines() + fresh.size(),
                room.characters()
                        + fresh.stream()
                                .mapToLong(line -> line.message().length())
                                .sum());
        requireRoom(stamp, "lines", filled.lines(), settings.maxLogLines());
        requireRoom(stamp, "characters", filled.characters(), settings.maxLogCharacters());
        pilots.noteLog(stamp, filled, clock.instant());
        log.append(stamp, fresh, clock.instant());
    }

    private static void requireRoom(PilotStamp stamp, String what, long number, long most) {
        if (number > most) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, "The log of pilot " + stamp + " is full: it holds " + most + " " + what);
        }
    }

    /**
     * The last lines of a pilot's log, in the order they came.
     *
     * @param limit 1 to {@value #MAX_SHOWN}
     */
    @Requires
    public List<PilotLogLine> last(Caller caller, PilotStamp stamp, int limit) {
        requireLimit(limit, MAX_SHOWN);
        reading.require(caller, stamp, pilots.find(stamp));
        return log.last(stamp, limit);
    }

    /**
     * Searches the logs of the pilots that the caller may see; what is about no pilots or jobs in particular looks at the last day
     * unless it says since when.
     *
     * @return in the order they came; fewer than the limit although there are more, if they are long
     */
    @Requires
    public List<FoundLogLine> search(Caller caller, PilotLogQuery query) {
        requireLimit(query.limit(), MAX_FOUND);
        List<PilotCriterion> criteria = new ArrayList<>(reading.narrowing(caller));
        if (!query.pilots().isEmpty()) {
            criteria.add(PilotCriterion.in(
                    PilotColumn.PILOT_STAMP,
                    query.pilots().stream().map(PilotStamp::text).toList(),
                    false));
        }
        if (!query.jobs().isEmpty()) {
            criteria.add(PilotCriterion.ofJobs(
                    query.jobs().stream().map(JobId::number).toList()));
        }
        Instant since = query.since()
                .orElseGet(
                        () -> query.isNarrow() ? Instant.EPOCH : clock.instant().minus(SEARCHED));
        return search.lines(criteria, query.text(), since, query.after(), query.limit());
    }

    private static void requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, limit + " lines of a log were asked for: allowed are 1 to " + most);
        }
    }

    private static void requireLength(int index, String part, String text, int most) {
        if (text.length() > most) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "lines[" + index + "]." + part + " has " + text.length() + " characters: allowed are " + most);
        }
    }
}
