/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diracee.wms.sandbox.TestSandboxes.bytes;
import static org.diracee.wms.sandbox.TestSandboxes.sha256;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.MovableClock;
import org.diracee.wms.fixture.WmsDatabase;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.fixture.WmsServices.FixedConfiguration;
import org.diracee.wms.sandbox.TestSandboxes;
import org.diracee.wms.sandbox.control.ArrivedSandbox;
import org.diracee.wms.sandbox.control.OtherAttempt;
import org.diracee.wms.sandbox.control.PresigningStorage;
import org.diracee.wms.sandbox.control.SandboxAnnouncements;
import org.diracee.wms.sandbox.control.SandboxLinks;
import org.diracee.wms.sandbox.control.SandboxNotFound;
import org.diracee.wms.sandbox.control.SandboxRegistry;
import org.diracee.wms.sandbox.control.SandboxSettings;
import org.diracee.wms.sandbox.control.SandboxSpace;
import org.diracee.wms.sandbox.control.SandboxSpaceSettings;
import org.diracee.wms.sandbox.control.SandboxSpaceUsedUp;
import org.diracee.wms.sandbox.control.SandboxStorages;
import org.diracee.wms.sandbox.control.SandboxTooLarge;
import org.diracee.wms.sandbox.control.StoreAway;
import org.diracee.wms.sandbox.control.StoredPage;
import org.diracee.wms.sandbox.control.StreamingStorage;
import org.diracee.wms.sandbox.control.TransferBroken;
import org.diracee.wms.sandbox.control.UnknownJob;
import org.diracee.wms.sandbox.entity.LinkKeyRepository;
import org.diracee.wms.sandbox.entity.Sandbox;
import org.diracee.wms.sandbox.entity.SandboxRepository;
import org.diracee.wms.sandbox.gateway.LocalDirectoryStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxStoreIT {

    private static final Caller.System AGENT = new Caller.System("SandboxCleaningAgent");
    private static final byte[] CONTENT = bytes("an archive");
    private static int vos;

    private final WmsDatabase database = WmsDatabase.shared();
    private final MovableClock clock = new MovableClock();
    private final VoName vo = new VoName("sandbox" + ++vos);
    private final Caller.User alice = user("alice", Property.NORMAL_USER);
    private final Caller.User bob = user("bob", Property.NORMAL_USER);
    private final Caller.User admin = user("root", Property.JOB_ADMINISTRATOR);

    @TempDir
    private Path directory;

    private final WmsServices.SomeSuspended suspended = new WmsServices.SomeSuspended();

    private final FixedConfiguration configuration = new FixedConfiguration();
    private final Bucket bucket = new Bucket();
    private String backend = "directory";
    private SandboxSettings settings;
    private StreamingStorage storage;
    private SandboxRegistry registry;
    private SandboxAnnouncements announcements;
    private SandboxStore store;
    private SandboxTransfers transfers;
    private SandboxCleaning cleaning;

    @BeforeEach
    void wire() {
        limitSpace(Map.of());
        settings = new SandboxSettings(configuration);
        storage = new LocalDirectoryStorage(settings);
        SandboxRepository sandboxes = new SandboxRepository(database.entities());
        LinkKeyRepository keys = new LinkKeyRepository(database.entities());
        SandboxLinks links = new SandboxLinks(keys, clock);
        SandboxSpace space = new SandboxSpace(sandboxes, new SandboxSpaceSettings(configuration));
        SandboxStorages storages = SandboxStorages.of(List.of(storage, bucket), settings);
        registry = new Registry(database, sandboxes, storages, links, keys, space, clock);
        announcements = new SandboxAnnouncements(registry, storages);
        store = new SandboxStore(sandboxes, announcements, storages, links, settings, space, clock);
        transfers = new SandboxTransfers(registry, storages, settings, suspended);
        cleaning = new SandboxCleaning(registry, announcements, storages, settings, clock);
    }

    @Nested
    class Upload {

        @Test
        void storesAnArchiveThatCanBeFetched() throws Exception {
            SandboxPfn pfn = uploaded(alice, CONTENT);
            SignedTransfer link = ours(in(() -> store.download(alice, pfn)));
            try (InputStream content = transfers.open(link).read(0)) {
                assertThat(content.readAllBytes()).isEqualTo(CONTENT);
            }
        }

        @Test
        void needsNoTransferOfWhatIsStored() {
            SandboxPfn pfn = uploaded(alice, CONTENT);
            assertThat(initiated(alice, CONTENT)).isEqualTo(new SandboxUpload(pfn, Optional.empty()));
        }

        @Test
        void takesBackWhatTheDiskLost() {
            SandboxPfn pfn = uploaded(alice, CONTENT);
            storage.remove(pfn);
            assertThat(initiated(alice, CONTENT).transfer()).isPresent();
            assertThat(uploaded(alice, CONTENT)).isEqualTo(pfn);
        }

        @Test
        void keepsTheSameContentOfTwoOwnersApart() {
            assertThat(uploaded(alice, CONTENT)).isNotEqualTo(uploaded(bob, CONTENT));
        }

        @Test
        void registersNothingOfABrokenTransfer() {
            SignedTransfer link = ours(initiated(alice, CONTENT));
            assertThatThrownBy(() -> transfers.receive(link, new ByteArrayInputStream(bytes("AN ARCHIVE"))))
                    .isInstanceOf(TransferBroken.class);
            assertThat(database.value("select count(*) from wms.sandbox where vo = '%s'", vo))
                    .isEqualTo("0");
            assertThat(storage.open(link.pfn())).isEmpty();
        }

        @Test
        void refusesMoreThanTheStoreTakes() {
            SandboxAnnouncement large =
                    new SandboxAnnouncement(sha256(CONTENT), 1024 * 1024 + 1, SandboxFormat.TAR_ZST);
            assertThatThrownBy(() -> in(() -> store.initiate(alice, large)))
                    .isInstanceOf(SandboxTooLarge.class)
                    .hasMessageStartingWith("Sandbox too large: 1048577 bytes announced, at most 1048576");
        }

        @Test
        void givesAJobsArchiveToItsOwner() {
            JobId job = job(alice, 1);
            assertThat(uploaded(wrapper(alice, job, 1), CONTENT)).isEqualTo(uploaded(alice, CONTENT));
        }

        @Test
        void letsManyUploadTheSameAtOnce() throws Exception {
            int uploads = 8;
            CyclicBarrier together = new CyclicBarrier(uploads);
            ExecutorService threads = Executors.newFixedThreadPool(uploads);
            try {
                List<Future<SandboxPfn>> all = new ArrayList<>();
                for (int index = 0; index < uploads; index++) {
                    SignedTransfer link = ours(initiated(alice, CONTENT));
                    all.add(threads.submit(() -> {
                        together.await();
                        transfers.receive(link, new ByteArrayInputStream(CONTENT));
                        return link.pfn();
                    }));
                }
                for (Future<SandboxPfn> upload : all) {
                    upload.get();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(database.value("select count(*) from wms.sandbox where vo = '%s'", vo))
                    .isEqualTo("1");
            assertThat(initiated(alice, CONTENT).transfer()).isEmpty();
        }
    }

    @Nested
    class Links {

        @Test
        void countForExactlyWhatWasSigned() {
            SignedTransfer signed = ours(initiated(alice, CONTENT));
            SandboxPfn other = TestSandboxes.pfn(vo.text(), "bob", CONTENT);
            for (SignedTransfer forged : List.of(
                    forged(signed, other, signed.size(), signed.expires()),
                    forged(signed, signed.pfn(), signed.size() + 1, signed.expires()),
                    forged(signed, signed.pfn(), signed.size(), signed.expires().plusSeconds(1)),
                    new SignedTransfer(
                            TransferDirection.UPLOAD,
                            signed.pfn(),
                            signed.size(),
                            signed.expires(),
                            0,
                            signed.holder(),
                            signed.signature()),
                    new SignedTransfer(
                            TransferDirection.UPLOAD,
                            signed.pfn(),
                            signed.size(),
                            signed.expires(),
                            signed.keyId(),
                            ours(initiated(bob, CONTENT)).holder(),
                            signed.signature()),
                    new SignedTransfer(
                            TransferDirection.UPLOAD,
                            signed.pfn(),
                            signed.size(),
                            signed.expires(),
                            signed.keyId(),
                            signed.holder(),
                            "x"),
                    new SignedTransfer(
                            TransferDirection.UPLOAD,
                            signed.pfn(),
                            signed.size(),
                            signed.expires(),
                            signed.keyId(),
                            signed.holder(),
                            "%"))) {
                assertThatThrownBy(() -> transfers.receive(forged, new ByteArrayInputStream(CONTENT)))
                        .isInstanceOf(Forbidden.class)
                        .hasMessage("The signature of the link is not valid");
            }
        }

        @Test
        void doNotTurnAround() {
            SignedTransfer upload = ours(initiated(alice, CONTENT));
            SignedTransfer turned = new SignedTransfer(
                    TransferDirection.DOWNLOAD,
                    upload.pfn(),
                    upload.size(),
                    upload.expires(),
                    upload.keyId(),
                    upload.holder(),
                    upload.signature());
            assertThatThrownBy(() -> transfers.open(turned)).isInstanceOf(Forbidden.class);
        }

        @Test
        void expire() {
            SignedTransfer upload = ours(initiated(alice, CONTENT));
            clock.advance(SandboxLinks.LIFE.plusSeconds(1));
            assertThatThrownBy(() -> transfers.receive(upload, new ByteArrayInputStream(CONTENT)))
                    .isInstanceOf(Forbidden.class)
                    .hasMessageStartingWith("The link expired at ");
        }

        @Test
        void countNoLongerWhenWhoGotThemIsSuspended() {
            SandboxPfn pfn = uploaded(alice, CONTENT);
            JobId job = job(alice, 1);
            transact(() -> store.assignInput(alice, submission(job), List.of(pfn)));
            Caller.Job wrapper = wrapper(alice, job, 1);
            SignedTransfer ofAdmin = ours(in(() -> store.download(admin, pfn)));
            SignedTransfer ofJob = ours(in(() -> store.download(wrapper, pfn)));
            transfers.open(ofAdmin);
            suspended.callers.add(admin.identity());
            suspended.callers.add(wrapper.identity());

            for (SignedTransfer link : List.of(ofAdmin, ofJob)) {
                assertThatThrownBy(() -> transfers.open(link)).isInstanceOf(Suspended.class);
            }
        }

        private SignedTransfer forged(SignedTransfer signed, SandboxPfn pfn, long size, Instant expires) {
            return new SignedTransfer(
                    TransferDirection.UPLOAD, pfn, size, expires, signed.keyId(), signed.holder(), signed.signature());
        }
    }

    @Nested
    class Download {

        @Test
        void isForOwnersAndAdministratorsOfTheVo() {
            SandboxPfn pfn = uploaded(alice, CONTENT);
            Caller.User otherGroup =
                    new Caller.User("s", alice.username(), new GroupName("others"), vo, alice.properties());
            Caller.User otherVo = new Caller.User(
                    "s", new UserName("root"), alice.group(), new VoName("elsewhere"), admin.properties());
            assertThat(ours(in(() -> store.download(alice, pfn))).pfn()).isEqualTo(pfn);
            assertThat(ours(in(() -> store.download(admin, pfn))).pfn()).isEqualTo(pfn);
            for (Caller.User stranger : List.of(bob, otherGroup, otherVo)) {
                assertThatThrownBy(() -> in(() -> store.download(stranger, pfn)))
                        .isInstanceOf(Forbidden.class);
            }
        }

        @Test
        void tellsTheOwnerThatNothingIsThere() {
            SandboxPfn pfn = TestSandboxes.pfn(vo.text(), "alice", CONTENT);
            assertThatThrownBy(() -> in(() -> store.download(alice, pfn))).isInstanceOf(SandboxNotFound.class);
        }

        @Test
        void givesAJobWhatIsAssignedToItAlone() {
            JobId job = job(alice, 1);
            SandboxPfn input = uploaded(alice, CONTENT);
            SandboxPfn other = uploaded(alice, bytes("another"));
            transact(() -> store.assignInput(alice, submission(job), List.of(input)));
            assertThat(ours(in(() -> store.download(wrapper(alice, job, 1), input)))
                            .pfn())
                    .isEqualTo(input);
            assertThatThrownBy(() -> in(() -> store.download(wrapper(alice, job, 1), other)))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> in(() -> store.download(wrapper(alice, job, 0), input)))
                    .isInstanceOf(OtherAttempt.class);
        }
    }

    @Nested
    class Assignment {

        @Test
        void showsTheInputOfASubmissionToAllItsJobs() {
            JobId first = job(alice, 0);
            JobId second = sibling(first);
            SandboxPfn input = uploaded(alice, CONTENT);
            transact(() -> store.assignInput(alice, submission(first), List.of(input, input)));
            transact(() -> store.assignInput(alice, submission(first), List.of(input)));
            assertThat(listed(alice, first)).isEqualTo(new JobSandboxes(List.of(input), List.of()));
            assertThat(listed(admin, second)).isEqualTo(new JobSandboxes(List.of(input), List.of()));
        }

        @Test
        void refusesInputsOfOthersAndUnknownOnes() {
            JobId job = job(alice, 0);
            SandboxPfn foreign = uploaded(bob, CONTENT);
            assertThatThrownBy(() -> transact(() -> store.assignInput(alice, submission(job), List.of(foreign))))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("does not belong to the submitter");
            SandboxPfn unknown = TestSandboxes.pfn(vo.text(), "alice", bytes("never sent"));
            assertThatThrownBy(() -> transact(() -> store.assignInput(alice, submission(job), List.of(unknown))))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("there is no sandbox");
        }

        @Test
        void isOncePerUserAndAsOftenAsAWrapperLikes() {
            JobId job = job(alice, 1);
            SandboxPfn output = uploaded(alice, CONTENT);
            transact(() -> store.assignOutput(alice, job, output));
            assertThatThrownBy(() -> transact(() -> store.assignOutput(alice, job, output)))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessage("Sandbox already assigned");
            transact(() -> store.assignOutput(wrapper(alice, job, 1), job, output));
            assertThat(listed(alice, job).output()).containsExactly(output);
        }

        @Test
        void replacesTheOutputOfEarlierAttempts() {
            JobId job = job(alice, 1);
            SandboxPfn first = uploaded(alice, bytes("first"));
            SandboxPfn second = uploaded(alice, bytes("second"));
            transact(() -> store.assignOutput(wrapper(alice, job, 1), job, first));
            database.query("update wms.job set attempt = 2 where id = %s", job);
            assertThatThrownBy(() -> transact(() -> store.assignOutput(wrapper(alice, job, 1), job, first)))
                    .isInstanceOf(OtherAttempt.class);
            transact(() -> store.assignOutput(wrapper(alice, job, 2), job, second));
            assertThat(listed(alice, job).output()).containsExactly(second);
        }

        @Test
        void isForNobodyElse() {
            JobId job = job(alice, 1);
            JobId other = job(alice, 1);
            SandboxPfn output = uploaded(alice, CONTENT);
            SandboxPfn foreign = uploaded(bob, CONTENT);
            assertThatThrownBy(() -> transact(() -> store.assignOutput(bob, job, foreign)))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> transact(() -> store.assignOutput(alice, job, foreign)))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> transact(() -> store.assignOutput(wrapper(alice, other, 1), job, output)))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> listed(bob, job)).isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> listed(wrapper(alice, other, 1), job)).isInstanceOf(Forbidden.class);
        }

        @Test
        void saysToAdministratorsAloneThatAJobIsUnknown() {
            JobId unknown = new JobId(Long.MAX_VALUE);
            assertThatThrownBy(() -> listed(alice, unknown)).isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> listed(admin, unknown)).isInstanceOf(UnknownJob.class);
            SandboxPfn output = uploaded(alice, CONTENT);
            assertThatThrownBy(() -> transact(() -> store.assignOutput(admin, unknown, output)))
                    .isInstanceOf(UnknownJob.class);
            assertThatThrownBy(() -> transact(() -> store.unassign(admin, List.of(unknown))))
                    .isInstanceOf(UnknownJob.class);
        }

        @Test
        void refusesAnOutputThatIsNotThere() {
            JobId job = job(alice, 0);
            SandboxPfn unknown = TestSandboxes.pfn(vo.text(), "alice", bytes("never sent"));
            assertThatThrownBy(() -> transact(() -> store.assignOutput(alice, job, unknown)))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessage("Sandbox not found");
        }

        @Test
        void isTakenFromAJobAndStaysWithItsSiblings() {
            JobId first = job(alice, 0);
            JobId second = sibling(first);
            SandboxPfn input = uploaded(alice, CONTENT);
            SandboxPfn output = uploaded(alice, bytes("output"));
            transact(() -> store.assignInput(alice, submission(first), List.of(input)));
            transact(() -> store.assignOutput(alice, first, output));
            assertThatThrownBy(() -> transact(() -> store.unassign(bob, List.of(first))))
                    .isInstanceOf(Forbidden.class);

            transact(() -> store.unassign(alice, List.of(first)));
            assertThat(listed(alice, first)).isEqualTo(new JobSandboxes(List.of(), List.of()));
            assertThat(listed(alice, second).input()).containsExactly(input);
            transact(() -> store.unassign(alice, List.of(second, first)));
            assertThat(assignments()).isEqualTo("0");
        }
    }

    @Nested
    class Space {

        private final byte[] large = new byte[700_000];

        @Test
        void isShownWithItsLimits() {
            uploaded(alice, CONTENT);
            uploaded(bob, bytes("bob's"));
            limitSpace(Map.of("PerUser", Map.of("MaxSpaceMiB", 2)));
            assertThat(in(() -> store.space(alice)))
                    .containsExactly(
                            new SpaceUse(
                                    "user",
                                    "alice",
                                    CONTENT.length,
                                    2L << 20,
                                    "Operations/" + vo + "/SandboxStore/PerUser/MaxSpaceMiB"),
                            new SpaceUse(
                                    "vo",
                                    vo.text(),
                                    CONTENT.length + 5,
                                    1L << 40,
                                    "Operations/" + vo + "/SandboxStore/MaxSpaceMiB"));
        }

        @Test
        void isRefusedToWhoHasUsedHis() {
            limitSpace(Map.of("PerUser", Map.of("MaxSpaceMiB", 1)));
            SandboxPfn first = uploaded(alice, large);
            large[0] = 1;
            assertThatThrownBy(() -> initiated(alice, large))
                    .isInstanceOf(SandboxSpaceUsedUp.class)
                    .hasMessageStartingWith(
                            "Sandbox space of the user alice: 700000 of 1048576 bytes are used, and 700000"
                                    + " more are too many;")
                    .hasMessageContaining("Operations/" + vo + "/SandboxStore/PerUser/MaxSpaceMiB");
            uploaded(bob, large);
            large[0] = 0;
            assertThat(uploaded(alice, large)).isEqualTo(first);
        }

        @Test
        void isRefusedToAFullVoAndGivenToOneUserMore() {
            limitSpace(Map.of(
                    "MaxSpaceMiB",
                    1,
                    "PerUser",
                    Map.of("MaxSpaceMiB", 0),
                    "Users",
                    Map.of("alice", Map.of("MaxSpaceMiB", 5))));
            assertThatThrownBy(() -> initiated(bob, CONTENT)).hasMessageContaining("user bob: 0 of 0 bytes");
            uploaded(alice, large);
            large[0] = 1;
            assertThatThrownBy(() -> initiated(alice, large)).hasMessageContaining("VO " + vo + ": 700000 of 1048576");
        }

        @Test
        void isKeptByUploadsAtTheSameTime() throws Exception {
            limitSpace(Map.of("PerUser", Map.of("MaxSpaceMiB", 2)));
            int uploads = 6;
            CyclicBarrier together = new CyclicBarrier(uploads);
            ExecutorService threads = Executors.newFixedThreadPool(uploads);
            int refused = 0;
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int index = 0; index < uploads; index++) {
                    byte[] content = large.clone();
                    content[0] = (byte) index;
                    SignedTransfer link = ours(initiated(alice, content));
                    all.add(threads.submit(() -> {
                        together.await();
                        transfers.receive(link, new ByteArrayInputStream(content));
                        return null;
                    }));
                }
                for (Future<?> upload : all) {
                    try {
                        upload.get();
                    } catch (ExecutionException failed) {
                        assertThat(failed).hasCauseInstanceOf(SandboxSpaceUsedUp.class);
                        refused++;
                    }
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(refused).isEqualTo(4);
            assertThat(database.value("select sum(bytes) from wms.sandbox where vo = '%s'", vo))
                    .isEqualTo("1400000");
            assertThat(database.value("select bytes from wms.sandbox_space where vo = '%s'", vo))
                    .isEqualTo("1400000");
            assertThat(storage.stored(Instant.MAX, Optional.empty(), uploads).names())
                    .as("files of the refused")
                    .hasSize(2);
        }

        @Test
        void isFreeAgainWhenTheSandboxIsGone() {
            SandboxPfn pfn = uploaded(alice, large);
            uploaded(alice, CONTENT);
            Instant later = clock.instant().plusSeconds(1);
            assertThat(registry.forget(pfn, later)).isTrue();
            assertThat(registry.forget(pfn, later)).isFalse();
            assertThat(in(() -> store.space(alice))).extracting(SpaceUse::used).containsExactly(10L, 10L);
        }
    }

    @Nested
    class Cleaning {

        private final Duration delay = Duration.ofDays(15).plusHours(2);

        @Test
        void removesWhatNobodyNeedsAnyMoreAndNothingElse() {
            JobId job = job(alice, 0);
            SandboxPfn assigned = uploaded(alice, bytes("assigned"));
            SandboxPfn unassigned = uploaded(alice, bytes("unassigned"));
            SandboxPfn read = uploaded(alice, bytes("read"));
            transact(() -> store.assignOutput(alice, job, assigned));
            clock.advance(delay);
            SandboxPfn fresh = uploaded(alice, bytes("fresh"));
            in(() -> store.download(alice, read));
            cleanAll();

            assertThat(storage.open(unassigned)).isEmpty();
            assertThatThrownBy(() -> in(() -> store.download(alice, unassigned)))
                    .isInstanceOf(SandboxNotFound.class);
            for (SandboxPfn kept : List.of(assigned, read, fresh)) {
                assertThat(ours(in(() -> store.download(alice, kept))).pfn()).isEqualTo(kept);
                assertThat(storage.open(kept)).isPresent();
            }
        }

        @Test
        void keepsWhatIsAnnouncedAgain() {
            SandboxPfn pfn = uploaded(alice, CONTENT);
            clock.advance(delay);
            assertThat(initiated(alice, CONTENT).transfer()).isEmpty();
            cleanAll();
            assertThat(storage.open(pfn)).isPresent();
        }

        @Test
        void removesBytesThatNoRowClaims() {
            SandboxPfn orphan = TestSandboxes.pfn(vo.text(), "alice", CONTENT);
            try (ArrivedSandbox arrived = storage.receive(orphan, CONTENT.length, new ByteArrayInputStream(CONTENT))) {
                arrived.publish(); // and the server dies before it registers them
            }
            cleanAll();
            assertThat(storage.open(orphan)).isPresent(); // too young to tell from one that is being registered
            clock.advance(Duration.ofHours(2));
            cleanAll();
            assertThat(storage.open(orphan)).isEmpty();
        }

        @Test
        void neverTakesTheBytesFromUnderAnUpload() throws Exception {
            // files bear the real time, so by the clock of the test an upload looks like one that broke off long ago
            StreamingStorage withoutLeftovers = new LocalDirectoryStorage(settings) {
                @Override
                public int removeLeftovers(Instant untouchedSince, int limit) {
                    return 0;
                }
            };
            SandboxCleaning contested = new SandboxCleaning(
                    registry, announcements, SandboxStorages.of(List.of(withoutLeftovers), settings), settings, clock);
            for (int round = 0; round < 20; round++) {
                byte[] content = bytes("contested " + round);
                SandboxPfn pfn = uploaded(alice, content);
                clock.advance(delay);
                storage.remove(pfn); // so that it is uploaded again while it is cleaned away
                SignedTransfer link = ours(initiated(alice, content));
                CyclicBarrier together = new CyclicBarrier(2);
                ExecutorService threads = Executors.newFixedThreadPool(2);
                try {
                    Future<?> upload = threads.submit(() -> {
                        together.await();
                        transfers.receive(link, new ByteArrayInputStream(content));
                        return null;
                    });
                    Future<?> clean = threads.submit(() -> {
                        together.await();
                        cleanAll(contested);
                        return null;
                    });
                    upload.get();
                    clean.get();
                } finally {
                    threads.shutdownNow();
                }
                assertThat(ours(in(() -> store.download(alice, pfn))).pfn()).isEqualTo(pfn);
                assertThat(storage.open(pfn)).as("round %s", round).isPresent();
            }
        }

        @Test
        void neverTakesWhatIsAssignedMeanwhileOnAnyNode() throws Exception {
            for (int round = 0; round < 20; round++) {
                JobId job = job(alice, 0);
                SandboxPfn pfn = uploaded(alice, bytes("assigned late " + round));
                clock.advance(delay);
                SandboxCleaning otherNode = new SandboxCleaning(
                        registry, announcements, SandboxStorages.of(List.of(storage), settings), settings, clock);
                CyclicBarrier together = new CyclicBarrier(3);
                ExecutorService threads = Executors.newFixedThreadPool(3);
                boolean assigned = true;
                try {
                    Future<?> assignment = threads.submit(() -> {
                        together.await();
                        transact(() -> store.assignOutput(alice, job, pfn));
                        return null;
                    });
                    List<Future<?>> nodes = new ArrayList<>();
                    for (SandboxCleaning node : List.of(cleaning, otherNode)) {
                        nodes.add(threads.submit(() -> {
                            together.await();
                            cleanAll(node);
                            return null;
                        }));
                    }
                    for (Future<?> node : nodes) {
                        node.get();
                    }
                    try {
                        assignment.get();
                    } catch (ExecutionException tooLate) {
                        assertThat(tooLate).hasCauseInstanceOf(InvalidRequest.class);
                        assigned = false;
                    }
                } finally {
                    threads.shutdownNow();
                }
                assertThat(storage.open(pfn).isPresent())
                        .as("round %s, assigned %s", round, assigned)
                        .isEqualTo(assigned);
                assertThat(listed(alice, job).output()).hasSize(assigned ? 1 : 0);
            }
        }

        private void cleanAll() {
            cleanAll(cleaning);
        }

        private static void cleanAll(SandboxCleaning cleaning) {
            CycleReport report;
            int cycles = 0;
            do {
                report = cleaning.clean(AGENT);
                assertThat(report.failed()).isZero();
            } while (++cycles < 12 || report.done() > 0);
        }
    }

    /** A store outside, as clients fill it by links that it would check itself. */
    @Nested
    class InABucket {

        private final Duration delay = Duration.ofDays(15).plusHours(2);

        @BeforeEach
        void choose() {
            backend = "S3";
            limitSpace(Map.of());
        }

        @Test
        void isNotThereBeforeItsBytesAre() {
            JobId job = job(alice, 0);
            SandboxPfn pfn = initiated(alice, CONTENT).pfn();

            assertThatThrownBy(() -> in(() -> store.download(alice, pfn))).isInstanceOf(SandboxNotFound.class);
            assertThatThrownBy(() -> transact(() -> store.assignOutput(alice, job, pfn)))
                    .hasMessage("Sandbox not found");
            assertThatThrownBy(() -> submitted(job, pfn)).hasMessageContaining("there is no sandbox");
            bucket.put(pfn, CONTENT.length + 1);
            assertThatThrownBy(() -> submitted(job, pfn)).hasMessageContaining("there is no sandbox");

            bucket.put(pfn, CONTENT.length);
            submitted(job, pfn);
            assertThat(listed(alice, job).input()).containsExactly(pfn);
            int asked = bucket.asked;
            transact(() -> store.assignOutput(alice, job, pfn));
            assertThat(in(() -> store.download(alice, pfn))).isInstanceOf(PresignedTransfer.class);
            assertThat(bucket.asked).as("it is asked for once").isEqualTo(asked);
        }

        @Test
        void needsNoTransferOfWhatTheBucketHas() {
            SandboxPfn pfn = sent(alice, CONTENT);
            assertThat(initiated(alice, CONTENT).transfer()).isEmpty();
            assertThat(initiated(alice, CONTENT).transfer()).isEmpty();
            bucket.remove(pfn);
            assertThat(initiated(alice, CONTENT).transfer()).isPresent();
        }

        @Test
        void takesSpaceFromItsAnnouncementOnAndCountsALaterSizeAlone() {
            limitSpace(Map.of("PerUser", Map.of("MaxSpaceMiB", 1)));
            byte[] large = new byte[700_000];
            initiated(alice, large);
            initiated(alice, large);
            assertThatThrownBy(() -> initiated(alice, new byte[600_000])).isInstanceOf(SandboxSpaceUsedUp.class);

            in(() -> store.initiate(alice, new SandboxAnnouncement(sha256(large), 1_000, SandboxFormat.TAR_ZST)));
            assertThat(in(() -> store.space(alice))).extracting(SpaceUse::used).containsExactly(1_000L, 1_000L);
            initiated(alice, new byte[600_000]);
        }

        @Test
        void keepsTheSpaceWhateverIsAnnouncedAtOnce() throws Exception {
            limitSpace(Map.of("PerUser", Map.of("MaxSpaceMiB", 2)));
            int refused = 0;
            ExecutorService threads = Executors.newFixedThreadPool(6);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int index = 0; index < 6; index++) {
                    byte[] content = new byte[700_000];
                    content[0] = (byte) index;
                    all.add(threads.submit(() -> initiated(alice, content)));
                }
                for (Future<?> one : all) {
                    try {
                        one.get();
                    } catch (ExecutionException failed) {
                        assertThat(failed).hasCauseInstanceOf(SandboxSpaceUsedUp.class);
                        refused++;
                    }
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(refused).isEqualTo(4);
        }

        @Test
        void isForgottenIfItNeverComesAndKeptIfItDid() {
            SandboxPfn never = initiated(alice, bytes("never")).pfn();
            SandboxPfn partly = initiated(alice, bytes("partly")).pfn();
            SandboxPfn unused = sent(alice, bytes("unused"));
            bucket.put(partly, 1);
            cleanAll();
            assertThat(database.value("select count(*) from wms.sandbox where vo = '%s'", vo))
                    .isEqualTo("3");
            clock.advance(Duration.ofHours(2));
            cleanAll();

            assertThat(database.value("select string_agg(pfn, ' ') from wms.sandbox where vo = '%s'", vo))
                    .isEqualTo(unused.toString());
            assertThat(bucket.sizes).containsOnlyKeys(unused);
            assertThat(initiated(alice, bytes("never")).pfn()).isEqualTo(never);
            clock.advance(delay);
            cleanAll();
            assertThat(bucket.sizes).isEmpty();
        }

        @Test
        void losesBytesThatNoRowClaims() {
            bucket.put(TestSandboxes.pfn(vo.text(), "alice", CONTENT), CONTENT.length);
            clock.advance(Duration.ofHours(2));
            cleanAll();
            assertThat(bucket.sizes).isEmpty();
        }

        @Test
        void isNeverTakenFromWhoAnnouncesItAgainWhileItIsCleanedAway() throws Exception {
            for (int round = 0; round < 20; round++) {
                byte[] content = bytes("contested " + round);
                SandboxPfn pfn = sent(alice, content);
                in(() -> store.download(alice, pfn));
                clock.advance(delay);
                JobId job = job(alice, 0);
                CyclicBarrier together = new CyclicBarrier(2);
                ExecutorService threads = Executors.newFixedThreadPool(2);
                try {
                    Future<?> again = threads.submit(() -> {
                        together.await();
                        initiated(alice, content).transfer().ifPresent(link -> bucket.put(pfn, content.length));
                        submitted(job, pfn);
                        return null;
                    });
                    Future<?> clean = threads.submit(() -> {
                        together.await();
                        cleanAll();
                        return null;
                    });
                    again.get();
                    clean.get();
                } finally {
                    threads.shutdownNow();
                }
                assertThat(bucket.holds(pfn, content.length))
                        .as("round %s", round)
                        .isTrue();
                assertThat(listed(alice, job).input()).containsExactly(pfn);
            }
        }

        @Test
        void keepsTheCleaningFromAskingAStoreThatIsAwayForEach() {
            initiated(alice, CONTENT);
            initiated(alice, bytes("another"));
            clock.advance(Duration.ofHours(2));
            bucket.away = true;
            int asked = bucket.asked;

            assertThatThrownBy(() -> cleaning.clean(AGENT)).isInstanceOf(StoreAway.class);
            assertThat(bucket.asked).isEqualTo(asked + 1);
        }

        @Test
        void givesNoMoreByLinksOfAnotherStore() {
            backend = "directory";
            limitSpace(Map.of());
            SignedTransfer link = ours(initiated(alice, CONTENT));
            backend = "S3";
            limitSpace(Map.of());

            assertThatThrownBy(() -> transfers.receive(link, new ByteArrayInputStream(CONTENT)))
                    .isInstanceOf(Forbidden.class)
                    .hasMessageContaining("ask for a new one");
        }

        private SandboxPfn sent(Caller caller, byte[] content) {
            SandboxPfn pfn = initiated(caller, content).pfn();
            bucket.put(pfn, content.length);
            return pfn;
        }

        private void submitted(JobId job, SandboxPfn pfn) {
            store.confirm(alice, List.of(pfn));
            transact(() -> store.assignInput(alice, submission(job), List.of(pfn)));
        }

        private void cleanAll() {
            for (int cycle = 0; cycle < 12; cycle++) {
                assertThat(cleaning.clean(AGENT).failed()).isZero();
            }
        }
    }

    /** Notes what clients would have sent. */
    private final class Bucket implements PresigningStorage {
        private final Map<SandboxPfn, Long> sizes = new ConcurrentHashMap<>();
        private final Map<SandboxPfn, Instant> times = new ConcurrentHashMap<>();
        private volatile int asked;
        private volatile boolean away;

        void put(SandboxPfn pfn, long size) {
            times.put(pfn, clock.instant());
            sizes.put(pfn, size);
        }

        @Override
        public String kind() {
            return "S3";
        }

        @Override
        public PresignedTransfer upload(SandboxPfn pfn, long size) {
            return new PresignedTransfer(URI.create("https://s3.test/b"), Map.of("key", "k"), clock.instant());
        }

        @Override
        public PresignedTransfer download(SandboxPfn pfn) {
            return new PresignedTransfer(URI.create("https://s3.test/b/k?s"), Map.of(), clock.instant());
        }

        @Override
        public boolean holds(SandboxPfn pfn, long size) {
            asked++;
            if (away) {
                throw new StoreAway("s3.test cannot be reached", new IOException("away"));
            }
            return Long.valueOf(size).equals(sizes.get(pfn));
        }

        @Override
        public void remove(SandboxPfn pfn) {
            sizes.remove(pfn);
        }

        @Override
        public StoredPage stored(Instant before, Optional<String> after, int limit) {
            List<SandboxPfn> page = sizes.keySet().stream()
                    .sorted(Comparator.comparing(SandboxPfn::toString))
                    .filter(pfn -> after.isEmpty() || pfn.toString().compareTo(after.get()) > 0)
                    .limit(limit)
                    .toList();
            return new StoredPage(
                    page.stream().filter(pfn -> times.get(pfn).isBefore(before)).toList(),
                    page.size() < limit
                            ? Optional.empty()
                            : Optional.of(page.get(limit - 1).toString()));
        }

        @Override
        public int removeLeftovers(Instant untouchedSince, int limit) {
            return 0;
        }
    }

    private void limitSpace(Map<String, ?> options) {
        Map<String, Object> all = new HashMap<>(TestSandboxes.store(Map.of(
                "Backend", backend, "BasePath", directory.toString(), "MaxSandboxSizeMiB", 1, "CleanUpBatch", 3)));
        all.put("Operations", Map.of(vo.text(), Map.of("SandboxStore", options)));
        configuration.set(all);
    }

    private Caller.User user(String name, Property property) {
        return new Caller.User(name + "-sub", new UserName(name), new GroupName("users"), vo, Set.of(property));
    }

    private Caller.Job wrapper(Caller.User owner, JobId job, int attempt) {
        return new Caller.Job(job, attempt, new PilotStamp("pilot"), owner.username(), owner.group(), vo);
    }

    private SandboxUpload initiated(Caller caller, byte[] content) {
        return in(() -> store.initiate(
                caller, new SandboxAnnouncement(sha256(content), content.length, SandboxFormat.TAR_ZST)));
    }

    private SandboxPfn uploaded(Caller caller, byte[] content) {
        SandboxUpload upload = initiated(caller, content);
        upload.transfer()
                .map(SandboxStoreIT::ours)
                .ifPresent(link -> transfers.receive(link, new ByteArrayInputStream(content)));
        return upload.pfn();
    }

    private static SignedTransfer ours(SandboxUpload upload) {
        return ours(upload.transfer().orElseThrow());
    }

    private static SignedTransfer ours(Transfer transfer) {
        return (SignedTransfer) transfer;
    }

    private JobSandboxes listed(Caller caller, JobId job) {
        return in(() -> store.list(caller, job));
    }

    /** A job of a submission that has room for one more. */
    private JobId job(Caller.User owner, int attempt) {
        String submission = database.value("""
                insert into wms.submission (vo, owner, owner_group, description, jobs, submitted)
                values ('%s', '%s', '%s', '', 2, now()) returning id""", vo, owner.username(), owner.group());
        return row(submission, owner, attempt, 0);
    }

    private JobId sibling(JobId job) {
        return row(Long.toString(submission(job)), alice, 0, 1);
    }

    private JobId row(String submission, Caller.User owner, int attempt, int index) {
        return JobId.parse(database.value("""
                insert into wms.job (submission_id, sweep_index, vo, owner, owner_group, job_type, job_group, job_name, site,
                    status, minor_status, user_priority, submission_time, last_update_time, last_logged_time, attempt)
                values (%s, %s, '%s', '%s', '%s', 'User', 'g', 'n', 'ANY', 'Running', 'x', 1, now(), now(), now(), %s)
                returning id""", submission, index, vo, owner.username(), owner.group(), attempt));
    }

    private long submission(JobId job) {
        return Long.parseLong(database.value("select submission_id from wms.job where id = %s", job));
    }

    private String assignments() {
        return database.value("""
                select count(*) from wms.sandbox_assignment a join wms.sandbox s on s.id = a.sandbox_id
                where s.vo = '%s'""", vo);
    }

    private <T> T in(Supplier<T> work) {
        return database.inTransaction(work);
    }

    private void transact(Runnable work) {
        database.transact(work);
    }

    /** Gives each call the transaction of its own that the container would. */
    private static final class Registry extends SandboxRegistry {
        private final WmsDatabase database;

        Registry(
                WmsDatabase database,
                SandboxRepository sandboxes,
                SandboxStorages storages,
                SandboxLinks links,
                LinkKeyRepository keys,
                SandboxSpace space,
                Clock clock) {
            super(sandboxes, storages, links, keys, space, clock);
            this.database = database;
        }

        @Override
        public void checkLink(SignedTransfer transfer) {
            database.transact(() -> super.checkLink(transfer));
        }

        @Override
        public void register(SandboxPfn pfn, long size, ArrivedSandbox arrived) {
            database.transact(() -> super.register(pfn, size, arrived));
        }

        @Override
        public Optional<Sandbox> find(SandboxPfn pfn) {
            return database.inTransaction(() -> super.find(pfn));
        }

        @Override
        public boolean accessed(Sandbox sandbox) {
            return database.inTransaction(() -> super.accessed(sandbox));
        }

        @Override
        public void announce(SandboxPfn pfn, long size) {
            database.transact(() -> super.announce(pfn, size));
        }

        @Override
        public boolean arrive(SandboxPfn pfn, long size) {
            return database.inTransaction(() -> super.arrive(pfn, size));
        }

        @Override
        public SignedTransfer signUpload(Caller caller, SandboxPfn pfn, long size, boolean isNew) {
            return database.inTransaction(() -> super.signUpload(caller, pfn, size, isNew));
        }

        @Override
        public List<SandboxPfn> announced(Instant before, int limit) {
            return database.inTransaction(() -> super.announced(before, limit));
        }

        @Override
        public List<SandboxPfn> unassigned(Instant lastAccessBefore, int limit) {
            return database.inTransaction(() -> super.unassigned(lastAccessBefore, limit));
        }

        @Override
        public boolean forget(SandboxPfn pfn, Instant lastAccessBefore) {
            return database.inTransaction(() -> super.forget(pfn, lastAccessBefore));
        }

        @Override
        public boolean removeOrphan(SandboxPfn pfn) {
            return database.inTransaction(() -> super.removeOrphan(pfn));
        }

        @Override
        public void removeOldKeys() {
            database.transact(super::removeOldKeys);
        }
    }
}
