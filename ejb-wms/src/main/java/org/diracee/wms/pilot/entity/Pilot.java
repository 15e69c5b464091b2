/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotMetadata;
import org.diracee.wms.pilot.boundary.PilotRegistration;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.pilot.boundary.PilotView;
import org.jspecify.annotations.Nullable;

/**
 * A pilot. Its row is committed before anything is started; it gets its reference when the computing element took it, says
 * itself that it runs and that it is done, and stays as a record when it has ended.
 */
@Entity
@Table(name = "pilot")
public class Pilot {

    /** What stands for the site of a pilot that never said where it is. */
    public static final String UNKNOWN_SITE = "Unknown";

    private static final int REASON_LENGTH = 255;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String stamp;
    private @Nullable String reference;
    private String vo;

    @Column(name = "grid_type")
    private String gridType;

    @Column(name = "grid_site")
    private String gridSite;

    @Column(name = "destination_site")
    private String destinationSite;

    private String queue;

    @Convert(converter = PilotStatusConverter.class)
    private PilotStatus status;

    @Column(name = "status_reason")
    private String statusReason;

    private double benchmark;

    @Column(name = "initial_job_id")
    private @Nullable Long initialJobId;

    @Column(name = "current_job_id")
    private @Nullable Long currentJobId;

    @Column(name = "accounting_sent")
    private boolean accountingSent;

    @Column(name = "submission_time")
    private Instant submissionTime;

    @Column(name = "last_update_time")
    private Instant lastUpdateTime;

    @Column(name = "kill_requested")
    private @Nullable Instant killRequested;

    @Column(name = "log_lines")
    private int logLines;

    private boolean cleaned;

    protected Pilot() {} // for JPA; others call issued or registered

    /** A pilot that is about to be submitted. */
    public static Pilot issued(PilotStamp stamp, VoName vo, String gridType, PilotSlot slot, Instant now) {
        Pilot pilot = new Pilot();
        pilot.stamp = stamp.text();
        pilot.vo = vo.text();
        pilot.gridType = gridType;
        pilot.gridSite = slot.site().text();
        pilot.destinationSite = slot.computingElement();
        pilot.queue = slot.queue();
        pilot.status = PilotStatus.SUBMITTED;
        pilot.statusReason = "About to be submitted by the SiteDirector";
        pilot.submissionTime = now;
        pilot.lastUpdateTime = now;
        return pilot;
    }

    /** A pilot that was submitted by other means. */
    public static Pilot registered(PilotRegistration registration, Instant now) {
        Pilot pilot = new Pilot();
        pilot.stamp = registration.stamp().text();
        pilot.reference = registration.reference().orElse(null);
        pilot.cleaned = registration.reference().isEmpty(); // it is looked for nowhere
        pilot.vo = registration.vo().text();
        pilot.gridType = registration.gridType();
        pilot.gridSite = registration.gridSite();
        pilot.destinationSite = registration.destinationSite();
        pilot.queue = "Unknown";
        pilot.status = registration.status();
        pilot.statusReason = "Unknown";
        pilot.submissionTime = now;
        pilot.lastUpdateTime = now;
        return pilot;
    }

    public PilotStamp stamp() {
        return new PilotStamp(stamp);
    }

    public VoName vo() {
        return new VoName(vo);
    }

    /** Where it is. */
    public String gridSite() {
        return gridSite;
    }

    /** Whether it may say that it is there: the first to name its site, whoever that was, decides. */
    public boolean canBeAt(String site) {
        return gridSite.equals(site) || gridSite.equals(UNKNOWN_SITE);
    }

    public PilotStatus status() {
        return status;
    }

    public boolean hasReference() {
        return reference != null;
    }

    /** Notes how the computing element calls the pilot; how it ended, if it has, stays as it is. */
    public void accepted(String given, String reason, Instant now) {
        reference = given;
        if (!status.isFinal()) {
            statusReason = shortened(reason);
            lastUpdateTime = now;
        }
    }

    /**
     * Changes what the metadata name.
     *
     * @return whether the pilot became final by this
     */
    public boolean change(PilotMetadata metadata, Instant now) {
        boolean before = status.isFinal();
        metadata.status().ifPresent(value -> status = value);
        metadata.statusReason().ifPresent(value -> statusReason = shortened(value));
        metadata.benchmark().ifPresent(value -> benchmark = value);
        metadata.destinationSite().ifPresent(value -> destinationSite = value);
        metadata.queue().ifPresent(value -> queue = value);
        metadata.gridSite().ifPresent(value -> gridSite = value);
        metadata.gridType().ifPresent(value -> gridType = value);
        metadata.accountingSent().ifPresent(value -> accountingSent = value);
        metadata.currentJobId().ifPresent(value -> currentJobId = value);
        lastUpdateTime = now;
        return status.isFinal() && !before;
    }

    /** Notes that the pilot's end is accounted. */
    public void account() {
        accountingSent = true;
    }

    /** Asks for the pilot's end; the first wish counts. */
    public void requestKill(Instant now) {
        if (killRequested == null) {
            killRequested = now;
        }
    }

    /** Notes that nothing of the pilot is left at its computing element. */
    public void clean() {
        cleaned = true;
    }

    public PilotView view() {
        return new PilotView(
                id,
                stamp(),
                Optional.ofNullable(reference),
                vo(),
                gridType,
                gridSite,
                destinationSite,
                queue,
                status,
                statusReason,
                benchmark,
                Optional.ofNullable(currentJobId).map(JobId::new),
                accountingSent,
                submissionTime,
                lastUpdateTime,
                Optional.ofNullable(killRequested));
    }

    @Override
    public String toString() {
        return "pilot " + stamp + " " + status + (cleaned ? " cleaned" : "") + ", first job " + initialJobId + ", "
                + logLines + " log lines";
    }

    private static String shortened(String reason) {
        return reason.length() <= REASON_LENGTH ? reason : reason.substring(0, REASON_LENGTH - 1) + "…";
    }
}
