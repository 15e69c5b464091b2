/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.NewReplica;
import org.diracee.dms.catalog.boundary.Quota;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SeName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DataOperationsIT {

    private static final SeName A = new SeName("A");
    private static final SeName B = new SeName("B");

    private final DataServices data = new DataServices();
    private final Lfn lfn = data.dms.lfn("user/a/alice/f");

    @Nested
    class Uploading {

        @Test
        void registersWhatArrivedAndAnswersARepeatTheSame() {
            PlannedUpload plan = data.plan(lfn, "hello", "A");
            long id = plan.id().orElseThrow();
            assertThat(data.uploads
                            .commit(data.alice, List.of(id))
                            .failed()
                            .get(id)
                            .code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
            data.receive(id, "hello");
            assertThat(data.entry(lfn)).isEmpty();
            assertThat(data.uploads.commit(data.alice, List.of(id)).success()).containsEntry(id, lfn);
            assertThat(data.uploads.commit(data.alice, List.of(id)).success()).containsEntry(id, lfn);
            assertThat(data.replicas(lfn)).containsExactly("A");
            assertThat(data.plan(lfn, "hello", "A").id()).isEmpty();
            assertThat(data.uploads
                            .plan(data.alice, List.of(DataServices.offer(lfn, "other", "A")))
                            .failed()
                            .get(lfn)
                            .detail())
                    .endsWith("another checksum");
            data.workForWeeks();
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void goesToTheFirstStorageElementThatTakesIt() {
            data.storage.away("C", true);
            assertThat(data.plan(lfn, "hello", "").se()).isEqualTo(B);
        }

        @Test
        void removesWhatArrivedOtherThanAnnounced() {
            data.storage.accessExpires = Optional.of(data.clock.instant().plus(Duration.ofMinutes(10)));
            long id = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.storage.put("A", lfn, "hullo");
            assertThat(data.uploads
                            .commit(data.alice, List.of(id))
                            .failed()
                            .get(id)
                            .detail())
                    .startsWith(lfn + " arrived at A with another checksum than announced");
            assertThat(data.storage.content("A", lfn)).isEmpty();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.FAILED);
            data.storage.put("A", lfn, "late, by the leave that is still good");
            data.workForWeeks();
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void readsWhatTheStorageElementTellsNoChecksumOf() {
            data.storage.tellsChecksums = false;
            data.storage.accessExpires = Optional.of(data.clock.instant().plus(Duration.ofMinutes(10)));
            long id = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.storage.put("A", lfn, "hullo");
            assertThat(data.uploads
                            .commit(data.alice, List.of(id))
                            .failed()
                            .get(id)
                            .detail())
                    .startsWith(lfn + " arrived at A with another checksum than announced");
            assertThat(data.storage.content("A", lfn)).isEmpty();

            long second = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.storage.put("A", lfn, "hello");
            assertThat(data.uploads.commit(data.alice, List.of(second)).success())
                    .containsEntry(second, lfn);
        }

        @Test
        void aLateLookSparesTheNextUpload() {
            data.storage.accessExpires = Optional.of(data.clock.instant().plus(Duration.ofMinutes(10)));
            long first = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.storage.put("A", lfn, "hullo");
            data.uploads.commit(data.alice, List.of(first));
            long second = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.storage.put("A", lfn, "hello");
            data.clock.advance(Duration.ofHours(2));
            data.work();
            assertThat(data.storage.content("A", lfn)).contains("hello");
            assertThat(data.uploads.commit(data.alice, List.of(second)).failed())
                    .isEmpty();
            data.workForWeeks();
            data.requireConsistent(List.of(lfn));
            assertThat(data.replicas(lfn)).containsExactly("A");
        }

        @Test
        void cleansUpWhatIsNotCommitted() {
            long id = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.receive(id, "hello");
            data.workForWeeks();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.EXPIRED);
            data.requireConsistent(List.of(lfn));
            assertThat(data.uploads
                            .commit(data.alice, List.of(id))
                            .failed()
                            .get(id)
                            .detail())
                    .contains("Expired");
        }

        @Test
        void theSameOfferIsTheSameUploadAndAnotherIsTold() {
            long id = data.plan(lfn, "hello", "A").id().orElseThrow();
            assertThat(data.plan(lfn, "hello", "A").id()).hasValue(id);
            assertThat(problem(data.alice, "hullo", "B").detail()).contains("your operation " + id);
            assertThat(data.dms
                            .in(it -> it.tree.makeDirectories(
                                    data.alice,
                                    List.of(Objects.requireNonNull(lfn.parent().orElse(null)))))
                            .failed())
                    .isEmpty();
            assertThat(problem(data.dms.admin, "hello", "A"))
                    .isEqualTo(new Problem(
                            ErrorCode.CONFLICT,
                            lfn + " is being uploaded or removed by another operation; try again later"));
            assertThat(data.uploads
                            .commit(data.dms.bob, List.of(id))
                            .failed()
                            .get(id)
                            .code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }

        @Test
        void refusesWhoMayNotWriteThereAndWhatLiesThereUnknown() {
            assertThat(problem(data.dms.bob, "hello", "A").code()).isEqualTo(ErrorCode.FORBIDDEN);
            data.storage.put("A", lfn, "dark");
            assertThat(problem(data.alice, "hello", "A").detail()).contains("though the catalogue does not have it");
            assertThat(problem(data.alice, "hello", "AliasOfA").detail()).contains("at A already");
            assertThat(problem(data.alice, "hello", "Nowhere").detail()).contains("no storage element Nowhere");
            data.workForWeeks();
            assertThat(data.storage.content("A", lfn)).contains("dark");
        }

        @Test
        void asksTheQuotasBeforeAnyByteMoves() {
            data.dms.in(it -> it.quotas.set(
                    it.admin, new Quota(Quota.Kind.USER, "alice", OptionalLong.empty(), OptionalLong.of(5))));
            assertThat(problem(data.alice, "longer", "A").code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
            data.upload(lfn, "hello", "A");
            assertThat(data.plan(lfn, "hello", "A").id()).isEmpty();
        }

        @Test
        void leavesNothingOpenWhereNobodyMayWrite() {
            data.storage.refusesAccess = true;
            assertThat(problem(data.alice, "hello", "A").detail()).contains("no leave");
            data.storage.refusesAccess = false;
            assertThat(data.plan(lfn, "hello", "B").se()).isEqualTo(B);
        }

        @Test
        void removesWhatComesAfterTheFileIsGoneAgain() {
            data.storage.accessExpires = Optional.of(data.clock.instant().plus(Duration.ofMinutes(10)));
            long id = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.storage.put("A", lfn, "hello");
            assertThat(data.uploads.commit(data.alice, List.of(id)).failed()).isEmpty();
            data.in(() -> data.removals.removeFiles(data.alice, List.of(lfn)));
            data.work();
            data.storage.put("A", lfn, "hello");
            data.workForWeeks();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.DONE);
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void looksLateOnlyWhenNoOtherUploadIsOpen() {
            data.storage.accessExpires = Optional.of(data.clock.instant().plus(Duration.ofMinutes(10)));
            long first = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.in(() -> data.list.cancel(data.alice, first));
            data.work();
            data.storage.accessExpires = Optional.empty();
            long second = data.plan(lfn, "hello", "B").id().orElseThrow();
            data.storage.put("A", lfn, "late");
            data.clock.advance(Duration.ofHours(2));
            data.work();
            data.receive(second, "hello");
            assertThat(data.uploads.commit(data.alice, List.of(second)).failed())
                    .isEmpty();
            data.workForWeeks();
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void theLoserNeverTakesTheWinnersFile() {
            long id = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.receive(id, "hello");
            // somebody registers the LFN past us, elsewhere
            data.dms.in(it -> it.catalog.register(data.alice, List.of(it.file(lfn, 5, "B"))));
            data.storage.put("B", lfn, "other");
            assertThat(data.uploads
                            .commit(data.alice, List.of(id))
                            .failed()
                            .get(id)
                            .detail())
                    .contains("already registered");
            assertThat(data.storage.content("A", lfn)).isEmpty();
            assertThat(data.storage.content("B", lfn)).contains("other");
        }

        @Test
        void takesAJobForItsOwner() {
            Caller.Job job = new Caller.Job(
                    new JobId(42),
                    1,
                    new PilotStamp("pilot-1"),
                    data.alice.username(),
                    data.alice.group(),
                    data.dms.vo);
            long id = data.uploads
                    .plan(job, List.of(DataServices.offer(lfn, "hello", "A")))
                    .success()
                    .get(lfn)
                    .id()
                    .orElseThrow();
            data.receive(id, "hello");
            assertThat(data.uploads.commit(job, List.of(id)).failed()).isEmpty();
            assertThat(data.entry(lfn).orElseThrow().file().orElseThrow().job()).contains(new JobId(42));
        }

        @Test
        void canBeCancelledAndBegunAnew() {
            long id = data.plan(lfn, "hello", "A").id().orElseThrow();
            data.receive(id, "hello");
            data.in(() -> data.list.cancel(data.alice, id));
            data.work();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.CANCELLED);
            assertThat(data.storage.content("A", lfn)).isEmpty();
            data.upload(lfn, "hullo", "A");
            assertThatThrownBy(() -> data.in(() -> data.list.cancel(data.dms.bob, id)))
                    .isInstanceOf(Refused.class);
        }

        private Problem problem(Caller caller, String content, String se) {
            return Objects.requireNonNull(data.uploads
                    .plan(caller, List.of(DataServices.offer(lfn, content, se)))
                    .failed()
                    .get(lfn));
        }
    }

    @Nested
    class Removing {

        @Test
        void takesTheFileWithAllItsReplicas() {
            data.upload(lfn, "hello", "A");
            replicate(B, false);
            data.work();
            assertThat(data.replicas(lfn)).containsExactly("A", "B");
            assertThat(remove().success().get(lfn)).hasSize(2);
            assertThat(data.entry(lfn).orElseThrow().file().orElseThrow().status())
                    .isEqualTo(CatalogStatus.REMOVING);
            assertThat(remove().success().get(lfn)).hasSize(2);
            data.work();
            assertThat(data.entry(lfn)).isEmpty();
            data.requireConsistent(List.of(lfn));
            assertThat(remove().failed().get(lfn).code()).isEqualTo(ErrorCode.NOT_FOUND);
            data.upload(lfn, "hullo", "A");
        }

        @Test
        void goesOnWhenTheStorageElementIsBack() {
            data.upload(lfn, "hello", "A");
            data.storage.away("A", true);
            long id = Objects.requireNonNull(remove().success().get(lfn)).get(0);
            data.work();
            assertThat(data.operation(id).failure()).contains("A is away");
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.WAITING);
            data.storage.away("A", false);
            data.clock.advance(Duration.ofHours(1));
            data.work();
            assertThat(data.entry(lfn)).isEmpty();
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void takesWhatIsNotThereForRemoved() {
            data.upload(lfn, "hello", "A");
            data.storage.files(A).clear();
            remove();
            data.work();
            assertThat(data.entry(lfn)).isEmpty();
        }

        @Test
        void keepsTheOnlyReplica() {
            data.upload(lfn, "hello", "A");
            assertThat(removeReplica(A).failed().get(lfn).detail()).contains("the only good one");
            assertThat(removeReplica(B).failed().get(lfn).detail()).contains("no replica at B");
            replicate(B, false);
            data.work();
            assertThat(removeReplica(A).failed()).isEmpty();
            assertThat(removeReplica(B).failed().get(lfn).detail()).contains("the only good one");
            data.work();
            assertThat(data.replicas(lfn)).containsExactly("B");
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void canBeCancelledBeforeItBegins() {
            data.upload(lfn, "hello", "A");
            long id = Objects.requireNonNull(remove().success().get(lfn)).get(0);
            data.in(() -> data.list.cancel(data.alice, id));
            data.work();
            assertThat(data.entry(lfn).orElseThrow().file().orElseThrow().status())
                    .isEqualTo(CatalogStatus.APRIORI_GOOD);
            assertThat(data.replicas(lfn)).containsExactly("A");
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void takesAnAliasForNoPlaceOfItsOwn() {
            data.upload(lfn, "hello", "A");
            SeName alias = new SeName("AliasOfA");
            data.dms.in(it -> it.catalog.addReplicas(data.alice, Map.of(lfn, List.of(NewReplica.at(alias)))));
            assertThat(removeReplica(alias).failed().get(lfn).detail()).contains("the only good one");
            replicate(B, false);
            data.work();
            assertThat(removeReplica(alias).failed()).isEmpty();
            data.work();
            assertThat(data.replicas(lfn)).containsExactly("B");
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void leavesAloneWhatGotTheNameSince() {
            data.upload(lfn, "hello", "A");
            remove();
            data.dms.in(it -> it.catalog.remove(data.alice, List.of(lfn)));
            data.dms.in(it -> it.catalog.register(data.alice, List.of(it.file(lfn, 5, "A"))));
            data.work();
            assertThat(data.replicas(lfn)).containsExactly("A");
            assertThat(data.storage.content("A", lfn)).contains("hello");
        }

        @Test
        void hidesNothingWhereSomethingElseIsOpen() {
            data.upload(lfn, "hello", "A");
            replicate(B, false);
            data.work();
            data.in(() -> data.replications.replicate(data.alice, List.of(lfn), B, Optional.of(A), true));
            assertThat(removeReplica(B).failed().get(lfn).detail()).contains("Something else");
            assertThat(remove().failed().get(lfn).detail()).contains("Something else");
            data.work();
            assertThat(data.replicas(lfn)).containsExactly("B");
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void isRefusedToOthers() {
            data.upload(lfn, "hello", "A");
            BulkResult<Lfn, List<Long>> result =
                    data.in(() -> data.removals.removeFiles(data.dms.stranger, List.of(lfn)));
            assertThat(result.failed().get(lfn).code()).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(data.in(() -> data.removals.removeFiles(data.dms.carol, List.of(lfn)))
                            .failed())
                    .containsKey(lfn);
        }
    }

    @Nested
    class Replicating {

        @Test
        void triesTheNextSourceAndLeavesNothingOfACorruptOne() {
            data.upload(lfn, "hello", "A");
            replicate(B, false);
            data.work();
            data.storage.put("A", lfn, "hullo");
            replicate(new SeName("C"), false);
            data.work();
            assertThat(data.storage.content("C", lfn)).contains("hello");
            assertThat(data.replicas(lfn)).containsExactly("A", "B", "C");
            assertThat(data.checks.check(data.alice, List.of(lfn)).success().get(lfn))
                    .extracting(CheckedReplica::finding)
                    .containsExactly(
                            CheckedReplica.Finding.OTHER_CHECKSUM,
                            CheckedReplica.Finding.GOOD,
                            CheckedReplica.Finding.GOOD);
        }

        @Test
        void failsCleanlyIfNoSourceIsWhole() {
            data.upload(lfn, "hello", "A");
            data.storage.put("A", lfn, "hullo");
            long id = replicate(B, false);
            data.work();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.FAILED);
            assertThat(data.operation(id).failure().orElseThrow()).contains("other content");
            assertThat(data.storage.content("B", lfn)).isEmpty();
            assertThat(data.replicas(lfn)).containsExactly("A");
        }

        @Test
        void movesBySayingTheSource() {
            data.upload(lfn, "hello", "A");
            data.in(() -> data.replications.replicate(data.alice, List.of(lfn), B, Optional.of(A), true));
            data.work();
            assertThat(data.replicas(lfn)).containsExactly("B");
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void keepsTheSourceOfAMoveIfTheTargetLostItsCopy() {
            data.upload(lfn, "hello", "A");
            replicate(B, false);
            data.work();
            data.storage.files(B).clear();
            long id = Objects.requireNonNull(data.in(() ->
                                    data.replications.replicate(data.alice, List.of(lfn), B, Optional.of(A), true))
                            .success()
                            .get(lfn))
                    .get(0);
            data.work();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.FAILED);
            assertThat(data.replicas(lfn)).containsExactly("A", "B");
            assertThat(data.storage.content("A", lfn)).contains("hello");
        }

        @Test
        void registersNoCopyOfWhatHadTheNameBefore() {
            data.upload(lfn, "hello", "A");
            long id = replicate(B, false);
            data.storage.afterCopy = () -> {
                data.storage.afterCopy = () -> {};
                data.dms.in(it -> it.catalog.remove(data.alice, List.of(lfn)));
                data.storage.put("A", lfn, "other");
                data.dms.in(it -> it.catalog.register(data.alice, List.of(it.file(lfn, 5, "A"))));
            };
            data.work();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.FAILED);
            assertThat(data.replicas(lfn)).containsExactly("A");
            assertThat(data.storage.content("B", lfn)).isEmpty();
        }

        @Test
        void waitsForAStorageElementThatIsAway() {
            data.upload(lfn, "hello", "A");
            data.storage.away("B", true);
            long id = replicate(B, false);
            data.work();
            assertThat(data.operation(id).failure().orElseThrow()).contains("B is away");
            data.storage.away("B", false);
            data.clock.advance(Duration.ofMinutes(5));
            data.work();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.DONE);
        }

        @Test
        void givesUpForAFileThatIsRemovedMeanwhile() {
            data.upload(lfn, "hello", "A");
            replicate(B, false);
            remove();
            data.work();
            assertThat(data.entry(lfn)).isEmpty();
            data.requireConsistent(List.of(lfn));
        }

        @Test
        void neverTouchesWhatLiesThereUnknown() {
            data.upload(lfn, "hello", "A");
            data.storage.put("B", lfn, "dark");
            long id = replicate(B, false);
            data.work();
            assertThat(data.operation(id).state()).isEqualTo(DataOperationState.FAILED);
            assertThat(data.storage.content("B", lfn)).contains("dark");
        }
    }

    @Test
    void tellsTheAuditLogWhoHadWhichFile() {
        data.upload(lfn, "hello", "A");
        data.storage.accessExpires = Optional.of(data.clock.instant().plus(Duration.ofMinutes(10)));
        data.downloads.offer(data.alice, List.of(lfn), Optional.empty());
        data.downloads.offer(data.dms.stranger, List.of(lfn), Optional.empty());
        data.in(() -> data.removals.removeFiles(data.alice, List.of(lfn)));

        assertThat(data.dms.database.query(
                        "select act, username, vo, detail from framework.audit where target = '%s' order by id",
                        "lfn:" + lfn))
                .containsExactly(
                        List.of("data-upload", "alice", data.dms.vo.text(), "at A"),
                        List.of("data-read", "alice", data.dms.vo.text(), "at A"),
                        List.of("data-removal", "alice", data.dms.vo.text(), "at A"));
    }

    @Test
    void offersDownloadsAndKeepsThemFromStrangers() throws Exception {
        data.upload(lfn, "hello", "A");
        OfferedReplicas offered = Objects.requireNonNull(data.downloads
                .offer(data.alice, List.of(lfn), Optional.empty())
                .success()
                .get(lfn));
        assertThat(offered.sources()).extracting(OfferedReplicas.Source::se).containsExactly(A);
        try (var content = data.downloads.open(data.alice, lfn, A, 0, OptionalLong.empty())) {
            assertThat(new String(content.content().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
        }
        assertThat(data.downloads
                        .offer(data.dms.stranger, List.of(lfn), Optional.empty())
                        .failed())
                .containsKey(lfn);
        assertThatThrownBy(() -> data.downloads.size(data.dms.stranger, lfn, A)).isInstanceOf(Refused.class);
        data.storage.away("A", true);
        assertThat(data.downloads
                        .offer(data.alice, List.of(lfn), Optional.empty())
                        .failed()
                        .get(lfn)
                        .detail())
                .contains("A is away");
    }

    @Test
    void listsTheOwnersOperationsInPages() {
        for (int number = 0; number < 3; number++) {
            data.upload(lfn.parent().orElseThrow().child("f" + number), "hello", "A");
        }
        var first = data.in(() ->
                data.list.list(data.alice, Optional.empty(), Optional.empty(), new PageRequest(2, Optional.empty())));
        assertThat(first.items()).hasSize(2);
        var rest = data.in(
                () -> data.list.list(data.alice, Optional.empty(), Optional.empty(), new PageRequest(2, first.next())));
        assertThat(rest.items()).extracting(operation -> operation.lfn().name()).containsExactly("f0");
        assertThat(rest.next()).isEmpty();
        assertThat(data.in(() -> data.list.list(
                                data.dms.bob, Optional.empty(), Optional.empty(), new PageRequest(2, Optional.empty())))
                        .items())
                .isEmpty();
    }

    @Nested
    class Crashing {

        @Test
        void anywhereInAnUpload() {
            everywhere((it, file) -> it.upload(file, "hello", "A"));
        }

        @Test
        void anywhereInARemoval() {
            everywhere((it, file) -> {
                it.upload(file, "hello", "A");
                it.in(() -> it.removals.removeFiles(it.alice, List.of(file)));
                it.work();
            });
        }

        @Test
        void anywhereInAMove() {
            everywhere((it, file) -> {
                it.upload(file, "hello", "A");
                it.in(() -> it.replications.replicate(it.alice, List.of(file), B, Optional.of(A), true));
                it.work();
            });
        }

        @Test
        void anywhereWhileSomethingIsWrong() {
            everywhere((it, file) -> {
                it.upload(file, "hello", "A");
                it.storage.put("A", file, "hullo");
                it.in(() -> it.replications.replicate(it.alice, List.of(file), B, Optional.empty(), false));
                it.work();
                it.storage.put("A", file, "hello");
            });
        }

        /** Dies before and after each step once, and lets others go on. */
        private void everywhere(BiConsumer<DataServices, Lfn> scenario) {
            data.crashes.at(-1, false);
            scenario.accept(data, lfn);
            int steps = data.crashes.counted();
            assertThat(steps).isGreaterThan(5);
            for (int step = 0; step < steps; step++) {
                for (boolean afterwards : List.of(false, true)) {
                    Lfn file = lfn.parent().orElseThrow().child("f" + step + afterwards);
                    data.crashes.at(step, afterwards);
                    try {
                        scenario.accept(data, file);
                    } catch (Crashes.Crash | StorageFailure died) {
                        data.storage
                                .content("A", file)
                                .filter("hullo"::equals)
                                .ifPresent(text -> data.storage.put("A", file, "hello"));
                    }
                    data.crashes.at(-1, false);
                    data.workForWeeks();
                    data.requireConsistent(List.of(file));
                }
            }
        }
    }

    private BulkResult<Lfn, List<Long>> remove() {
        return data.in(() -> data.removals.removeFiles(data.alice, List.of(lfn)));
    }

    private BulkResult<Lfn, List<Long>> removeReplica(SeName se) {
        return data.in(() -> data.removals.removeReplicas(data.alice, List.of(lfn), se));
    }

    private long replicate(SeName target, boolean move) {
        BulkResult<Lfn, List<Long>> result =
                data.in(() -> data.replications.replicate(data.alice, List.of(lfn), target, Optional.empty(), move));
        assertThat(result.failed()).isEmpty();
        return Objects.requireNonNull(result.success().get(lfn)).get(0);
    }
}
