/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.Unmet;
import org.diracee.wms.taskqueue.boundary.WantedWork;

/** On random queues and resources: the index, the reasons it gives, and the rules of the reference read aloud must agree. */
class QueueIndexTest {

    private static final List<String> WORDS =
            List.of("a", "b", "c", "d", "2GB", "2Processors", "WholeNode", "MultiProcessor");

    @Property(tries = 2_000)
    void findsExactlyThoseQueuesThatFit(@ForAll long seed, @ForAll @IntRange(max = 40) int number) {
        Random random = new Random(seed);
        List<OpenQueue> queues = queues(random, number);
        ResourceDescription resource = resource(random);
        ResourceOffer offer;
        try {
            offer = ResourceOffer.of(resource);
        } catch (InvalidRequest wrongConditions) {
            assertThat(resource.tags()).doesNotContainAnyElementsOf(List.of("any"));
            return;
        }

        Set<Long> found = ids(OpenQueues.NONE.with(opened(queues)).fitting(offer));

        assertThat(found)
                .isEqualTo(queues.stream()
                        .filter(queue -> fits(queue.definition(), resource))
                        .map(OpenQueue::id)
                        .collect(Collectors.toSet()));
        for (OpenQueue queue : queues) {
            List<Unmet> unmet = QueueFit.unmet(queue.definition(), offer);
            assertThat(unmet.isEmpty()).isEqualTo(found.contains(queue.id()));
            assertThat(unmet).allSatisfy(one -> assertThat(one.text()).isNotBlank());
        }
    }

    @Property(tries = 300)
    void changesLeadToTheSameAsBeginningWithWhatTheyLeave(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int rounds) {
        Random random = new Random(seed);
        OpenQueues changed = OpenQueues.NONE;
        Map<Long, OpenQueue> now = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            Map<Long, Optional<OpenQueue>> changes = new HashMap<>();
            for (OpenQueue queue : queues(random, random.nextInt(30))) {
                OpenQueue renumbered = new OpenQueue(random.nextInt(150), queue.definition(), queue.priority());
                boolean opens = random.nextInt(4) > 0;
                changes.put(renumbered.id(), opens ? Optional.of(renumbered) : Optional.empty());
            }
            changes.forEach((id, change) -> change.ifPresentOrElse(queue -> now.put(id, queue), () -> now.remove(id)));
            changed = changed.with(changes);
        }
        ResourceDescription resource = new ResourceDescription(
                new SiteName("a"),
                Optional.empty(),
                40,
                Optional.empty(),
                List.of("any"),
                List.of(),
                1,
                0,
                false,
                List.of(),
                WantedWork.ANY);

        assertThat(changed.size()).isEqualTo(now.size());
        assertThat(ids(changed.fitting(ResourceOffer.of(resource))))
                .isEqualTo(now.values().stream()
                        .filter(queue -> fits(queue.definition(), resource))
                        .map(OpenQueue::id)
                        .collect(Collectors.toSet()));
    }

    @Property(tries = 200)
    void drawsEveryQueueThatFitsOnce(@ForAll long seed, @ForAll @IntRange(max = 60) int number) {
        Random random = new Random(seed);
        OpenQueues open = OpenQueues.NONE.with(opened(queues(random, number)));
        ResourceOffer offer = ResourceOffer.of(new ResourceDescription(
                new SiteName("a"),
                Optional.empty(),
                60,
                Optional.empty(),
                List.of("any"),
                List.of(),
                1,
                0,
                false,
                List.of(),
                WantedWork.ANY));
        Candidates candidates = open.fitting(offer);
        List<Long> drawn = new ArrayList<>();
        for (Optional<OpenQueue> queue = candidates.draw(random); queue.isPresent(); queue = candidates.draw(random)) {
            drawn.add(queue.get().id());
        }

        assertThat(drawn).doesNotHaveDuplicates();
        assertThat(new HashSet<>(drawn)).isEqualTo(ids(open.fitting(offer)));
        assertThat(open.fitting(offer).drawn(5, random)).hasSize(Math.min(5, drawn.size()));
    }

    private static Set<Long> ids(Candidates candidates) {
        return candidates.drawn(Integer.MAX_VALUE, new Random(1)).stream()
                .map(OpenQueue::id)
                .collect(Collectors.toSet());
    }

    private static Map<Long, Optional<OpenQueue>> opened(List<OpenQueue> queues) {
        return queues.stream().collect(Collectors.toMap(OpenQueue::id, Optional::of));
    }

    /** The conditions of the reference, one after the other. */
    private static boolean fits(QueueDefinition queue, ResourceDescription resource) {
        if (queue.cpuTime() > resource.cpuTime()) {
            return false;
        }
        String site = resource.site().text();
        if (!listed(queue.sites(), List.of(site))
                || !isAny(site) && queue.bannedSites().contains(site)) {
            return false;
        }
        if (!listed(queue.gridCes(), resource.gridCe().stream().toList())
                || !listed(queue.platforms(), resource.platform().stream().toList())
                || !listed(queue.jobTypes(), resource.jobTypes())) {
            return false;
        }
        if (resource.wanted()
                        .owner()
                        .filter(owner -> !owner.equals(queue.owner()))
                        .isPresent()
                || !resource.wanted().ownerGroups().isEmpty()
                        && !resource.wanted().ownerGroups().contains(queue.ownerGroup())) {
            return false;
        }
        Set<String> tags = new TreeSet<>(resource.tags());
        for (int gigabyte = 1; gigabyte <= resource.maxRam() / 1000; gigabyte++) {
            tags.add(gigabyte + "GB");
        }
        for (int processor = 2; processor <= resource.processors(); processor++) {
            tags.addAll(List.of(processor + "Processors", "MultiProcessor"));
        }
        if (resource.wholeNode()) {
            tags.addAll(List.of("WholeNode", "MultiProcessor"));
        }
        if (!tags.contains("any") && !tags.containsAll(queue.tags())
                || !queue.tags().containsAll(resource.requiredTags())) {
            return false;
        }
        for (QueueField field : resource.wanted().refused().keySet()) {
            List<String> values =
                    switch (field) {
                        case CPU_TIME -> List.of();
                        case SITE -> queue.sites();
                        case GRID_CE -> queue.gridCes();
                        case PLATFORM -> queue.platforms();
                        case JOB_TYPE -> queue.jobTypes();
                        case OWNER -> List.of(queue.owner().text());
                        case OWNER_GROUP -> List.of(queue.ownerGroup().text());
                        case TAG -> queue.tags();
                    };
            if (resource.wanted().refused().getOrDefault(field, List.of()).stream()
                    .anyMatch(values::contains)) {
                return false;
            }
        }
        return true;
    }

    private static boolean listed(List<String> asked, List<String> offered) {
        return asked.isEmpty()
                || offered.isEmpty()
                || offered.stream().anyMatch(value -> isAny(value) || asked.contains(value));
    }

    private static boolean isAny(String value) {
        return value.equals("any") || value.equals("ANY") || value.equals("'ANY'");
    }

    private static List<OpenQueue> queues(Random random, int number) {
        List<OpenQueue> queues = new ArrayList<>();
        for (int id = 0; id < number; id++) {
            queues.add(new OpenQueue(
                    id,
                    new QueueDefinition(
                            "q" + id,
                            new VoName("vo"),
                            new UserName(WORDS.get(random.nextInt(3))),
                            new GroupName(WORDS.get(random.nextInt(3))),
                            random.nextInt(60),
                            words(random, 3),
                            words(random, 2),
                            words(random, 1),
                            words(random, 3),
                            words(random, 1),
                            words(random, 3)),
                    random.nextInt(5) == 0 ? 0 : random.nextDouble() * 100));
        }
        return queues;
    }

    private static ResourceDescription resource(Random random) {
        Map<QueueField, List<String>> refused = new EnumMap<>(QueueField.class);
        for (QueueField field : QueueField.values()) {
            if (field != QueueField.CPU_TIME && random.nextInt(6) == 0) {
                refused.put(field, words(random, 2));
            }
        }
        List<String> tags = some(random, 4);
        return new ResourceDescription(
                new SiteName(word(random).replace("'", "")),
                random.nextBoolean() ? Optional.empty() : Optional.of(word(random)),
                random.nextInt(80),
                random.nextBoolean() ? Optional.empty() : Optional.of(word(random)),
                tags,
                random.nextInt(4) > 0 ? List.of() : some(random, 1),
                1 + random.nextInt(4),
                random.nextInt(4) * 999,
                random.nextInt(4) == 0,
                some(random, 2),
                new WantedWork(
                        Optional.empty(),
                        random.nextInt(4) > 0
                                ? Optional.empty()
                                : Optional.of(new UserName(WORDS.get(random.nextInt(3)))),
                        random.nextInt(4) > 0 ? List.of() : List.of(new GroupName(WORDS.get(random.nextInt(3)))),
                        refused));
    }

    private static String word(Random random) {
        int number = random.nextInt(WORDS.size() + 2);
        return number < WORDS.size() ? WORDS.get(number) : number == WORDS.size() ? "any" : "'ANY'";
    }

    private static List<String> some(Random random, int most) {
        List<String> some = new ArrayList<>(words(random, most));
        if (random.nextInt(6) == 0) {
            some.add("any");
        }
        return some;
    }

    private static List<String> words(Random random, int most) {
        Set<String> words = new LinkedHashSet<>();
        for (int number = random.nextInt(most + 1); number > 0; number--) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return List.copyOf(words);
    }
}
