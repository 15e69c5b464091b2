/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diracee.kernel.value.UserName;
import org.diracee.wms.explanation.boundary.Obstacle;
import org.diracee.wms.explanation.boundary.QueueStanding;
import org.diracee.wms.explanation.boundary.ResourceCheck;
import org.diracee.wms.explanation.boundary.ResourceChecks;
import org.diracee.wms.explanation.boundary.WaitingExplanation.Reason;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.Unmet;

/** Finds the strongest reason for which a job waits, and says it. */
public final class WaitingRules {

    /** Pilots that had work ask again when it has ended; one that has none asks every few minutes. */
    private static final Duration LATELY = Duration.ofHours(1);

    private WaitingRules() {}

    /**
     * A reason in words.
     *
     * @param estimate how long the job still waits, if that can be told
     */
    public record Conclusion(Reason reason, String sentence, Optional<Duration> estimate) {

        Conclusion(Reason reason, String sentence) {
            this(reason, sentence, Optional.empty());
        }
    }

    /** Why a job waits in the queue. */
    public static Conclusion conclude(
            UserName owner, boolean held, ResourceChecks resources, QueueStanding queue, Instant now) {
        return hindrance(owner, held, resources, now).orElseGet(() -> turn(queue));
    }

    /** What keeps the jobs from every resource, if anything does. */
    public static Optional<Conclusion> hindrance(UserName owner, boolean held, ResourceChecks resources, Instant now) {
        if (held) {
            return Optional.of(new Conclusion(
                    Reason.OWNER_HELD,
                    "It is held: " + owner + " is suspended, and until that ends no job of " + owner
                            + " is handed out."));
        }
        int known = resources.all().size();
        if (known == 0) {
            return Optional.of(new Conclusion(
                    Reason.NO_RESOURCE,
                    "No resource is known that could take it: no pilot of the VO has asked for jobs lately, and the"
                            + " configuration has no queue for it."));
        }
        ResourceCheck best = resources.all().get(0);
        if (resources.fitting() == 0) {
            return Optional.of(new Conclusion(Reason.NOTHING_FITS, nothingFits(resources.all())));
        }
        if (resources.taking() == 0) {
            Obstacle obstacle = strongest(best, resources);
            return Optional.of(new Conclusion(
                    reason(obstacle),
                    fitting(resources) + " its requirements, but none gets such jobs now: " + obstacle.text() + "."));
        }
        Optional<Instant> asked = resources.takerSeen();
        if (asked.isEmpty() || asked.get().isBefore(now.minus(LATELY))) {
            return Optional.of(new Conclusion(
                    Reason.NO_PILOT,
                    place(best) + " could take it, but "
                            + asked.map(time ->
                                            "no pilot of such a resource has asked for jobs since " + Times.text(time))
                                    .orElse("no pilot of such a resource has asked for jobs yet")
                            + "."));
        }
        return Optional.empty();
    }

    /** The first that every resource which fits has as well; if there is none, the first. */
    private static Obstacle strongest(ResourceCheck best, ResourceChecks resources) {
        return best.obstacles().stream()
                .filter(obstacle -> resources.all().stream()
                        .filter(ResourceCheck::fits)
                        .allMatch(
                                check -> check.obstacles().stream().anyMatch(other -> other.kind() == obstacle.kind())))
                .findFirst()
                .orElse(best.obstacles().get(0));
    }

    private static Reason reason(Obstacle obstacle) {
        return switch (obstacle.kind()) {
            case SUSPENDED -> Reason.SUSPENDED;
            case BANNED -> Reason.BANNED;
            case QUOTA -> Reason.QUOTA;
            case HELD, LIMIT, DELAY, BROKEN -> Reason.LIMIT;
        };
    }

    private static Conclusion turn(QueueStanding queue) {
        boolean uncounted = queue.ahead() >= QueueStanding.MOST_COUNTED;
        String ahead = queue.ahead() == 0
                ? "it is the next of its queue"
                : (uncounted ? "at least " : "") + jobs(queue.ahead()) + " of its queue "
                        + (queue.ahead() == 1 ? "goes" : "go") + " before it";
        Optional<Duration> estimate = queue.handedOut() == 0 || uncounted
                ? Optional.empty()
                : Optional.of(
                        Duration.ofHours(1).multipliedBy(queue.ahead() + 1L).dividedBy(queue.handedOut()));
        String pace = queue.handedOut() == 0
                ? "none of them was handed out in the last hour, so nobody knows when it starts"
                : queue.handedOut() + " of them were handed out in the last hour"
                        + estimate.map(span -> ", so it starts in about " + Times.text(span) + " if that goes on")
                                .orElse("");
        return new Conclusion(Reason.TURN, "It waits for its turn: " + ahead + ", and " + pace + ".", estimate);
    }

    private static String nothingFits(List<ResourceCheck> checks) {
        Map<QueueField, Integer> failing = new TreeMap<>();
        for (ResourceCheck check : checks) {
            check.unmet().stream().map(Unmet::field).distinct().forEach(field -> failing.merge(field, 1, Integer::sum));
        }
        QueueField worst = failing.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
        ResourceCheck nearest = checks.get(0);
        String failure = " fails at " + nearest.unmet().get(0).text() + ".";
        return checks.size() == 1
                ? "The only known resource does not meet its requirements: " + place(nearest) + failure
                : "None of the " + checks.size() + " known resources meets its requirements, " + failing.get(worst)
                        + " fail at " + worst.text() + "; the nearest is " + place(nearest) + ", which" + failure;
    }

    private static String fitting(ResourceChecks resources) {
        long fitting = resources.fitting();
        return fitting == 1 ? "One known resource meets" : fitting + " known resources meet";
    }

    private static String jobs(int jobs) {
        return jobs == 1 ? "1 job" : jobs + " jobs";
    }

    private static String place(ResourceCheck check) {
        return check.resource().site()
                + check.resource().gridCe().map(ce -> "/" + ce).orElse("");
    }
}
