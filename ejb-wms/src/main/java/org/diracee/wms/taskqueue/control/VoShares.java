/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;

/** The shares of a VO's groups, and of the owners in them, as they are now. */
public final class VoShares {

    private final Map<GroupName, EntitledGroup> groups;
    private final Map<GroupName, Double> groupShares;
    private final Map<GroupName, Map<UserName, Double>> ownerShares;

    private VoShares(
            Map<GroupName, EntitledGroup> groups,
            Map<GroupName, Double> groupShares,
            Map<GroupName, Map<UserName, Double>> ownerShares) {
        this.groups = groups;
        this.groupShares = groupShares;
        this.ownerShares = ownerShares;
    }

    /** Corrections of the shares of groups, or of those of the owners in one. */
    public record Corrections(List<ShareCorrection> ofGroups, Map<GroupName, List<ShareCorrection>> ofOwners) {

        public static final Corrections NONE = new Corrections(List.of(), Map.of());

        public Corrections {
            ofGroups = List.copyOf(ofGroups);
            ofOwners = Map.copyOf(ofOwners);
        }
    }

    /** @param groups those that have queues now */
    public static VoShares of(Map<GroupName, EntitledGroup> groups, Corrections corrections) {
        Map<String, Double> shares = new LinkedHashMap<>();
        groups.forEach((name, group) -> shares.put(name.text(), group.share()));
        Map<String, Double> corrected = corrected(shares, corrections.ofGroups());
        Map<GroupName, Double> groupShares = new HashMap<>();
        Map<GroupName, Map<UserName, Double>> ownerShares = new HashMap<>();
        groups.forEach((name, group) -> {
            double share = corrected.getOrDefault(name.text(), 0.0);
            groupShares.put(name, share);
            if (!group.shared()) {
                Map<String, Double> equal = new LinkedHashMap<>();
                group.owners().stream()
                        .map(UserName::text)
                        .sorted()
                        .forEach(
                                owner -> equal.put(owner, share / group.owners().size()));
                Map<UserName, Double> byOwner = new HashMap<>();
                corrected(equal, corrections.ofOwners().getOrDefault(name, List.of()))
                        .forEach((owner, part) -> byOwner.put(new UserName(owner), part));
                ownerShares.put(name, byOwner);
            }
        });
        return new VoShares(Map.copyOf(groups), groupShares, ownerShares);
    }

    /**
     * The priorities of queues by their ids.
     *
     * @param queues with each, all those of the same owner and group, or of the same group if it shares its jobs
     */
    public Map<Long, Double> priorities(Collection<SharedQueue> queues) {
        Map<Long, Double> priorities = new HashMap<>();
        queues.stream().collect(Collectors.groupingBy(this::holder)).forEach((holder, ofHolder) -> {
            EntitledGroup group = groups.get(holder.group());
            if (group != null) {
                priorities.putAll(QueueShares.priorities(share(holder), group.background(), ofHolder));
            }
        });
        return priorities;
    }

    /** Who a share belongs to; without an owner the group as a whole. */
    private record Holder(GroupName group, Optional<UserName> owner) {}

    private Holder holder(SharedQueue queue) {
        return new Holder(
                queue.ownerGroup(),
                Optional.of(queue.owner()).filter(owner -> ownerShares.containsKey(queue.ownerGroup())));
    }

    private double share(Holder holder) {
        return holder.owner()
                .map(owner -> ownerShares.getOrDefault(holder.group(), Map.of()).getOrDefault(owner, 0.0))
                .orElseGet(() -> groupShares.getOrDefault(holder.group(), 0.0));
    }

    private static Map<String, Double> corrected(Map<String, Double> shares, List<ShareCorrection> corrections) {
        Map<String, Double> corrected = shares;
        for (ShareCorrection correction : corrections) {
            corrected = correction.corrected(corrected);
        }
        return corrected;
    }
}
