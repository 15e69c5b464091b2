/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.BanRecord;
import org.diracee.client.wire.CeRecord;
import org.diracee.client.wire.QueueRecord;
import org.diracee.client.wire.QueueTestRecord;
import org.diracee.client.wire.QueueTestStepRecord;
import org.diracee.client.wire.SiteRecord;
import org.diracee.client.wire.SubmissionRecord;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.Ban;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.sitedirector.boundary.CeView;
import org.diracee.wms.sitedirector.boundary.QueueDescription;
import org.diracee.wms.sitedirector.boundary.QueueState;
import org.diracee.wms.sitedirector.boundary.QueueTest;
import org.diracee.wms.sitedirector.boundary.QueueView;
import org.diracee.wms.sitedirector.boundary.SiteView;
import org.diracee.wms.sitedirector.boundary.SubmissionCount;

/** Translates between the records of the wire and those of sites, their bans and their queues. */
final class ResourceRecords {

    private static final double ALL = 100;

    private ResourceRecords() {}

    static SiteRecord site(SiteView view) {
        return new SiteRecord(
                view.name().text(),
                view.suspended(),
                bans(view.bans()),
                view.computingElements().stream()
                        .map(ResourceRecords::computingElement)
                        .toList());
    }

    static CeRecord computingElement(CeView view) {
        return new CeRecord(
                view.site().text(),
                view.name(),
                view.type(),
                bans(view.bans()),
                view.queues().stream().map(ResourceRecords::queue).toList());
    }

    private static QueueRecord queue(QueueView view) {
        Optional<QueueState> state = view.state();
        return new QueueRecord(
                view.slot().queue(),
                view.problem(),
                view.description().map(queue -> queue.cpuTime().toSeconds()),
                view.description().map(QueueDescription::maxTotal),
                view.description().map(QueueDescription::maxWaiting),
                view.description().flatMap(QueueDescription::processors),
                view.description().flatMap(QueueDescription::maxRam),
                view.description().flatMap(QueueDescription::platform),
                view.description().map(QueueDescription::tags).orElse(List.of()),
                view.description().map(QueueDescription::requiredTags).orElse(List.of()),
                view.description().stream()
                        .flatMap(queue -> queue.vos().stream().map(VoName::text))
                        .toList(),
                state.map(QueueState::lastRound),
                state.map(QueueState::freePlaces),
                state.map(QueueState::failures).orElse(0),
                state.flatMap(QueueState::failed),
                state.flatMap(QueueState::failure),
                state.flatMap(QueueState::nextTry),
                state.flatMap(QueueState::lastSubmission),
                view.pilots(),
                view.doneEmpty(),
                efficiency(view.pilots()),
                view.submissions().stream().map(ResourceRecords::submission).toList());
    }

    private static Optional<Double> efficiency(Map<String, Long> pilots) {
        long total = pilots.values().stream().mapToLong(Long::longValue).sum();
        long aborted = pilots.getOrDefault(PilotStatus.ABORTED.wireName(), 0L);
        return total == 0 ? Optional.empty() : Optional.of(ALL * (total - aborted) / total);
    }

    private static SubmissionRecord submission(SubmissionCount count) {
        return new SubmissionRecord(
                count.hour(), count.vo().text(), count.tried(), count.accepted(), count.refused(), count.undecided());
    }

    static QueueTestRecord test(QueueTest test) {
        return new QueueTestRecord(
                test.id(),
                test.slot().site().text(),
                test.slot().computingElement(),
                test.slot().queue(),
                test.vo().text(),
                test.author(),
                test.started(),
                test.ended(),
                test.failure(),
                test.pilot().map(PilotStamp::text),
                test.job().map(JobId::number),
                test.steps().stream()
                        .map(step -> new QueueTestStepRecord(
                                step.kind().words(), step.state().wireName(), step.at(), step.detail()))
                        .toList());
    }

    private static List<BanRecord> bans(List<Ban> bans) {
        return bans.stream().map(ban -> ban(ban, Optional.empty())).toList();
    }

    static BanRecord ban(Ban ban, Optional<String> warning) {
        return new BanRecord(
                ban.id(),
                ban.target().kind().wireName(),
                ban.target().name(),
                ban.vo().map(VoName::text),
                ban.reason(),
                ban.author(),
                ban.since(),
                ban.until(),
                ban.end().map(Ban.End::at),
                ban.end().map(Ban.End::author).filter(author -> !author.isEmpty()),
                ban.end().map(Ban.End::reason),
                warning);
    }
}
