/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.boundary.ExpandedJob;
import org.diracee.wms.description.boundary.Requirements;
import org.diracee.wms.job.boundary.CheckResult.Ending;
import org.diracee.wms.job.boundary.CheckResult.Fails;
import org.diracee.wms.job.boundary.CheckResult.Stages;
import org.diracee.wms.job.boundary.CheckResult.Waits;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.optimizer.boundary.InputDataCatalog.Replica;

class OptimizerChainTest {

    private static final CheckedJob JOB = new CheckedJob(
            new JobId(1),
            new VoName("demo"),
            new UserName("alice"),
            new GroupName("users"),
            JobStatus.CHECKING,
            "InputData",
            "",
            0,
            Optional.empty(),
            0,
            Instant.EPOCH,
            0);
    private static final List<String> ELEMENTS = List.of("a", "b", "c", "d");
    private static final List<String> SITES = List.of("one", "two", "three");

    /** Whatever lies where, the job waits for exactly the sites that have all of it and that it may run at. */
    @Property(tries = 1_000)
    void choosesTheSitesThatAManWouldChoose(@ForAll long seed, @ForAll boolean tapes) {
        Random random = new Random(seed);
        Map<String, Set<String>> near = new HashMap<>();
        ELEMENTS.forEach(element -> near.put(element, some(random, SITES)));
        Map<String, List<Replica>> replicas = new HashMap<>();
        List<String> files = List.of("f", "g").subList(0, 1 + random.nextInt(2));
        for (String file : files) {
            List<Replica> copies = new ArrayList<>();
            some(random, ELEMENTS).forEach(element -> copies.add(new Replica(element, random.nextInt(4) > 0)));
            replicas.put(file, copies);
        }
        List<String> asked = random.nextBoolean() ? List.of() : List.copyOf(some(random, SITES));
        List<String> banned = asked.isEmpty() ? List.copyOf(some(random, SITES)) : List.of();
        Requirements requirements =
                new Requirements(360, asked, banned, List.of(), List.of(), List.of("User"), List.of());
        JobInCheck job = new JobInCheck(
                JOB,
                new ExpandedJob(0, Optional.empty(), "n", "g", Optional.empty(), "User", 1, "ANY", requirements, files),
                null,
                Optional.empty());

        Ending ending = new OptimizerChain(
                        FoundReplicas.of(List.of(job), Optional.of((vo, user, group, lfns) -> replicas)),
                        near,
                        (vo, group) -> tapes ? Optional.empty() : Optional.of("which is not done"))
                .judge(job, Duration.ofSeconds(300))
                .ending();

        Predicate<String> allowed = site -> (asked.isEmpty() || asked.contains(site)) && !banned.contains(site);
        List<String> online = sites(files, replicas, near, Replica::online, allowed);
        List<String> staged = sites(files, replicas, near, copy -> true, allowed);
        if (!online.isEmpty()) {
            assertThat(ending).isInstanceOf(Waits.class);
            Waits waits = (Waits) ending;
            assertThat(waits.queue().sites()).containsExactlyElementsOf(online);
            assertThat(waits.site()).isEqualTo(online.size() == 1 ? online.get(0) : "MultipleInput");
        } else if (tapes && !staged.isEmpty()) {
            Map<String, Set<String>> wanted = ((Stages) ending).files();
            assertThat(wanted).isNotEmpty();
            assertThat(staged)
                    .as("after staging, all is online at one of the sites")
                    .anyMatch(site -> files.stream().allMatch(file -> replicas.getOrDefault(file, List.of()).stream()
                            .filter(copy -> copy.online()
                                    || wanted.getOrDefault(file, Set.of()).contains(copy.storageElement()))
                            .anyMatch(copy -> near.getOrDefault(copy.storageElement(), Set.of())
                                    .contains(site))));
        } else {
            assertThat(ending).isInstanceOf(Fails.class);
            assertThat(((Fails) ending).reason().contains("staged from tape")).isEqualTo(!staged.isEmpty());
        }
    }

    private static List<String> sites(
            List<String> files,
            Map<String, List<Replica>> replicas,
            Map<String, Set<String>> near,
            Predicate<Replica> readable,
            Predicate<String> allowed) {
        return SITES.stream()
                .filter(allowed)
                .filter(site -> files.stream().allMatch(file -> replicas.getOrDefault(file, List.of()).stream()
                        .filter(readable)
                        .anyMatch(copy -> near.getOrDefault(copy.storageElement(), Set.of())
                                .contains(site))))
                .sorted()
                .toList();
    }

    private static Set<String> some(Random random, List<String> of) {
        Set<String> some = new TreeSet<>(of);
        some.removeIf(item -> random.nextInt(3) == 0);
        return some;
    }
}
