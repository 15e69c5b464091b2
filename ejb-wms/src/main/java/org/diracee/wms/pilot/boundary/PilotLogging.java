/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.control.PilotNotFound;
import org.diracee.wms.pilot.control.PilotPolicy;
import org.diracee.wms.pilot.control.PilotSettings;
import org.diracee.wms.pilot.entity.Pilot;
import org.diracee.wms.pilot.entity.PilotLogRepository;
import org.diracee.wms.pilot.entity.PilotRepository;

/** Takes what pilots log and shows it. */
@Stateless
public class PilotLogging {

    /** Most lines in one message. */
    public static final int MAX_LINES = 1_000;

    /** Most lines shown at once. */
    public static final int MAX_SHOWN = 10_000;

    private static final int MAX_SEVERITY = 16;
    private static final int MAX_SCOPE = 64;
    private static final int MAX_MESSAGE = 16_384;

    private PilotRepository pilots;
    private PilotLogRepository log;
    private PilotSettings settings;
    private Clock clock;

    protected PilotLogging() {} // for the container's proxy

    @Inject
    public PilotLogging(PilotRepository pilots, PilotLogRepository log, PilotSettings settings, Clock clock) {
        this.pilots = pilots;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Appends lines to the calling pilot's log, all or none. A pilot that has ended may still say its last words.
     *
     * @throws InvalidRequest if there are too many lines, now or in all, or one is too long
     */
    @Requires(callers = CallerKind.PILOT)
    public void append(Caller caller, List<PilotLogLine> lines) {
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
        int most = settings.maxLogLines();
        if (!pilots.reserveLogLines(stamp, lines.size(), most, clock.instant())) {
            throw pilots.find(stamp).isPresent()
                    ? new InvalidRequest(
                            ErrorCode.TOO_MANY_ITEMS,
                            "The log of pilot " + stamp + " is full: it holds " + most + " lines")
                    : new PilotNotFound(stamp);
        }
        log.append(stamp, lines, clock.instant());
    }

    /**
     * The last lines of a pilot's log, in the order they came.
     *
     * @param limit 1 to {@value #MAX_SHOWN}
     */
    @Requires
    public List<PilotLogLine> last(Caller caller, PilotStamp stamp, int limit) {
        if (limit < 1 || limit > MAX_SHOWN) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, limit + " lines of a log were asked for: allowed are 1 to " + MAX_SHOWN);
        }
        Pilot pilot = pilots.find(stamp)
                .filter(found -> PilotPolicy.mayKnow(caller, found.vo()))
                .orElseThrow(() -> new PilotNotFound(stamp));
        if (!PilotPolicy.maySee(caller, pilot.vo())) {
            throw new Forbidden();
        }
        return log.last(stamp, limit);
    }

    private static void requireLength(int index, String part, String text, int most) {
        if (text.length() > most) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "lines[" + index + "]." + part + " has " + text.length() + " characters: allowed are " + most);
        }
    }
}
