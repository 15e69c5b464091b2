/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/**
 * A storage element as the configuration describes it.
 *
 * @param vos those that may use it; all if it is empty
 * @param statuses of each use
 * @param endpoints in the order of the configuration
 * @param protocols the order of protocols of its own, for reading and for writing
 */
public record StorageDefinition(
        SeName name,
        StorageTier tier,
        List<VoName> vos,
        Map<StorageUse, String> statuses,
        List<StorageEndpoint> endpoints,
        Map<StorageUse, List<String>> protocols) {

    public StorageDefinition {
        vos = List.copyOf(vos);
        statuses = Map.copyOf(statuses);
        endpoints = List.copyOf(endpoints);
        protocols = Map.copyOf(protocols);
    }

    public boolean isFor(VoName vo) {
        return vos.isEmpty() || vos.contains(vo);
    }

    public boolean allows(StorageUse use) {
        return isGood(use) || use == StorageUse.CHECK && isGood(StorageUse.READ);
    }

    /** Why the VO may not do this now; empty if it may. */
    public Optional<String> refusal(VoName vo, StorageUse use) {
        if (!isFor(vo)) {
            return Optional.of("The storage element " + name + " is not for the VO " + vo);
        }
        return allows(use)
                ? Optional.empty()
                : Optional.of("The storage element " + name + " is closed for " + use.words() + ": the status is "
                        + statuses.get(use) + ", needed is Active or Degraded");
    }

    private boolean isGood(StorageUse use) {
        String status = statuses.getOrDefault(use, "Active");
        return status.equals("Active") || status.equals("Degraded");
    }
}
