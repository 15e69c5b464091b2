/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.boundary.PilotLogLine;
import org.diracee.wms.schema.boundary.WmsUnit;

/** What pilots logged. Every method needs a transaction. */
@ApplicationScoped
public class PilotLogRepository {

    private EntityManager entities;

    protected PilotLogRepository() {} // for the container's proxy

    @Inject
    public PilotLogRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Appends lines in their order. */
    public void append(PilotStamp stamp, List<PilotLogLine> lines, Instant now) {
        entities.createNativeQuery("""
                        insert into wms.pilot_log (pilot_stamp, logged_at, pilot_time, severity, scope, message)
                        select :stamp, :now, line.pilot_time, line.severity, line.scope, line.message
                        from unnest(cast(:times as timestamptz[]), cast(:severities as text[]),
                            cast(:scopes as text[]), cast(:messages as text[]))
                            with ordinality as line (pilot_time, severity, scope, message, position)
                        order by line.position""")
                .setParameter("stamp", stamp.text())
                .setParameter("now", now)
                .setParameter("times", column(lines, line -> line.timestamp().toString()))
                .setParameter("severities", column(lines, PilotLogLine::severity))
                .setParameter("scopes", column(lines, PilotLogLine::scope))
                .setParameter("messages", column(lines, PilotLogLine::message))
                .executeUpdate();
    }

    /** The last lines of a pilot, in the order they came. */
    public List<PilotLogLine> last(PilotStamp stamp, int limit) {
        List<?> rows = entities.createNativeQuery("""
                        select pilot_time, severity, scope, message
                        from wms.pilot_log where pilot_stamp = :stamp order by sequence desc limit :limit""")
                .setParameter("stamp", stamp.text())
                .setParameter("limit", limit)
                .getResultList();
        List<PilotLogLine> lines = new ArrayList<>();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            lines.add(new PilotLogLine(
                    (Instant) columns[0], (String) columns[1], (String) columns[2], (String) columns[3]));
        }
        Collections.reverse(lines);
        return lines;
    }

    /** PostgreSQL's text holds everything but the character NUL. */
    private static String[] column(List<PilotLogLine> lines, Function<PilotLogLine, String> part) {
        return lines.stream()
                .map(part)
                .map(text -> text.replace('\0', '\uFFFD'))
                .toArray(String[]::new);
    }
}
