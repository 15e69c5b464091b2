/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.diracee.framework.configuration.boundary.Proposal.Action;
import org.diracee.framework.configuration.boundary.Proposal.Edit;
import org.diracee.framework.configuration.control.ConfigurationConflict;
import org.diracee.framework.configuration.control.ConfigurationSchema;
import org.diracee.framework.configuration.control.ConfigurationValidation;
import org.diracee.framework.configuration.control.InvalidConfiguration;
import org.diracee.framework.configuration.control.UnusableConfiguration;
import org.diracee.framework.configuration.entity.ConfigurationRepository;
import org.diracee.framework.fixture.FrameworkDatabase;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.NodesWithoutNews;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.idempotency.boundary.Idempotency;
import org.diracee.framework.idempotency.boundary.IdempotencyConflict;
import org.diracee.framework.idempotency.entity.IdempotencyRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationEditingIT {

    private static final Caller ADMIN = user("admin", "dirac_admin", Property.CS_ADMINISTRATOR);
    private static final Caller ALICE = user("alice", "demo_user", Property.NORMAL_USER);
    private static final String TEXT = """
            # who belongs where
            Registry
            {
              demo
              {
                VOAdmin = vera
                Groups
                {
                  demo_user
                  {
                    Properties = NormalUser
                  }
                  dirac_admin
                  {
                    Properties = CSAdministrator
                  }
                }
              }
              other
              {
                DefaultGroup = other_user
              }
            }
            Operations
            {
              Defaults
              {
                Tries = 3
                Patience = 60
              }
            }
            Resources
            {
              Sites
              {
                LCG
                {
                  LCG.Shared.ch
                  {
                    VO = demo, other
                  }
                  LCG.Demo.ch
                  {
                    VO = demo
                  }
                }
              }
            }
            """;

    private final Installation installation = new Installation(FrameworkDatabase.empty());
    private final FrameworkDatabase database = installation.database;
    private final ConfigurationRepository repository = new ConfigurationRepository(database.entities());
    private final ConfigurationEditing editing = editing(installation.configuration);
    private final ConfigurationHistory history = database.service(
            ConfigurationHistory.class, installation.configuration, installation.revisions, repository);

    ConfigurationEditingIT() {
        installation.configure(1, TEXT);
    }

    /** The editing of a node, which knows at once of its own commits only. */
    private ConfigurationEditing editing(ConfigurationService configuration) {
        DeclaredOptions options = () -> List.of(
                DeclaredOption.of("Operations/{vo}/Tries", OptionType.wholeNumber(0, 10), "1", "How often.", "test"),
                DeclaredOption.of("Operations/{vo}/Patience", OptionType.seconds(1), "10", "How long.", "test"));
        ConfigurationSchema schema = new ConfigurationSchema(List.of(options));
        return database.service(
                ConfigurationEditing.class,
                configuration,
                installation.revisions,
                repository,
                new ConfigurationValidation(schema, List.of()),
                database.service(Idempotency.class, new IdempotencyRepository(database.entities()), installation.clock),
                installation.deployment,
                new CommitsAtOnce(configuration),
                installation.audit);
    }

    private static Caller user(String name, String group, Property... properties) {
        return new Caller.User(
                name + "-1", new UserName(name), new GroupName(group), new VoName("demo"), Set.of(properties));
    }

    private static Proposal set(Optional<Long> base, String path, String value) {
        return new Proposal(base, "because", new Proposal.Edits(List.of(new Edit(Action.SET, path, value))));
    }

    private CommitOutcome commit(Caller caller, Proposal proposal) {
        return editing.commit(caller, proposal, "192.0.2.1", Optional.empty());
    }

    private CommitOutcome commit(String path, String value) {
        return commit(ADMIN, set(Optional.empty(), path, value));
    }

    private String now(String path) {
        return installation.configuration.current().option(path).orElse("nothing");
    }

    @Nested
    class Committing {

        @Test
        void makesARevisionThatIsInForceAtOnceAndTellsWhoMadeItFromWhereAndWhy() {
            CommitOutcome outcome = commit("/Operations/Defaults/Tries", "4");

            Revision revision = outcome.revision().orElseThrow();
            assertThat(revision.number()).isEqualTo(2);
            assertThat(revision.author()).isEqualTo("admin");
            assertThat(revision.subject()).isEqualTo("user:demo:admin-1");
            assertThat(revision.origin()).isEqualTo("192.0.2.1");
            assertThat(revision.message()).isEqualTo("because");
            assertThat(outcome.changes())
                    .containsExactly(new Change(
                            "/Operations/Defaults/Tries", Change.Kind.CHANGED, Change.Subject.OPTION, "3", "4"));
            assertThat(now("Operations/Defaults/Tries")).isEqualTo("4");
            assertThat(history.revision(ALICE, 2)).isEqualTo(revision);
            assertThat(history.changes(ALICE, 2)).isEqualTo(outcome.changes());
        }

        @Test
        void keepsComments() {
            commit("/Operations/Defaults/Tries", "4");

            assertThat(database.value("select document from framework.configuration_revision where revision = 2"))
                    .isEqualTo(TEXT.replace("Tries = 3", "Tries = 4"));
        }

        @Test
        void mergesWithWhatOthersChangedElsewhere() {
            commit("/Operations/Defaults/Tries", "4");
            commit(ADMIN, set(Optional.of(1L), "/Operations/Defaults/Patience", "90"));

            assertThat(now("Operations/Defaults/Tries")).isEqualTo("4");
            assertThat(now("Operations/Defaults/Patience")).isEqualTo("90");
        }

        @Test
        void refusesWhatOthersChangedToSomethingElseAndShowsBothSides() {
            commit("/Operations/Defaults/Tries", "4");

            assertThatThrownBy(() -> commit(ADMIN, set(Optional.of(1L), "/Operations/Defaults/Tries", "5")))
                    .isInstanceOfSatisfying(ConfigurationConflict.class, conflict -> {
                        assertThat(conflict.fields()).hasSize(1);
                        assertThat(conflict.fields().get(0).field()).isEqualTo("/Operations/Defaults/Tries");
                        assertThat(conflict.fields().get(0).values())
                                .isEqualTo(Map.of(
                                        "base", "3", "theirs", "4", "yours", "5", "by", "admin", "revision", "2"));
                    });
            assertThat(now("Operations/Defaults/Tries")).isEqualTo("4");
        }

        @Test
        void nobodyCanTakeTheRightToChangeTheConfigurationFromEverybody() {
            commit("/Registry/demo/Groups/dirac_admin/Users", "admin-1");

            assertThatThrownBy(() -> commit("/Registry/demo/Groups/dirac_admin/Users", ""))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("CSAdministrator");
        }

        @Test
        void aConflictRepeatsNoSecret() {
            commit("/Operations/Defaults/Address", "a");

            assertThatThrownBy(() -> commit(
                            ADMIN,
                            set(Optional.of(1L), "/Operations/Defaults/Address", "https://me:hunter2@b.example")))
                    .isInstanceOf(UnusableConfiguration.class)
                    .hasMessageNotContaining("hunter2");
        }

        @Test
        void ofSeveralAtOnceOnTheSameBaseOneSucceeds() throws Exception {
            AtomicInteger writers = new AtomicInteger();
            Callable<String> node = () -> {
                ConfigurationService own = new ConfigurationService(installation.revisions, new NodesWithoutNews());
                Proposal mine = set(Optional.of(1L), "/Operations/Defaults/Note", "of " + writers.incrementAndGet());
                try {
                    editing(own).commit(ADMIN, mine, "", Optional.empty());
                    return "done";
                } catch (ConfigurationConflict conflict) {
                    return "conflict";
                }
            };

            assertThat(Together.run(Collections.nCopies(6, node))).containsOnlyOnce("done");
            assertThat(database.value("select max(revision) from framework.configuration_revision"))
                    .isEqualTo("2");
        }

        @Test
        void changesNothingIfNothingDiffers() {
            assertThat(commit("/Operations/Defaults/Tries", "3").revision()).isEmpty();
            assertThat(database.value("select count(*) from framework.configuration_revision"))
                    .isEqualTo("1");
        }

        @Test
        void refusesAValueThatCannotStandThereAndNamesPathValueAndWhatIsAllowed() {
            assertThatThrownBy(() -> commit("/Operations/demo/Tries", "many"))
                    .isInstanceOf(UnusableConfiguration.class)
                    .hasMessageContaining("/Operations/demo/Tries")
                    .hasMessageContaining("'many'")
                    .hasMessageContaining("a whole number from 0 to 10");
            assertThat(now("Operations/demo/Tries")).isEqualTo("nothing");
        }

        @Test
        void anErrorThatIsThereAlreadyStopsNobodyElse() {
            installation.configure(2, TEXT.replace("Tries = 3", "Tries = broken"));
            installation.configuration.refresh();

            assertThat(commit("/Operations/Defaults/Patience", "61").revision()).isPresent();
        }

        @Test
        void warnsOfAnUnknownOption() {
            assertThat(commit("/Operations/Defaults/Trie", "3").warnings())
                    .singleElement()
                    .satisfies(warning -> {
                        assertThat(warning.path()).isEqualTo("/Operations/Defaults/Trie");
                        assertThat(warning.message()).contains("Tries");
                    });
        }

        @Test
        void refusesASecretWithoutRepeatingIt() {
            assertThatThrownBy(() -> commit("/Operations/Defaults/SMTP/Password", "hunter2"))
                    .isInstanceOf(UnusableConfiguration.class)
                    .hasMessageContaining("credential:")
                    .hasMessageNotContaining("hunter2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Password = hunter2", "see\n  #DBPassword=hunter2", "-----BEGIN RSA PRIVATE KEY-----"})
        void refusesASecretInACommentWithoutRepeatingIt(String comment) {
            Proposal proposal = new Proposal(
                    Optional.empty(),
                    "because",
                    new Proposal.Edits(List.of(new Edit(Action.COMMENT, "/Operations/Defaults/Tries", comment))));
            assertThatThrownBy(() -> commit(ADMIN, proposal))
                    .isInstanceOf(UnusableConfiguration.class)
                    .hasMessageContaining("/Operations/Defaults/Tries")
                    .hasMessageNotContaining("hunter2");
        }

        @Test
        void aCommentMaySpeakOfSecrets() {
            Proposal proposal = new Proposal(
                    Optional.empty(),
                    "because",
                    new Proposal.Edits(List.of(new Edit(
                            Action.COMMENT, "/Operations/Defaults/Tries", "the password = what the mail says"))));
            assertThat(commit(ADMIN, proposal).revision()).isPresent();
        }

        @Test
        void aRepeatUnderTheSameKeyMakesNoSecondRevision() {
            Proposal proposal = set(Optional.empty(), "/Operations/Defaults/Tries", "4");
            CommitOutcome first = editing.commit(ADMIN, proposal, "", Optional.of("key"));
            CommitOutcome again = editing.commit(ADMIN, proposal, "", Optional.of("key"));

            assertThat(again.revision()).isEqualTo(first.revision());
            assertThat(again.changes()).isEqualTo(first.changes());
            assertThatThrownBy(() -> editing.commit(
                            ADMIN, set(Optional.empty(), "/Operations/Defaults/Tries", "5"), "", Optional.of("key")))
                    .isInstanceOf(IdempotencyConflict.class);
        }

        @Test
        void needsAReason() {
            assertThatThrownBy(() -> commit(
                            ADMIN,
                            new Proposal(
                                    Optional.empty(),
                                    " ",
                                    new Proposal.Edits(
                                            List.of(new Edit(Action.SET, "/Operations/Defaults/Tries", "4"))))))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("why");
        }

        @Test
        void refusesAReasonThatCannotBeStored() {
            Proposal proposal = new Proposal(
                    Optional.empty(),
                    "be\u0000cause",
                    new Proposal.Edits(List.of(new Edit(Action.SET, "/Operations/Defaults/Tries", "4"))));
            assertThatThrownBy(() -> commit(ADMIN, proposal)).isInstanceOf(InvalidRequest.class);
        }

        @Test
        void aWholeDocumentNeedsItsBase() {
            assertThatThrownBy(() -> commit(
                            ADMIN,
                            new Proposal(
                                    Optional.empty(), "because", new Proposal.Replacement("A = 1", TextFormat.CFG))))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("in force is 1");
        }

        @Test
        void aDocumentCanBeLaidOver() {
            commit(
                    ADMIN,
                    new Proposal(
                            Optional.of(1L),
                            "because",
                            new Proposal.Overlay("Operations { Defaults {\nTries = 5\n} }", TextFormat.CFG)));

            assertThat(now("Operations/Defaults/Tries")).isEqualTo("5");
            assertThat(now("Operations/Defaults/Patience")).isEqualTo("60");
        }

        @Test
        void refusesToRemoveWhatIsNotThere() {
            assertThatThrownBy(() -> commit(
                            ADMIN,
                            new Proposal(
                                    Optional.empty(),
                                    "because",
                                    new Proposal.Edits(
                                            List.of(new Edit(Action.REMOVE, "/Operations/Defaults/No", ""))))))
                    .isInstanceOf(InvalidConfiguration.class)
                    .hasMessageContaining("/Operations/Defaults/No");
        }

        @Test
        void aRefusedCommitLeavesNoTrace() {
            assertThatThrownBy(() -> commit("/Operations/Defaults/Tries", "many"))
                    .isInstanceOf(DiracException.class);

            assertThat(database.value("select count(*) from framework.configuration_change"))
                    .isEqualTo("0");
            assertThat(database.value("select count(*) from framework.configuration_revision"))
                    .isEqualTo("1");
        }
    }

    @Nested
    class Looking {

        @Test
        void aPreviewTellsTheChangesAndWritesNothing() {
            CommitOutcome outcome = editing.preview(ADMIN, set(Optional.empty(), "/Operations/Defaults/Tries", "4"));

            assertThat(outcome.revision()).isEmpty();
            assertThat(outcome.changes()).hasSize(1);
            assertThat(now("Operations/Defaults/Tries")).isEqualTo("3");
        }

        @Test
        void aPreviewRefusesWhatCannotBeStoredAsTheCommitDoes() {
            for (String path : List.of("/Operations/Defaults/Note", "/Operations/Defaults/" + "n".repeat(2_000))) {
                Proposal proposal = set(Optional.empty(), path, path.length() < 100 ? "issue #7" : "7");
                assertThatThrownBy(() -> editing.preview(ADMIN, proposal)).isInstanceOf(InvalidConfiguration.class);
                assertThatThrownBy(() -> commit(ADMIN, proposal)).isInstanceOf(InvalidConfiguration.class);
            }
        }

        @Test
        void whoMayChangeNothingIsRefusedBeforeAnyWork() {
            Proposal broken =
                    new Proposal(Optional.of(1L), "because", new Proposal.Replacement("} no document", TextFormat.CFG));
            assertThatThrownBy(() -> editing.preview(ALICE, broken)).isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> commit(ALICE, broken)).isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> editing.rollBack(ALICE, 9, Optional.empty(), "because", "", Optional.empty()))
                    .isInstanceOf(Forbidden.class);
        }

        @Test
        void blameNamesTheLastChangeOfEachEntry() {
            commit("/Operations/Defaults/Tries", "4");
            commit("/Operations/Defaults/Note", "hello");

            assertThat(history.blame(ALICE, "/Operations", Optional.empty()))
                    .extracting(
                            ConfigurationHistory.Blame::path,
                            blame -> blame.value().orElse("-"),
                            blame -> blame.revision().number())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("/Operations/Defaults/Note", "hello", 3L),
                            org.assertj.core.groups.Tuple.tuple("/Operations/Defaults/Tries", "4", 2L));
        }

        @Test
        void blameLooksAtAnOldRevisionIfAsked() {
            commit("/Operations/Defaults/Tries", "4");
            commit("/Operations/Defaults/Tries", "5");

            assertThat(history.blame(ALICE, "/Operations/Defaults/Tries", Optional.of(2L)))
                    .singleElement()
                    .satisfies(blame -> {
                        assertThat(blame.value()).contains("4");
                        assertThat(blame.revision().number()).isEqualTo(2);
                    });
            assertThatThrownBy(() -> history.blame(ALICE, "/", Optional.of(9L))).isInstanceOf(NoSuchRevision.class);
        }

        @Test
        void historyComesInPagesTheNewestFirst() {
            commit("/Operations/Defaults/Tries", "4");
            commit("/Operations/Defaults/Tries", "5");

            assertThat(history.revisions(ALICE, 2, Optional.empty()).items())
                    .extracting(Revision::number)
                    .containsExactly(3L, 2L);
            assertThat(history.revisions(ALICE, 2, Optional.empty()).next()).contains("2");
            assertThat(history.revisions(ALICE, 2, Optional.of(2L)).items())
                    .extracting(Revision::number)
                    .containsExactly(1L);
        }

        @Test
        void anUnknownRevisionIsNamedWithThoseThatExist() {
            assertThatThrownBy(() -> history.difference(ALICE, 1, 9))
                    .isInstanceOf(NoSuchRevision.class)
                    .hasMessageContaining("9")
                    .hasMessageContaining("1 to 1");
        }
    }

    @Nested
    class RollingBack {

        @Test
        void bringsAnOldDocumentBackAsANewRevision() {
            commit("/Operations/Defaults/Tries", "4");
            CommitOutcome outcome = editing.rollBack(ADMIN, 1, Optional.of(2L), "it was better", "", Optional.empty());

            assertThat(outcome.revision().orElseThrow().number()).isEqualTo(3);
            assertThat(now("Operations/Defaults/Tries")).isEqualTo("3");
            assertThat(history.difference(ALICE, 1, 3)).isEmpty();
            assertThat(history.revision(ALICE, 3).hash())
                    .isNotEqualTo(history.revision(ALICE, 2).hash());
        }

        @Test
        void refusesIfAnotherRevisionIsInForceThanItsWriterSaw() {
            commit("/Operations/Defaults/Tries", "4");

            assertThatThrownBy(() -> editing.rollBack(ADMIN, 1, Optional.of(1L), "because", "", Optional.empty()))
                    .isInstanceOf(ConfigurationConflict.class);
        }
    }

    @Nested
    class Rights {

        private final Caller vera = user("vera", "demo_user", Property.NORMAL_USER);

        @Test
        void othersMayNotChangeAnything() {
            assertThatThrownBy(() -> commit(ALICE, set(Optional.empty(), "/Operations/demo/Tries", "4")))
                    .isInstanceOf(Forbidden.class)
                    .hasMessageContaining("CSAdministrator")
                    .hasMessageContaining("VOAdmin");
        }

        @Test
        void anAdministratorOfTheVoChangesWhatIsItsOwn() {
            for (String path : List.of(
                    "/Operations/demo/Tries",
                    "/Registry/demo/Support/Message",
                    "/Registry/demo/Groups/demo_user/Users",
                    "/Resources/Sites/LCG/LCG.Demo.ch/Mail")) {
                assertThat(commit(vera, set(Optional.empty(), path, "7")).revision())
                        .as(path)
                        .isPresent();
            }
        }

        @Test
        void andNothingElse() {
            for (String path : List.of(
                    "/Operations/Defaults/Tries",
                    "/Operations/other/Tries",
                    "/Registry/other/DefaultGroup",
                    "/Registry/demo/VOAdmin",
                    "/Registry/demo/IdP/URL",
                    "/Registry/demo/Groups/dirac_admin/Users",
                    "/Registry/DefaultGroup",
                    "/Resources/Sites/LCG/LCG.Shared.ch/Mail",
                    "/Resources/Sites/LCG/LCG.Shared.ch/CEs/new/VO",
                    "/Systems/Framework/Services/Token/Issuer",
                    "/New")) {
                assertThatThrownBy(() -> commit(vera, set(Optional.empty(), path, "demo")))
                        .as(path)
                        .isInstanceOf(Forbidden.class)
                        .hasMessageContaining(path.startsWith("/Resources") ? "/Resources" : path.substring(0, 4));
            }
        }

        @Test
        void cannotMakeAGroupReachBeyondTheVo() {
            assertThatThrownBy(() -> commit(
                            vera,
                            set(
                                    Optional.empty(),
                                    "/Registry/demo/Groups/demo_user/Properties",
                                    "NormalUser, CSAdministrator")))
                    .isInstanceOf(Forbidden.class);
        }

        @Test
        void cannotReorderWhatIsNotTheirs() {
            String reordered = TEXT.replace("    Tries = 3\n    Patience = 60\n", "    Patience = 60\n    Tries = 3\n")
                    .replace("Properties = NormalUser\n", "Properties = NormalUser\n        Users = a-1\n");

            commit(vera, new Proposal(Optional.of(1L), "because", new Proposal.Replacement(reordered, TextFormat.CFG)));

            assertThat(installation.configuration.current().names("Operations/Defaults"))
                    .containsExactly("Tries", "Patience");
            assertThat(now("Registry/demo/Groups/demo_user/Users")).isEqualTo("a-1");
        }

        @Test
        void cannotTakeOverASharedResource() {
            assertThatThrownBy(
                            () -> commit(vera, set(Optional.empty(), "/Resources/Sites/LCG/LCG.Shared.ch/VO", "demo")))
                    .isInstanceOf(Forbidden.class);
        }
    }
}
