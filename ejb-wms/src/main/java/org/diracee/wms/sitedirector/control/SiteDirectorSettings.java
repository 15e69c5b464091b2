/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;

/**
 * Options of the site director, under {@code Systems/WorkloadManagement/Agents/SiteDirector}, and the queues under
 * {@code Resources/Sites}.
 *
 * @see "WMS reference 11.3, 16"
 */
@ApplicationScoped
public class SiteDirectorSettings {

    private static final String AGENT = "Systems/WorkloadManagement/Agents/SiteDirector/";
    private static final String SITES = "Resources/Sites";
    private static final int DEFAULT_POLLING = 10;
    private static final int DEFAULT_MAX_PILOTS = 100;
    private static final int DEFAULT_FAILED_FACTOR = 10;
    private static final int DEFAULT_REAP_DELAY = 300;
    private static final int DEFAULT_LIMIT = 10;
    private static final int DEFAULT_CPU_TIME = 86_400;
    private static final int MAX_QUEUE_LENGTH = 259_200;

    /** {@code PollingTime}, in seconds: pause between two cycles. Default 10 s. */
    public Duration pollingTime(Configuration configuration) {
        return Duration.ofSeconds(number(configuration, AGENT + "PollingTime", DEFAULT_POLLING));
    }

    /** {@code MaxPilotsToSubmit}: most pilots submitted to a queue in one cycle. Default 100. */
    public int maxPilotsToSubmit(Configuration configuration) {
        return number(configuration, AGENT + "MaxPilotsToSubmit", DEFAULT_MAX_PILOTS);
    }

    /** {@code FailedQueueCycleFactor}: a failing computing element is tried again after so many cycles. Default 10. */
    public int failedQueueCycleFactor(Configuration configuration) {
        return number(configuration, AGENT + "FailedQueueCycleFactor", DEFAULT_FAILED_FACTOR);
    }

    /** {@code ReapDelay}, in seconds: how long an ended pilot's directory stays at its computing element. Default 300 s. */
    public Duration reapDelay(Configuration configuration) {
        return Duration.ofSeconds(number(configuration, AGENT + "ReapDelay", DEFAULT_REAP_DELAY));
    }

    /** All usable queues; one that is badly described is left out and told of. */
    public List<CeQueue> queues(Configuration configuration) {
        List<CeQueue> queues = new ArrayList<>();
        for (String site : configuration.names(SITES)) {
            String ces = SITES + "/" + site + "/CEs";
            for (String ce : configuration.names(ces)) {
                for (String queue : configuration.names(ces + "/" + ce + "/Queues")) {
                    String path = ces + "/" + ce + "/Queues/" + queue;
                    try {
                        queues.add(queue(configuration, site, ce, queue));
                    } catch (DiracException wrong) {
                        LOG.queueLeftOut(path, wrong.detail());
                    }
                }
            }
        }
        return queues;
    }

    private static CeQueue queue(Configuration configuration, String site, String ce, String queue) {
        String sitePath = SITES + "/" + site;
        String cePath = sitePath + "/CEs/" + ce;
        String queuePath = cePath + "/Queues/" + queue;
        List<String> nearestFirst = List.of(queuePath, cePath, sitePath);
        return new CeQueue(
                new PilotSlot(new SiteName(site), ce, queue),
                configuration
                        .option(cePath + "/CEType")
                        .orElseThrow(
                                () -> new InvalidOption(cePath + "/CEType", "", "the type of the computing element")),
                nearest(configuration, nearestFirst, "Platform"),
                Duration.ofSeconds(Math.min(
                        number(configuration, nearestFirst, "CPUTime").orElse(DEFAULT_CPU_TIME), MAX_QUEUE_LENGTH)),
                number(configuration, nearestFirst, "MaxTotalJobs").orElse(DEFAULT_LIMIT),
                number(configuration, nearestFirst, "MaxWaitingJobs").orElse(DEFAULT_LIMIT),
                number(configuration, nearestFirst, "NumberOfProcessors"),
                number(configuration, nearestFirst, "MaxRAM"),
                joined(configuration, List.of(cePath, queuePath), List.of("Tag", "Tags")),
                joined(configuration, List.of(cePath, queuePath), List.of("RequiredTag", "RequiredTags")),
                vos(configuration, nearestFirst),
                options(configuration, List.of(cePath, queuePath)));
    }

    /** Of the levels that name VOs, the nearest counts. */
    private static List<VoName> vos(Configuration configuration, List<String> nearestFirst) {
        return nearestFirst.stream()
                .map(level -> configuration.list(level + "/VO"))
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .map(VoName::new)
                .toList();
    }

    private static List<String> joined(Configuration configuration, List<String> levels, List<String> names) {
        Set<String> all = new LinkedHashSet<>();
        levels.forEach(level -> names.forEach(name -> all.addAll(configuration.list(level + "/" + name))));
        return List.copyOf(all);
    }

    /** The options of the computing element, overlaid with the queue's. */
    private static Map<String, String> options(Configuration configuration, List<String> levels) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String level : levels) {
            for (String name : configuration.names(level)) {
                configuration.option(level + "/" + name).ifPresent(value -> options.put(name, value));
            }
        }
        return options;
    }

    private static Optional<String> nearest(Configuration configuration, List<String> levels, String name) {
        return levels.stream()
                .flatMap(level -> configuration.option(level + "/" + name).stream())
                .findFirst();
    }

    private static Optional<Integer> number(Configuration configuration, List<String> levels, String name) {
        return levels.stream()
                .map(level -> level + "/" + name)
                .filter(path -> configuration.option(path).isPresent())
                .findFirst()
                .map(path -> number(configuration, path, 0));
    }

    private static int number(Configuration configuration, String path, int standard) {
        Optional<String> text = configuration.option(path);
        if (text.isEmpty()) {
            return standard;
        }
        try {
            int number = Integer.parseInt(text.get().strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new InvalidOption(path, text.get(), "a whole number, 0 or more");
    }
}
