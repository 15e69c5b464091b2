/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.diracee.framework.fixture.Documents;
import org.diracee.kernel.configuration.Configuration;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    private static final Configuration SITES = Documents.of("""
            Resources/Sites/LCG/LCG.CERN.ch/Name = CERN
            Resources/Sites/LCG/LCG.CERN.ch/Platform = x86_64
            Resources/Sites/LCG/LCG.CERN.ch/CEs/ce1/CEType = AREX
            Resources/Sites/LCG/LCG.CERN.ch/CEs/ce1/MaxRAM = 4000
            Resources/Sites/LCG/LCG.CERN.ch/CEs/ce1/Tag = gpu
            Resources/Sites/LCG/LCG.CERN.ch/CEs/ce1/Queues/short/CPUTime = 3600
            Resources/Sites/LCG/LCG.CERN.ch/CEs/ce1/Queues/short/MaxRAM = 2000
            Resources/Sites/LCG/LCG.CERN.ch/CEs/ce1/Queues/short/Tags = short
            Resources/Sites/DIRAC.Flat.it/CEs/ce2/Queues/q
            Resources/Sites/simple/CEs/ce3/CEType = Local
            Resources/Sites/DIRAC.no name.it
            """);

    @Test
    void findsSitesBelowTheirGridAndWithoutOne() {
        assertThat(new Resources(SITES).sites())
                .extracting(site -> site.name().text(), Site::path)
                .containsExactly(
                        tuple("LCG.CERN.ch", "Resources/Sites/LCG/LCG.CERN.ch"),
                        tuple("DIRAC.Flat.it", "Resources/Sites/DIRAC.Flat.it"),
                        tuple("simple", "Resources/Sites/simple"));
    }

    @Test
    void aQueueInheritsFromItsComputingElementAndSite() {
        SiteQueue queue = new Resources(SITES)
                .sites()
                .get(0)
                .computingElements()
                .get(0)
                .queues()
                .get(0);

        assertThat(queue.find(SITES, ResourceOptions.CPU_TIME)).contains(Duration.ofHours(1));
        assertThat(queue.find(SITES, ResourceOptions.MAX_RAM)).contains(2000);
        assertThat(queue.find(SITES, ResourceOptions.PLATFORM)).contains("x86_64");
        assertThat(queue.read(SITES, ResourceOptions.MAX_WAITING_JOBS)).isEqualTo(10);
        assertThat(queue.joined(SITES, ResourceOptions.TAG, ResourceOptions.TAGS))
                .containsExactly("gpu", "short");
        assertThat(queue.options(SITES)).containsEntry("CEType", "AREX").containsEntry("MaxRAM", "2000");
    }

    @Test
    void aStorageElementInheritsFromItsBase() {
        Configuration storage = Documents.of("""
                Resources/StorageElementBases/CERN/BackendType = EOS
                Resources/StorageElementBases/CERN/SEType = T0D1
                Resources/StorageElementBases/CERN/xroot/Host = eos.test
                Resources/StorageElementBases/CERN/xroot/Path = /base
                Resources/StorageElements/CERN-USER/BaseSE = CERN
                Resources/StorageElements/CERN-USER/SEType = T0D2
                Resources/StorageElements/CERN-USER/xroot/Path = /user
                Resources/StorageElementGroups/SE-USER = CERN-USER
                """);
        Resources resources = new Resources(storage);

        assertThat(resources.storageElements()).singleElement().satisfies(element -> {
            assertThat(element.options()).containsEntry("BackendType", "EOS").containsEntry("SEType", "T0D2");
            assertThat(element.protocols()).containsEntry("xroot", Map.of("Host", "eos.test", "Path", "/user"));
        });
        assertThat(resources.storageElementGroups()).containsEntry("SE-USER", List.of("CERN-USER"));
    }

    @Test
    void listsCataloguesAndIdentityProviders() {
        Resources resources = new Resources(Documents.of("""
                Resources/FileCatalogs/FileCatalog/CatalogType = FileCatalog
                Resources/IdProviders/iam/ProviderType = IAM
                Resources/IdProviders/iam/issuer = https://iam.test
                """));

        assertThat(resources.fileCatalogs())
                .containsExactly(new NamedResource("FileCatalog", Map.of("CatalogType", "FileCatalog")));
        assertThat(resources.idProviders()).extracting(NamedResource::name).containsExactly("iam");
    }
}
