/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.resources.boundary.ComputingElement;
import org.diracee.framework.resources.boundary.ResourceOptions;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.Site;
import org.diracee.framework.resources.boundary.SiteQueue;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.error.DiracException;
import org.diracee.wms.pilot.boundary.PilotSlot;

/**
 * Options of the site director, under {@code Systems/WorkloadManagement/Agents/SiteDirector}, and the queues under
 * {@code Resources/Sites}.
 *
 * @see "WMS reference 11.3, 16"
 */
@ApplicationScoped
public class SiteDirectorSettings implements DeclaredOptions {

    private static final String AGENT = "Systems/WorkloadManagement/Agents/SiteDirector/";
    private static final Duration DEFAULT_CPU_TIME = Duration.ofDays(1);
    private static final Duration MAX_QUEUE_LENGTH = Duration.ofDays(3);
    private static final double USUAL_SI00 = 250;

    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            AGENT + "PollingTime", OptionType.seconds(0), "10", "Pause between two cycles.", "DIRAC EE");
    private static final DeclaredOption<Integer> MAX_PILOTS = DeclaredOption.of(
            AGENT + "MaxPilotsToSubmit",
            OptionType.smallNumber(0),
            "100",
            "The most pilots submitted to a queue in one cycle.",
            "WMS reference 11.3");
    private static final DeclaredOption<Integer> FAILED_FACTOR = DeclaredOption.of(
            AGENT + "FailedQueueCycleFactor",
            OptionType.smallNumber(0),
            "10",
            "A failing computing element is tried again after so many cycles.",
            "WMS reference 11.3");
    private static final DeclaredOption<Duration> REAP_DELAY = DeclaredOption.of(
            AGENT + "ReapDelay",
            OptionType.seconds(0),
            "300",
            "How long an ended pilot's directory stays at its computing element.",
            "DIRAC EE");

    private static final DeclaredOption<Duration> TEST_LIMIT = DeclaredOption.of(
            AGENT + "TestLimit",
            OptionType.seconds(60),
            "21600",
            "The test of a queue that is not over by then has failed.",
            "DIRAC EE");

    private static final DeclaredOption<Integer> MAX_ROUNDS = DeclaredOption.of(
            AGENT + "MaxRounds",
            OptionType.smallNumber(1),
            "32",
            "How many computing elements are served beside each other; one that hangs for a minute does not count.",
            "DIRAC EE");
    private static final DeclaredOption<String> PILOT_FACTORY = DeclaredOption.of(
            AGENT + "PilotFactory",
            OptionType.text(),
            "Fair",
            "The pilot factory that decides how many pilots queues get which name none.",
            "DIRAC EE");
    private static final DeclaredOption<String> PILOT_FACTORY_OF_QUEUE = DeclaredOption.of(
            "Resources/Sites/[{grid}/]{site}/CEs/{ce}/[Queues/{queue}/]PilotFactory",
            OptionType.text(),
            "The pilot factory that decides how many pilots there are; by default the site director's.",
            "DIRAC EE");

    private static final DeclaredOption<String> MODE = DeclaredOption.of(
            "Resources/Sites/[{grid}/]{site}/CEs/{ce}/[Queues/{queue}/]Mode",
            OptionType.choice("Pull", "Push"),
            "Pull",
            "Whether pilots ask the server for jobs, or are sent with one each, for worker nodes that cannot reach the server"
                    + " (Push; CETypes Local and SSH).",
            "WMS reference 16");

    /** The pause between two cycles. */
    public Duration pollingTime(Configuration configuration) {
        return POLLING_TIME.read(configuration);
    }

    /** The most pilots submitted to a queue in one cycle. */
    public int maxPilotsToSubmit(Configuration configuration) {
        return MAX_PILOTS.read(configuration);
    }

    /** A failing computing element is tried again after so many cycles. */
    public int failedQueueCycleFactor(Configuration configuration) {
        return FAILED_FACTOR.read(configuration);
    }

    /** How long an ended pilot's directory stays at its computing element. */
    public Duration reapDelay(Configuration configuration) {
        return REAP_DELAY.read(configuration);
    }

    /** The test of a queue that is not over by then has failed. */
    public Duration testLimit(Configuration configuration) {
        return TEST_LIMIT.read(configuration);
    }

    /** How many computing elements are served beside each other. */
    public int maxRounds(Configuration configuration) {
        return MAX_ROUNDS.read(configuration);
    }

    /** The name of the pilot factory that decides about the queue. */
    public String pilotFactory(Configuration configuration, CeQueue queue) {
        return PILOT_FACTORY_OF_QUEUE
                .findAmong(queue.options(), "Resources/Sites/" + queue.computingElement())
                .orElseGet(() -> PILOT_FACTORY.read(configuration));
    }

    /** All usable queues; one that is badly described is left out and told of. */
    public List<CeQueue> queues(Configuration configuration) {
        List<CeQueue> queues = new ArrayList<>();
        for (DescribedQueue described : described(configuration)) {
            described.queue().ifPresent(queues::add);
            described.problem().ifPresent(problem -> LOG.queueLeftOut(described.path(), problem));
        }
        return queues;
    }

    /** A queue under {@code Resources/Sites}: as it is described, or what is wrong with that. */
    public record DescribedQueue(PilotSlot slot, String path, Optional<CeQueue> queue, Optional<String> problem) {}

    /** All queues, usable or not. */
    public List<DescribedQueue> described(Configuration configuration) {
        List<DescribedQueue> queues = new ArrayList<>();
        for (Site site : new Resources(configuration).sites()) {
            for (ComputingElement element : site.computingElements()) {
                for (SiteQueue queue : element.queues()) {
                    queues.add(described(configuration, queue));
                }
            }
        }
        return queues;
    }

    private static DescribedQueue described(Configuration configuration, SiteQueue queue) {
        PilotSlot slot = new PilotSlot(queue.site(), queue.computingElement(), queue.name());
        try {
            return new DescribedQueue(slot, queue.path(), Optional.of(queue(configuration, queue)), Optional.empty());
        } catch (DiracException wrong) {
            return new DescribedQueue(slot, queue.path(), Optional.empty(), Optional.of(wrong.detail()));
        }
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(
                POLLING_TIME,
                MAX_PILOTS,
                FAILED_FACTOR,
                REAP_DELAY,
                TEST_LIMIT,
                MAX_ROUNDS,
                PILOT_FACTORY,
                PILOT_FACTORY_OF_QUEUE,
                MODE);
    }

    private static CeQueue queue(Configuration configuration, SiteQueue queue) {
        queue.read(configuration, MODE); // refuses other words
        return new CeQueue(
                new PilotSlot(queue.site(), queue.computingElement(), queue.name()),
                ResourceOptions.CE_TYPE.readIn(configuration, List.of(queue.computingElementPath())),
                queue.find(configuration, ResourceOptions.PLATFORM),
                length(configuration, queue),
                queue.read(configuration, ResourceOptions.MAX_TOTAL_JOBS),
                queue.read(configuration, ResourceOptions.MAX_WAITING_JOBS),
                queue.find(configuration, ResourceOptions.PROCESSORS),
                queue.find(configuration, ResourceOptions.MAX_RAM),
                queue.joined(configuration, ResourceOptions.TAG, ResourceOptions.TAGS),
                queue.joined(configuration, ResourceOptions.REQUIRED_TAG, ResourceOptions.REQUIRED_TAGS),
                queue.find(configuration, ResourceOptions.VO).orElse(List.of()),
                queue.options(configuration));
    }

    /** Of the CPU time that is given, or computed from the batch system's limit and the power of its machines. */
    private static Duration length(Configuration configuration, SiteQueue queue) {
        Duration length = queue.find(configuration, ResourceOptions.CPU_TIME)
                .or(() -> queue.find(configuration, ResourceOptions.MAX_CPU_TIME)
                        .map(limit -> {
                            double power = queue.find(configuration, ResourceOptions.SI00)
                                    .orElse(USUAL_SI00);
                            return Duration.ofSeconds(Math.round(limit.toSeconds() * power / USUAL_SI00));
                        }))
                .orElse(DEFAULT_CPU_TIME);
        return length.compareTo(MAX_QUEUE_LENGTH) < 0 ? length : MAX_QUEUE_LENGTH;
    }
}
