/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogUse.Amount;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.UserName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FileCatalogIT {

    private static final SeName CERN = new SeName("CERN-disk");
    private static final SeName RAL = new SeName("RAL-tape");

    private final DmsServices services = new DmsServices();
    private final Lfn home = services.lfn("user/a/alice");

    @Nested
    class Registering {

        @Test
        void makesTheUsersAreaAndTellsWhatIsThere() {
            Lfn lfn = home.child("run").child("f");
            BulkResult<Lfn, RegisteredFile> result =
                    register(services.alice, services.file(lfn, "CERN-disk", "RAL-tape"));
            assertThat(result.failed()).isEmpty();
            assertThat(result.success().get(lfn).made()).isTrue();

            CatalogEntry entry = entry(services.alice, lfn);
            assertThat(entry.ownership()).isEqualTo(new Ownership("alice", "users", 0775, Acl.NONE));
            assertThat(entry.file().orElseThrow().size()).isEqualTo(10);
            assertThat(entry.file().orElseThrow().guid())
                    .isEqualTo(result.success().get(lfn).guid());
            assertThat(replicas(services.alice, lfn))
                    .containsExactly(
                            new Replica(CERN, CatalogStatus.APRIORI_GOOD, true, Optional.empty()),
                            new Replica(RAL, CatalogStatus.APRIORI_GOOD, false, Optional.empty()));
            assertThat(entry(services.alice, home).ownership().owner()).isEqualTo("alice");
            assertThat(entry(services.alice, services.lfn("user")).ownership())
                    .isEqualTo(new Ownership(Ownership.NOBODY, Ownership.NOBODY, 0755, Acl.NONE));
        }

        @Test
        void takesARepeatAndRefusesADifference() {
            Lfn lfn = home.child("f");
            NewFile file = services.file(lfn, "CERN-disk", "RAL-tape");
            register(services.alice, file);
            assertThat(register(services.alice, file).success().get(lfn).made()).isFalse();
            assertThat(register(services.alice, services.file(lfn, "RAL-tape")).failed())
                    .isEmpty();
            assertThat(register(services.alice, services.file(lfn, 11, "CERN-disk"))
                            .failed())
                    .containsEntry(
                            lfn, new Problem(ErrorCode.CONFLICT, lfn + " is already registered with another size: 10"));
            assertThat(register(services.alice, services.file(lfn, "PIC-disk")).failed())
                    .containsEntry(
                            lfn,
                            new Problem(
                                    ErrorCode.CONFLICT,
                                    lfn + " is already registered with other replicas, none of them at PIC-disk"));
            services.in(it -> it.catalog.removeReplicas(it.alice, Map.of(lfn, List.of(CERN, RAL))));
            assertThat(register(services.alice, file).failed().get(lfn).detail())
                    .endsWith("no replicas");
            assertThat(below(home)).isEqualTo(new CatalogUse(new Amount(1, 10), Map.of()));
        }

        @Test
        void doesWhatItCanAndTellsWhatNot() {
            Lfn good = home.child("good");
            Lfn foreign = new Lfn("/" + services.otherVo + "/user/a/alice/f");
            Lfn group = services.lfn("production/f");
            BulkResult<Lfn, RegisteredFile> result = register(
                    services.alice,
                    services.file(good, "CERN-disk"),
                    services.file(foreign, "CERN-disk"),
                    services.file(group, "CERN-disk"),
                    services.file(services.lfn("user/b/bob/f"), "CERN-disk"));
            assertThat(result.success()).containsOnlyKeys(good);
            assertThat(result.failed().values()).extracting(Problem::code).containsOnly(ErrorCode.FORBIDDEN);
            assertThat(result.failed().get(foreign).detail()).contains("does not begin with /" + services.vo + "/");
            assertThat(register(services.admin, services.file(group, "CERN-disk"))
                            .failed())
                    .isEmpty();
        }

        @Test
        void keepsNamesOfFilesAndDirectoriesApart() {
            Lfn file = home.child("f");
            register(services.alice, services.file(file, "CERN-disk"));
            assertThat(register(services.alice, services.file(file.child("x").child("y"), "CERN-disk"))
                            .failed()
                            .values())
                    .extracting(Problem::detail)
                    .containsExactly(file + " is a file");
            assertThat(services.in(it -> it.tree.makeDirectories(it.alice, List.of(file)))
                            .failed())
                    .containsEntry(file, new Problem(ErrorCode.CONFLICT, file + " is a file"));
            assertThat(register(services.alice, services.file(home, "CERN-disk"))
                            .failed())
                    .containsEntry(home, new Problem(ErrorCode.CONFLICT, home + " is a directory"));
        }

        @Test
        void notesTheJobAndTheAncestors() {
            Lfn raw = home.child("raw");
            Lfn reco = home.child("reco");
            Lfn hist = home.child("hist");
            Caller.Job job = new Caller.Job(
                    new JobId(42),
                    1,
                    new PilotStamp("pilot-1"),
                    new UserName("alice"),
                    new GroupName("users"),
                    services.vo);
            register(job, services.file(raw, "CERN-disk"));
            register(job, madeOf(reco, raw));
            register(job, madeOf(hist, reco));
            assertThat(entry(services.bob, hist).file().orElseThrow().job()).contains(new JobId(42));
            assertThat(relatives(hist, false)).containsExactly(Map.entry(reco, 1), Map.entry(raw, 2));
            Lfn both = home.child("both");
            NewFile file = services.file(both, "CERN-disk");
            register(
                    job,
                    new NewFile(
                            both,
                            file.size(),
                            file.checksums(),
                            file.guid(),
                            file.mode(),
                            file.replicas(),
                            List.of(raw, hist, raw)));
            assertThat(relatives(both, false)).isEqualTo(Map.of(raw, 1, hist, 1, reco, 2));
            services.in(it -> it.catalog.remove(it.alice, List.of(both)));
            assertThat(relatives(raw, true)).containsExactly(Map.entry(reco, 1), Map.entry(hist, 2));
            assertThat(register(services.alice, madeOf(home.child("x"), home.child("gone")))
                            .failed())
                    .containsValue(
                            new Problem(ErrorCode.NOT_FOUND, "No such file or directory: " + home.child("gone")));
        }

        @Test
        void keepsAGuidToOneFileIfTheCatalogueSaysSo() {
            UUID guid = UUID.randomUUID();
            register(services.alice, withGuid(home.child("a"), guid));
            assertThat(register(services.alice, withGuid(home.child("b"), guid)).failed())
                    .isEmpty();
            services.configuration.set(Map.of(
                    "Systems",
                    Map.of("DataManagement", Map.of("Services", Map.of("FileCatalog", Map.of("UniqueGUID", "yes"))))));
            assertThat(register(services.alice, withGuid(home.child("c"), guid)).failed())
                    .containsOnlyKeys(home.child("c"));
            Lfn theirs = new Lfn("/" + services.otherVo + "/user/a/alice/f");
            assertThat(register(services.stranger, withGuid(theirs, guid)).failed())
                    .isEmpty();
            services.in(it -> it.catalog.remove(it.stranger, List.of(theirs)));
            assertThat(services.in(it -> it.reading.withGuids(it.bob, List.of(guid)))
                            .success())
                    .containsEntry(guid, List.of(home.child("a"), home.child("b")));
            assertThat(services.in(it -> it.reading.withGuids(it.stranger, List.of(guid)))
                            .success())
                    .isEmpty();
        }

        @Test
        void obeysThePatternOfTheVo() {
            services.configuration.set(Map.of(
                    "Operations",
                    Map.of(services.vo.text(), Map.of("DataManagement", Map.of("LFNPattern", "/[a-z0-9/]+")))));
            assertThat(register(services.alice, services.file(home.child("UPPER"), "CERN-disk"))
                            .failed()
                            .values())
                    .extracting(Problem::code)
                    .containsExactly(ErrorCode.INVALID_REQUEST);
        }

        @Test
        void keepsCataloguesOfDifferentNamesApart() {
            services.configuration.set(Map.of(
                    "Operations", Map.of(services.vo.text(), Map.of("DataManagement", Map.of("FileCatalog", "Own")))));
            Lfn lfn = home.child("f");
            register(services.alice, services.file(lfn, "CERN-disk"));
            services.configuration.set(Map.of());
            assertThat(services.in(it -> it.reading.entries(it.alice, List.of(lfn)))
                            .failed())
                    .containsOnlyKeys(lfn);
        }

        @Test
        void refusesTooManyAncestors() {
            NewFile file = services.file(home.child("f"), "CERN-disk");
            List<Lfn> ancestors = new ArrayList<>();
            for (int number = 0; number <= NewFile.MOST_ANCESTORS; number++) {
                ancestors.add(home.child("a" + number));
            }
            assertThatThrownBy(() -> new NewFile(
                            file.lfn(),
                            file.size(),
                            file.checksums(),
                            file.guid(),
                            file.mode(),
                            file.replicas(),
                            ancestors))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("101 ancestors; at most 100");
            List<NewFile> files = new ArrayList<>();
            for (int number = 0; number < 101; number++) {
                files.add(new NewFile(
                        home.child("f" + number),
                        file.size(),
                        file.checksums(),
                        file.guid(),
                        file.mode(),
                        file.replicas(),
                        ancestors.subList(0, 100)));
            }
            assertThatThrownBy(() -> services.in(it -> it.catalog.register(it.alice, files)))
                    .hasMessageContaining("10100 ancestors in one request");
        }

        @Test
        void refusesAFileNamedTwiceAndTooMany() {
            NewFile file = services.file(home.child("f"), "CERN-disk");
            assertThatThrownBy(() -> register(services.alice, file, file)).isInstanceOf(InvalidRequest.class);
            assertThatThrownBy(() -> services.in(it -> it.catalog.remove(it.alice, List.of())))
                    .hasMessageContaining("allowed is 1 to 1000");
        }
    }

    @Nested
    class Replicas {

        @Test
        void comeGoAndHide() {
            Lfn lfn = home.child("f");
            register(services.alice, services.file(lfn, "CERN-disk"));
            assertThat(services.in(it -> it.catalog.addReplicas(
                                    it.alice, Map.of(lfn, List.of(NewReplica.at(RAL), NewReplica.at(CERN)))))
                            .success())
                    .containsEntry(lfn, 1);
            SeName unheard = new SeName("Unheard-" + services.vo);
            services.in(it -> it.catalog.addReplicas(it.stranger, Map.of(lfn, List.of(NewReplica.at(unheard)))));
            assertThat(services.database.value("select count(*) from dms.storage_element where name = '%s'", unheard))
                    .isEqualTo("0");
            services.in(it -> it.catalog.changeReplicaStatus(it.alice, Map.of(lfn, Map.of(RAL, CatalogStatus.TRASH))));
            assertThat(replicas(services.alice, lfn)).extracting(Replica::se).containsExactly(CERN);
            assertThat(services.in(it -> it.reading.replicas(it.alice, List.of(lfn), true))
                            .success()
                            .get(lfn))
                    .hasSize(2);
            assertThat(services.in(it -> it.catalog.changeReplicaStatus(
                                    it.alice, Map.of(lfn, Map.of(new SeName("No-SE"), CatalogStatus.TRASH))))
                            .failed())
                    .containsEntry(lfn, new Problem(ErrorCode.NOT_FOUND, lfn + " has no replica at No-SE"));
            assertThat(below(home).bySe())
                    .containsOnly(Map.entry(CERN, new Amount(1, 10)), Map.entry(RAL, new Amount(1, 10)));
            services.in(it -> it.catalog.removeReplicas(it.alice, Map.of(lfn, List.of(CERN))));
            assertThat(below(home).bySe()).containsOnly(Map.entry(RAL, new Amount(1, 10)));
            assertThat(services.in(it -> it.catalog.removeReplicas(it.alice, Map.of(home.child("gone"), List.of(CERN))))
                            .success())
                    .containsEntry(home.child("gone"), 0);
        }

        @Test
        void areHiddenWithTheirFile() {
            Lfn lfn = home.child("f");
            register(services.alice, services.file(lfn, "CERN-disk"));
            services.in(it -> it.catalog.changeStatus(it.alice, Map.of(lfn, CatalogStatus.REMOVING)));
            assertThat(services.in(it -> it.reading.replicas(it.alice, List.of(lfn), false))
                            .failed())
                    .containsOnlyKeys(lfn);
            assertThat(entry(services.alice, lfn).file().orElseThrow().status()).isEqualTo(CatalogStatus.REMOVING);
        }

        @Test
        void areDumpedByStorageElement() {
            SeName se = new SeName("Dump-" + services.vo);
            register(
                    services.alice,
                    services.file(home.child("a"), se.text()),
                    services.file(home.child("b"), se.text()),
                    services.file(home.child("c"), se.text()));
            Page<DumpedReplica> first =
                    services.in(it -> it.reading.dump(it.admin, se, new PageRequest(2, Optional.empty())));
            Page<DumpedReplica> second =
                    services.in(it -> it.reading.dump(it.admin, se, new PageRequest(2, first.next())));
            assertThat(first.items()).hasSize(2);
            assertThat(second.items()).extracting(DumpedReplica::lfn).containsExactly(home.child("c"));
            Page<DumpedReplica> end =
                    services.in(it -> it.reading.dump(it.admin, se, new PageRequest(2, second.next())));
            assertThat(end.items()).isEmpty();
            assertThat(end.next()).isEmpty();
        }

        @Test
        void mustBeAtKnownStorageElementsUnlessTheCatalogueTakesOthers() {
            services.configuration.set(
                    Map.of("Resources", Map.of("StorageElements", Map.of("CERN-disk", Map.of("SEType", "T0D1")))));
            Lfn lfn = home.child("f");
            assertThat(register(services.alice, services.file(lfn, "CERN-disk", "Unheard"))
                            .failed()
                            .get(lfn))
                    .isEqualTo(new Problem(
                            ErrorCode.INVALID_REQUEST,
                            "There is no storage element Unheard for " + lfn
                                    + ": allowed are those of Resources/StorageElements"));
            assertThat(register(services.alice, services.file(lfn, "CERN-disk")).failed())
                    .isEmpty();
            Map<Lfn, List<NewReplica>> more = Map.of(lfn, List.of(NewReplica.at(new SeName("Unheard"))));
            assertThat(services.in(it -> it.catalog.addReplicas(it.alice, more)).failed())
                    .containsOnlyKeys(lfn);
            services.configuration.set(Map.of(
                    "Resources",
                    Map.of("StorageElements", Map.of("CERN-disk", Map.of("SEType", "T0D1"))),
                    "Systems",
                    Map.of(
                            "DataManagement",
                            Map.of("Services", Map.of("FileCatalog", Map.of("UnknownStorageElements", "yes"))))));
            assertThat(services.in(it -> it.catalog.addReplicas(it.alice, more)).success())
                    .containsEntry(lfn, 1);
        }
    }

    @Nested
    class Removing {

        @Test
        void takesReplicasAndUsageAlongAndIsRepeatable() {
            Lfn lfn = home.child("f");
            register(services.alice, services.file(lfn, "CERN-disk"));
            assertThat(services.in(it -> it.catalog.remove(it.alice, List.of(lfn)))
                            .success())
                    .containsEntry(lfn, true);
            assertThat(services.in(it -> it.catalog.remove(it.alice, List.of(lfn)))
                            .success())
                    .containsEntry(lfn, false);
            assertThat(below(home)).isEqualTo(new CatalogUse(Amount.NOTHING, Map.of()));
        }

        @Test
        void looksForAStrangerAsIfThereWereNothing() {
            Lfn lfn = home.child("f");
            register(services.alice, services.file(lfn, "CERN-disk"));
            assertThat(services.in(it -> it.catalog.remove(it.stranger, List.of(lfn)))
                            .success())
                    .containsEntry(lfn, false);
            for (Lfn foreign : List.of(lfn, home, services.lfn("nothing"))) {
                Problem missing = new Problem(ErrorCode.NOT_FOUND, "No such file or directory: " + foreign);
                assertThat(services.in(it -> it.reading.entries(it.stranger, List.of(foreign)))
                                .failed())
                        .containsEntry(foreign, missing);
                assertThat(services.in(it -> it.reading.replicas(it.stranger, List.of(foreign), true))
                                .failed())
                        .containsEntry(foreign, missing);
                assertThat(services.in(it -> it.usage.below(it.stranger, List.of(foreign)))
                                .failed())
                        .containsEntry(foreign, missing);
                assertThat(services.in(it -> it.tree.change(it.stranger, Map.of(foreign, mode(0777)), true))
                                .failed())
                        .containsEntry(foreign, missing);
                assertThat(services.in(it -> it.tree.move(it.stranger, Map.of(foreign, new Lfn(foreign + "x"))))
                                .failed())
                        .containsEntry(foreign, missing);
                assertThat(services.in(it -> it.reading.access(it.stranger, List.of(foreign)))
                                .success())
                        .containsEntry(foreign, new EffectiveAccess(false, false, false));
            }
            assertThatThrownBy(() -> list(services.stranger, home)).isInstanceOf(NoSuchLfn.class);
            assertThat(entry(services.alice, lfn).lfn()).isEqualTo(lfn);
        }

        @Test
        void refusesAFullDirectoryAndTakesATree() {
            Lfn sub = home.child("a").child("b");
            register(services.alice, services.file(sub.child("f"), "CERN-disk"));
            assertThat(services.in(it -> it.tree.removeDirectories(it.alice, List.of(sub, home.child("a"))))
                            .failed())
                    .containsOnlyKeys(sub, home.child("a"));
            services.in(it -> it.catalog.remove(it.alice, List.of(sub.child("f"))));
            assertThat(services.in(it -> it.tree.removeDirectories(it.alice, List.of(home.child("a"), sub)))
                            .success())
                    .containsEntry(sub, true)
                    .containsEntry(home.child("a"), true);
            fold();
            assertThat(below(home)).isEqualTo(new CatalogUse(Amount.NOTHING, Map.of()));
        }
    }

    @Nested
    class Moving {

        @Test
        void takesAllBelowAndTheUsageAlong() {
            Lfn from = home.child("from");
            Lfn to = home.child("to");
            register(
                    services.alice,
                    services.movable(from.child("x").child("f"), 10, "CERN-disk"),
                    services.movable(from.child("g"), 10, "CERN-disk"));
            fold();
            register(services.alice, services.movable(from.child("x").child("h"), 10, "CERN-disk"));
            services.in(it -> it.tree.makeDirectories(it.alice, List.of(to)));
            assertThat(services.in(it -> it.tree.move(it.alice, Map.of(from, to.child("there"))))
                            .failed())
                    .isEmpty();
            assertThat(entry(services.alice, to.child("there").child("x").child("f"))
                            .file())
                    .isPresent();
            assertThat(services.in(it -> it.reading.entries(it.alice, List.of(from)))
                            .failed())
                    .containsOnlyKeys(from);
            for (int folded = 0; folded < 2; folded++) {
                assertThat(below(to).files()).isEqualTo(new Amount(3, 30));
                assertThat(below(home).files()).isEqualTo(new Amount(3, 30));
                fold();
            }
            assertThat(owners(services.alice))
                    .containsExactly(new OwnerUse(
                            "alice", "users", new CatalogUse(new Amount(3, 30), Map.of(CERN, new Amount(3, 30)))));
        }

        @Test
        void letsNoOtherVoCarryFilesAway() {
            Lfn shared = home.child("shared");
            Lfn file = shared.child("f");
            Lfn directory = shared.child("d");
            register(services.alice, services.file(file, "CERN-disk"));
            services.in(it -> it.tree.makeDirectories(it.alice, List.of(directory)));
            Acl acl = Acl.of(List.of("vo:" + services.otherVo + ":rwx"));
            services.in(it -> it.tree.change(it.alice, Map.of(shared, lists(acl)), true));
            Lfn theirs = new Lfn("/" + services.otherVo + "/user/a/alice");
            services.in(it -> it.tree.makeDirectories(it.stranger, List.of(theirs)));
            for (Lfn from : List.of(file, directory)) {
                assertThat(services.in(it -> it.tree.move(it.stranger, Map.of(from, theirs.child("stolen"))))
                                .failed())
                        .containsEntry(from, new Problem(ErrorCode.FORBIDDEN, "Permission denied: " + from));
                assertThat(entry(services.alice, from).lfn()).isEqualTo(from);
            }
        }

        @Test
        void countsThePartsBelow() {
            Lfn deep = home.child("deep");
            Lfn bottom = deep;
            while (bottom.ancestors().size() < Lfn.DEEPEST - 1) {
                bottom = bottom.child("x");
            }
            register(services.alice, services.file(bottom.child("f"), "CERN-disk"));
            services.in(it -> it.tree.makeDirectories(it.alice, List.of(home.child("d"))));
            assertThat(services.in(it -> it.tree.move(
                                    it.alice, Map.of(deep, home.child("d").child("deep"))))
                            .failed()
                            .get(deep)
                            .detail())
                    .contains("would have 33 parts");
        }

        @Test
        void givesAFileAnotherName() {
            register(
                    services.alice,
                    services.movable(home.child("f"), 10, "CERN-disk"),
                    services.movable(home.child("h"), 10, "CERN-disk"));
            assertThat(services.in(it -> it.tree.move(it.alice, Map.of(home.child("f"), home.child("g"))))
                            .success())
                    .containsEntry(home.child("f"), home.child("g"));
            assertThat(services.in(it -> it.tree.move(it.alice, Map.of(home.child("h"), home.child("g"))))
                            .failed())
                    .containsEntry(home.child("h"), new Problem(ErrorCode.CONFLICT, home.child("g") + " exists"));
            assertThat(list(services.alice, home))
                    .extracting(CatalogEntry::lfn)
                    .containsExactly(home.child("g"), home.child("h"));
        }

        @Test
        void refusesWhatIsStoredUnderItsLfn() {
            Lfn from = home.child("from");
            Lfn file = from.child("x").child("f");
            register(
                    services.alice,
                    services.movable(file, 10, "CERN-disk"),
                    services.movable(from.child("g"), 10, "CERN-disk"));
            services.in(it ->
                    it.catalog.addReplicas(it.alice, Map.of(file, List.of(NewReplica.at(new SeName("RAL-tape"))))));
            String why = " has replicas that are stored under this LFN, and their bytes cannot be moved yet";
            assertThat(services.in(it -> it.tree.move(it.alice, Map.of(from, home.child("to"))))
                            .failed())
                    .containsEntry(from, new Problem(ErrorCode.CONFLICT, from + " cannot be moved: " + file + why));
            assertThat(services.in(it -> it.tree.move(it.alice, Map.of(file, home.child("f"))))
                            .failed())
                    .containsEntry(file, new Problem(ErrorCode.CONFLICT, file + " cannot be moved: it" + why));
            services.in(it -> it.catalog.removeReplicas(it.alice, Map.of(file, List.of(new SeName("RAL-tape")))));
            assertThat(services.in(it -> it.tree.move(it.alice, Map.of(from, home.child("to"))))
                            .failed())
                    .isEmpty();
        }

        @Test
        void refusesItselfOtherVosAndMissingDirectories() {
            Lfn d = home.child("d");
            services.in(it -> it.tree.makeDirectories(it.alice, List.of(d)));
            List<Lfn> targets = List.of(
                    d.child("e"),
                    new Lfn("/" + services.otherVo + "/user/a/alice/d"),
                    home.child("no").child("where"),
                    services.lfn("user/b/d"));
            for (Lfn target : targets) {
                assertThat(services.in(it -> it.tree.move(it.alice, Map.of(d, target)))
                                .failed())
                        .as("to %s", target)
                        .containsOnlyKeys(d);
            }
        }
    }

    @Nested
    class Listing {

        @Test
        void goesPageByPageThroughDirectoriesAndFiles() {
            List<NewFile> files = new ArrayList<>();
            for (int number = 0; number < 30; number++) {
                files.add(services.file(home.child("f%02d".formatted(number)), "CERN-disk"));
                files.add(services.file(home.child("d%02d".formatted(number)).child("f"), "CERN-disk"));
            }
            services.in(it -> it.catalog.register(it.alice, files));
            List<String> names = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                PageRequest request = new PageRequest(7, cursor);
                Page<CatalogEntry> page = services.in(it -> it.reading.list(it.bob, home, true, request));
                page.items().forEach(entry -> names.add(entry.lfn().name()));
                cursor = page.next();
            } while (cursor.isPresent());
            assertThat(names).hasSize(60).doesNotHaveDuplicates().isSorted();
        }

        @Test
        void showsEachVoItsOwnAtTheRoot() {
            register(services.alice, services.file(home.child("f"), "CERN-disk"));
            register(
                    services.stranger, services.file(new Lfn("/" + services.otherVo + "/user/a/alice/f"), "CERN-disk"));
            assertThat(list(services.alice, Lfn.ROOT))
                    .extracting(CatalogEntry::lfn)
                    .containsExactly(new Lfn("/" + services.vo));
        }

        @Test
        void refusesAForgedCursor() {
            register(services.alice, services.file(home.child("f"), "CERN-disk"));
            assertThatThrownBy(() -> services.in(
                            it -> it.reading.list(it.alice, home, false, new PageRequest(1, Optional.of("'; drop")))))
                    .isInstanceOf(InvalidRequest.class);
        }
    }

    @Nested
    class Changing {

        @Test
        void closesADirectoryToOthers() {
            Lfn lfn = home.child("f");
            register(services.alice, services.file(lfn, "CERN-disk"));
            assertThat(services.in(it -> it.tree.change(it.bob, Map.of(home, mode(0777)), false))
                            .failed())
                    .containsOnlyKeys(home);
            assertThat(services.in(it -> it.tree.change(it.alice, Map.of(home, mode(0700)), true))
                            .success())
                    .containsEntry(home, 2);
            assertThatThrownBy(() -> list(services.bob, home)).isInstanceOf(Forbidden.class);
            assertThat(services.in(it -> it.reading.entries(it.bob, List.of(lfn)))
                            .failed())
                    .containsEntry(lfn, new Problem(ErrorCode.FORBIDDEN, "Permission denied: " + lfn));
            assertThat(list(services.admin, home)).hasSize(1);
        }

        @Test
        void keepsAClosedDirectoryClosedForWhatComesLater() {
            services.in(it -> it.tree.makeDirectories(it.alice, List.of(home)));
            services.in(it -> it.tree.change(it.alice, Map.of(home, mode(0700)), false));
            Lfn lfn = home.child("d").child("f");
            register(services.alice, services.file(lfn, "CERN-disk"));
            assertThat(entry(services.alice, lfn).ownership().mode()).isEqualTo(0700);
            assertThat(entry(services.alice, home.child("d")).ownership().mode())
                    .isEqualTo(0700);
            assertThat(services.in(it -> it.reading.replicas(it.bob, List.of(lfn), true))
                            .failed())
                    .containsEntry(lfn, new Problem(ErrorCode.FORBIDDEN, "Permission denied: " + lfn));
            NewFile open = services.file(home.child("open"), "CERN-disk");
            register(
                    services.alice,
                    new NewFile(
                            open.lfn(),
                            open.size(),
                            open.checksums(),
                            open.guid(),
                            OptionalInt.of(0775),
                            open.replicas(),
                            open.ancestors()));
            assertThat(entry(services.alice, open.lfn()).ownership().mode()).isEqualTo(0775);
        }

        @Test
        void takesTheLongestList() {
            List<String> entries = new ArrayList<>();
            for (int entry = 0; entry < 32; entry++) {
                // digits that do not compress to what an index takes
                String digits = new Random(entry)
                        .ints(100, 0, 26)
                        .mapToObj(letter -> "" + (char) ('a' + letter))
                        .collect(Collectors.joining());
                entries.add("group:" + services.vo + "/" + digits + ":r--");
            }
            Acl acl = Acl.of(entries);
            services.in(it -> it.tree.makeDirectories(it.alice, List.of(home)));
            for (int time = 0; time < 2; time++) {
                assertThat(services.in(it -> it.tree.change(it.alice, Map.of(home, lists(acl)), false))
                                .success())
                        .containsEntry(home, 1);
            }
            assertThat(entry(services.alice, home).ownership().acl()).isEqualTo(acl);
        }

        @Test
        void countsFilesOfTheLargestSize() {
            List<NewFile> files = new ArrayList<>();
            for (int number = 0; number < 1000; number++) {
                files.add(services.file(home.child("f" + number), NewFile.LARGEST, "CERN-disk"));
            }
            services.in(it -> it.catalog.register(it.alice, files));
            services.database.query(
                    "insert into dms.usage_delta (directory, owner, owner_group, se, files, bytes)"
                            + " select directory, owner, owner_group, se, files * 10, bytes * 10 from dms.usage_delta"
                            + " where directory = (select id from dms.directory where path = '%s')",
                    home);
            for (int folded = 0; folded < 2; folded++) {
                assertThat(below(home).files()).isEqualTo(new Amount(11_000, Long.MAX_VALUE));
                assertThat(owners(services.alice).get(0).use().files().bytes()).isEqualTo(Long.MAX_VALUE);
                fold();
            }
            assertThatThrownBy(() -> services.file(home.child("g"), NewFile.LARGEST + 1, "CERN-disk"))
                    .isInstanceOf(InvalidRequest.class);
        }

        @Test
        void letsAnotherVoInByAnAccessList() {
            Lfn shared = home.child("shared");
            register(services.alice, services.file(shared.child("old"), "CERN-disk"));
            Acl acl = Acl.of(List.of("vo:" + services.otherVo + ":r-x"));
            services.in(it -> it.tree.change(it.alice, Map.of(shared, lists(acl)), true));
            register(services.alice, services.file(shared.child("new"), "CERN-disk"));
            assertThat(list(services.stranger, shared)).hasSize(2);
            assertThat(replicas(services.stranger, shared.child("new"))).hasSize(1);
            assertThat(replicas(services.stranger, shared.child("old"))).hasSize(1);
            assertThat(services.in(it -> it.catalog.remove(it.stranger, List.of(shared.child("new"))))
                            .success())
                    .containsEntry(shared.child("new"), false);
            assertThat(entry(services.alice, shared.child("new")).ownership().acl())
                    .isEqualTo(acl);
        }

        @Test
        void givesAwayOnlyWhatAnAdministratorGives() {
            Lfn lfn = home.child("f");
            register(services.alice, services.file(lfn, "CERN-disk"));
            CatalogChange toBob = new CatalogChange(
                    Optional.of(new UserName("bob")),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty());
            assertThat(services.in(it -> it.tree.change(it.alice, Map.of(lfn, toBob), false))
                            .failed())
                    .containsOnlyKeys(lfn);
            fold();
            services.in(it -> it.tree.change(it.admin, Map.of(home, toBob), true));
            assertThat(owners(services.admin)).extracting(OwnerUse::owner).containsExactly("bob");
        }
    }

    private BulkResult<Lfn, RegisteredFile> register(Caller caller, NewFile... files) {
        return services.in(it -> it.catalog.register(caller, List.of(files)));
    }

    private CatalogEntry entry(Caller caller, Lfn lfn) {
        BulkResult<Lfn, CatalogEntry> result = services.in(it -> it.reading.entries(caller, List.of(lfn)));
        assertThat(result.failed()).isEmpty();
        return result.success().get(lfn);
    }

    private List<Replica> replicas(Caller caller, Lfn lfn) {
        BulkResult<Lfn, List<Replica>> result = services.in(it -> it.reading.replicas(caller, List.of(lfn), false));
        assertThat(result.failed()).isEmpty();
        return result.success().get(lfn);
    }

    private List<CatalogEntry> list(Caller caller, Lfn directory) {
        return services.in(it -> it.reading.list(caller, directory, false, new PageRequest(100, Optional.empty())))
                .items();
    }

    private Map<Lfn, Integer> relatives(Lfn lfn, boolean descendants) {
        return services.in(it -> it.reading.relatives(it.bob, List.of(lfn), descendants, 10))
                .success()
                .get(lfn);
    }

    private CatalogUse below(Lfn directory) {
        return services.in(it -> it.usage.below(it.alice, List.of(directory)))
                .success()
                .get(directory);
    }

    private List<OwnerUse> owners(Caller caller) {
        return services.in(it -> it.usage.ofOwners(caller));
    }

    private void fold() {
        services.in(it -> it.usage.fold(it.agent, 10_000));
    }

    private static CatalogChange lists(Acl acl) {
        return new CatalogChange(
                Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.of(acl), Optional.of(acl));
    }

    private static CatalogChange mode(int mode) {
        return new CatalogChange(
                Optional.empty(), Optional.empty(), OptionalInt.of(mode), Optional.empty(), Optional.empty());
    }

    private NewFile madeOf(Lfn lfn, Lfn ancestor) {
        NewFile file = services.file(lfn, "CERN-disk");
        return new NewFile(
                lfn, file.size(), file.checksums(), file.guid(), file.mode(), file.replicas(), List.of(ancestor));
    }

    private NewFile withGuid(Lfn lfn, UUID guid) {
        NewFile file = services.file(lfn, "CERN-disk");
        return new NewFile(
                lfn, file.size(), file.checksums(), Optional.of(guid), file.mode(), file.replicas(), List.of());
    }
}
