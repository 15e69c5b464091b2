/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.diracee.framework.configuration.control.InvalidConfiguration;
import org.diracee.framework.fixture.FrameworkDatabase;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.NodesWithoutNews;
import org.diracee.framework.fixture.Together;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationServiceIT {

    private final Installation installation = new Installation(FrameworkDatabase.empty());

    @TempDir
    private Path directory;

    private void seed(String document) throws IOException {
        installation.deployment.configurationSeed =
                Optional.of(Files.writeString(directory.resolve("seed.cfg"), document));
    }

    @Test
    void nodesThatStartTogetherSeedOnce() throws Exception {
        seed(Installation.CONFIGURATION);
        Callable<Long> node = () -> new ConfigurationService(installation.revisions, new NodesWithoutNews())
                .current()
                .revision();

        assertThat(Together.run(Collections.nCopies(6, node))).containsOnly(1L);
        assertThat(installation.database.value("select count(*) from framework.configuration_revision"))
                .isEqualTo("1");
    }

    @Test
    void theSeedNeverReplacesWhatIsThere() throws IOException {
        installation.configure(7, Installation.CONFIGURATION);
        seed("Registry { seed { } }");

        assertThat(installation.configuration.current().revision()).isEqualTo(7);
        assertThat(installation.registry.vos()).containsExactly(new VoName("demo"), new VoName("other"));
    }

    @Test
    void takesOverANewerRevision() {
        installation.configure(1, "A = old");
        installation.configuration.current();
        installation.configure(2, "A = new");

        installation.configuration.refresh();

        assertThat(installation.configuration.current().option("A")).contains("new");
    }

    @Test
    void keepsTheLastSnapshotIfANewerDocumentIsBroken() {
        installation.configure(1, "A = old");
        installation.configuration.current();
        installation.configure(2, "{ broken");
        installation.configuration.refresh();
        assertThat(installation.configuration.current().option("A")).contains("old");
    }

    @Test
    void servesTheLastSnapshotWhileTheDatabaseIsDown() {
        AtomicBoolean down = new AtomicBoolean();
        HeldConfiguration only = new HeldConfiguration(
                Revision.NONE, ConfigurationDocument.empty().with("/A", "old"));
        ConfigurationService configuration = new ConfigurationService(
                new ConfigurationRevisions() {

                    @Override
                    public void seed() {}

                    @Override
                    public Optional<HeldConfiguration> newerThan(long revision) {
                        if (down.get()) {
                            throw new IllegalStateException("connection refused");
                        }
                        return Optional.of(only);
                    }
                },
                new NodesWithoutNews());
        configuration.current();
        down.set(true);

        configuration.refresh();

        assertThat(configuration.current()).isSameAs(only.snapshot());
    }

    @Test
    void aServerWithoutAnyConfigurationKnowsNoVo() {
        assertThat(installation.configuration.current().revision()).isZero();
        assertThat(installation.registry.vos()).isEqualTo(List.of());
    }

    @Test
    void refusesASeedThatIsNoDocument() throws IOException {
        seed("Registry\n}");

        assertThatThrownBy(installation.configuration::current)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("line 2, column 1");
    }
}
