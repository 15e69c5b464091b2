/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.WmsServices.FixedConfiguration;
import org.diracee.wms.optimizer.boundary.InputDataCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogReplicasTest {

    private static final VoName DEMO = new VoName("demo");

    private final FixedConfiguration configuration = new FixedConfiguration();
    private final Catalog catalog = new Catalog();
    private final CatalogReplicas replicas = new CatalogReplicas(catalog, configuration, new Registry(configuration));

    /** Replicas as a test puts them. */
    private static final class Catalog extends CatalogReading {

        private final Map<Lfn, List<Replica>> known = new HashMap<>();
        private final List<Caller> callers = new ArrayList<>();

        void put(String lfn, String... ses) {
            known.put(
                    new Lfn(lfn),
                    List.of(ses).stream()
                            .map(se -> new Replica(new SeName(se), CatalogStatus.APRIORI_GOOD, false, Optional.empty()))
                            .toList());
        }

        @Override
        public BulkResult<Lfn, List<Replica>> replicas(Caller caller, Collection<Lfn> asked, boolean all) {
            callers.add(caller);
            assertThat(all).isFalse();
            Map<Lfn, List<Replica>> success = new HashMap<>(known);
            success.keySet().retainAll(asked);
            Map<Lfn, Problem> failed = new HashMap<>();
            asked.stream()
                    .filter(lfn -> !known.containsKey(lfn))
                    .forEach(lfn -> failed.put(lfn, new Problem(ErrorCode.NOT_FOUND, "No such file or directory")));
            return new BulkResult<>(success, failed);
        }
    }

    @BeforeEach
    void configure() {
        configuration.set(Map.of(
                "Registry",
                Map.of(
                        "demo",
                        Map.of("Groups", Map.of("prod", Map.of("Properties", "NormalUser, FileCatalogManagement")))),
                "Resources",
                Map.of(
                        "StorageElementBases",
                        Map.of("Tape", Map.of("SEType", "T1D0")),
                        "StorageElements",
                        Map.of(
                                "Disk",
                                Map.of("SEType", "T0D1"),
                                "Both",
                                Map.of("SEType", "T1D1"),
                                "Library",
                                Map.of("BaseSE", "Tape"),
                                "OldLibrary",
                                Map.of("BackendType", "Tape"),
                                "Closed",
                                Map.of("ReadAccess", "Banned"),
                                "Open",
                                Map.of("ReadAccess", "Active"),
                                "Theirs",
                                Map.of("VO", "biomed, other"),
                                "Ours",
                                Map.of("VO", "biomed, demo")))));
    }

    @Test
    void tellsWhichReplicasCanBeReadAtOnce() {
        catalog.put("/demo/f", "Disk", "Both", "Library", "OldLibrary", "Unheard");

        assertThat(found("/demo/f").get("/demo/f"))
                .containsExactly(
                        new InputDataCatalog.Replica("Disk", true),
                        new InputDataCatalog.Replica("Both", true),
                        new InputDataCatalog.Replica("Library", false),
                        new InputDataCatalog.Replica("OldLibrary", false),
                        new InputDataCatalog.Replica("Unheard", true));
    }

    @Test
    void leavesOutWhereTheVoMayNotRead() {
        catalog.put("/demo/f", "Closed", "Open", "Theirs", "Ours");

        assertThat(found("/demo/f").get("/demo/f"))
                .extracting(InputDataCatalog.Replica::storageElement)
                .containsExactly("Open", "Ours");
    }

    @Test
    void asksAsTheJobsWill() {
        catalog.put("/demo/f", "Disk");

        assertThat(found("/demo//f", "/demo/f", "/demo/missing", "no LFN").keySet())
                .containsExactlyInAnyOrder("/demo//f", "/demo/f");
        assertThat(found("no LFN")).isEmpty();
        assertThat(catalog.callers)
                .containsExactly(new Caller.User(
                        "alice", new UserName("alice"), new GroupName("prod"), DEMO, Set.of(Property.NORMAL_USER)));
    }

    private Map<String, List<InputDataCatalog.Replica>> found(String... lfns) {
        return replicas.replicas(DEMO, new UserName("alice"), new GroupName("prod"), List.of(lfns));
    }
}
