/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.optimizer.boundary.InputDataCatalog;
import org.diracee.wms.optimizer.boundary.InputDataCatalog.Replica;

/** The replicas of the input data of many jobs, asked for together for each owner. */
public final class FoundReplicas {

    private static final int QUESTION = 1_000;

    private final Map<Owner, Found> found;

    private FoundReplicas(Map<Owner, Found> found) {
        this.found = found;
    }

    /** Asks the catalogue for the files of these jobs; what it cannot say for one owner holds up nobody else's jobs. */
    public static FoundReplicas of(List<JobInCheck> jobs, Optional<InputDataCatalog> catalog) {
        Map<Owner, Set<String>> files = new LinkedHashMap<>();
        for (JobInCheck job : jobs) {
            if (job.facts() != null && job.files() > 0) {
                files.computeIfAbsent(Owner.of(job.job()), none -> new LinkedHashSet<>())
                        .addAll(job.facts().soughtFiles());
            }
        }
        Map<Owner, Found> found = new HashMap<>();
        files.forEach((owner, lfns) -> found.put(
                owner,
                catalog.map(there -> ask(there, owner, lfns))
                        .orElseGet(() -> new Found(State.NO_CATALOGUE, "", Map.of()))));
        return new FoundReplicas(found);
    }

    private static Found ask(InputDataCatalog catalog, Owner owner, Set<String> lfns) {
        try {
            List<String> files = List.copyOf(lfns);
            Map<String, List<Replica>> replicas = new HashMap<>();
            for (int i = 0; i < files.size(); i += QUESTION) {
                replicas.putAll(catalog.replicas(
                        owner.vo(),
                        owner.user(),
                        owner.group(),
                        files.subList(i, Math.min(i + QUESTION, files.size()))));
            }
            return new Found(State.FOUND, "", replicas);
        } catch (DiracException unanswered) {
            return new Found(State.NO_ANSWER, unanswered.detail(), Map.of());
        } catch (RuntimeException broken) {
            LOG.itemFailed("OptimizationMind", "the file catalogue for " + owner, broken);
            return new Found(State.NO_ANSWER, "see the server's log", Map.of());
        }
    }

    /** What the catalogue said about the files of the job's owner. */
    Found of(CheckedJob job) {
        return found.getOrDefault(Owner.of(job), new Found(State.FOUND, "", Map.of()));
    }

    /** Whether there was an answer. */
    enum State {
        FOUND,
        NO_ANSWER,
        NO_CATALOGUE
    }

    /**
     * An answer.
     *
     * @param problem why there is none
     */
    record Found(State state, String problem, Map<String, List<Replica>> replicas) {

        List<Replica> replicas(String file) {
            return replicas.getOrDefault(file, List.of());
        }
    }

    private record Owner(VoName vo, UserName user, GroupName group) {

        static Owner of(CheckedJob job) {
            return new Owner(job.vo(), job.owner(), job.ownerGroup());
        }
    }
}
