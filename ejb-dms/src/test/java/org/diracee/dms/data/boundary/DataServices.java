/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.control.Cleaning;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataOperationSteps;
import org.diracee.dms.data.control.DataTransactions;
import org.diracee.dms.data.control.HeldClaims;
import org.diracee.dms.data.control.KnownFiles;
import org.diracee.dms.data.control.RemovalSteps;
import org.diracee.dms.data.control.ReplicationSteps;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.dms.storage.boundary.StorageFiles;
import org.diracee.dms.storage.control.StorageProtocols;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.audit.control.Refusals;
import org.diracee.framework.audit.entity.AuditRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/** The services of data operations as the container would wire them, with storage elements A, B and C in memory. */
final class DataServices {

    static final List<String> ELEMENTS = List.of("A", "B", "C");

    final DmsServices dms = new DmsServices();
    final Caller.User alice = dms.alice;
    final MovingClock clock = new MovingClock();
    final Crashes crashes = new Crashes();
    final MemoryStorage storage = new MemoryStorage(crashes);
    final DataOperationRepository operations = new DataOperationRepository(dms.database.entities());
    final Uploads uploads;
    final Removals removals;
    final Replications replications;
    final Downloads downloads;
    final ReplicaChecks checks;
    final DataOperations list;
    final DataJournal journal;
    final DataOperationSteps steps;

    DataServices() {
        Map<String, Object> elements = new HashMap<>();
        ELEMENTS.forEach(name -> elements.put(
                name, Map.of("Memory", Map.of("PluginName", "Memory", "Protocol", "memory", "Path", "/" + name))));
        elements.put("AliasOfA", Map.of("Alias", "A"));
        dms.configuration.set(Map.of(
                "Resources", Map.of("StorageElements", elements),
                "Operations", Map.of("Defaults", Map.of("DataManagement", Map.of("UploadSEs", "C, B")))));
        StorageFiles files = new StorageFiles(new StorageProtocols(List.of(storage)), dms.configuration, clock);
        DataTransactions transactions = new DataTransactions() {
            @Override
            public <T> T in(Supplier<T> step) {
                return crashes.step(() -> dms.database.inTransaction(step));
            }
        };
        journal = new DataJournal(
                transactions,
                operations,
                dms.configuration,
                // the table has no partitions for weeks that are passed in a moment
                new SecurityAudit(new AuditRepository(dms.database.entities()), new Refusals(), Clock.systemUTC()),
                clock);
        KnownFiles known = new KnownFiles(dms.reading);
        Cleaning cleaning = new Cleaning(journal, operations, known, files);
        steps = new DataOperationSteps(
                journal,
                cleaning,
                new ReplicationSteps(journal, cleaning, known, dms.catalog, files),
                new RemovalSteps(journal, known, dms.catalog, files));
        HeldClaims claims = new HeldClaims(operations, journal);
        uploads = new Uploads(journal, operations, cleaning, dms.reading, dms.catalog, files, claims);
        removals = new Removals(journal, operations, known, dms.reading, dms.catalog, unheard());
        replications = new Replications(journal, known, dms.reading, unheard());
        downloads = new Downloads(journal, dms.reading, files, dms.configuration);
        checks = new ReplicaChecks(journal, dms.reading, files);
        list = new DataOperations(journal, operations, known, dms.catalog, unheard());
    }

    @SuppressWarnings("unchecked")
    private static Event<DataOperationsAdded> unheard() {
        return (Event<DataOperationsAdded>) Proxy.newProxyInstance(
                DataServices.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> null);
    }

    /** Calls a service whose call is a transaction. */
    <T> T in(Supplier<T> work) {
        return crashes.step(() -> dms.database.inTransaction(work));
    }

    static FileOffer offer(Lfn lfn, String content, String se) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new FileOffer(
                lfn,
                se.isEmpty() ? Optional.empty() : Optional.of(new SeName(se)),
                bytes.length,
                new Checksums(Optional.of(MemoryStorage.adler32(bytes)), Optional.empty()),
                Optional.empty());
    }

    PlannedUpload plan(Lfn lfn, String content, String se) {
        BulkResult<Lfn, PlannedUpload> result = uploads.plan(alice, List.of(offer(lfn, content, se)));
        assertThat(result.failed()).isEmpty();
        return result.success().get(lfn);
    }

    void receive(long id, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        uploads.receive(alice, id, bytes.length, new ByteArrayInputStream(bytes));
    }

    /** Uploads through the server, in all its steps. */
    void upload(Lfn lfn, String content, String se) {
        long id = plan(lfn, content, se).id().orElseThrow();
        receive(id, content);
        assertThat(uploads.commit(alice, List.of(id)).failed()).isEmpty();
    }

    /** Works off what is due now. */
    int work() {
        int done = 0;
        for (var due = claim(); !due.isEmpty(); due = claim()) {
            done += due.size();
            due.forEach(steps::work);
        }
        return done;
    }

    private List<DataOperationRow> claim() {
        return journal.in(() -> operations.claim(clock.instant(), journal.claimedUntil(), 10));
    }

    /** Works off all that comes due in the next three weeks. */
    void workForWeeks() {
        for (int hour = 0; hour < 21 * 24; hour += 3) {
            work();
            clock.advance(Duration.ofHours(3));
        }
        work();
    }

    Optional<CatalogEntry> entry(Lfn lfn) {
        return Optional.ofNullable(
                dms.in(it -> it.reading.entries(alice, List.of(lfn))).success().get(lfn));
    }

    List<String> replicas(Lfn lfn) {
        List<Replica> found = dms.in(it -> it.reading.replicas(alice, List.of(lfn), true))
                .success()
                .getOrDefault(lfn, List.of());
        return found.stream().map(replica -> replica.se().text()).sorted().toList();
    }

    DataOperation operation(long id) {
        return dms.database.inTransaction(() -> list.find(alice, List.of(id))).get(0);
    }

    /** What the catalogue has is there, whole, and nothing else is; nothing is open. */
    void requireConsistent(List<Lfn> lfns) {
        for (Lfn lfn : lfns) {
            Optional<CatalogEntry> entry = entry(lfn);
            List<String> registered = replicas(lfn);
            for (String se : ELEMENTS) {
                Optional<String> content = storage.content(se, lfn);
                assertThat(content.isPresent())
                        .as("%s at %s as the catalogue has it at %s", lfn, se, registered)
                        .isEqualTo(registered.contains(se));
                content.ifPresent(text -> assertThat(MemoryStorage.adler32(text.getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(entry.orElseThrow()
                                .file()
                                .orElseThrow()
                                .checksums()
                                .adler32()
                                .orElseThrow()));
            }
        }
        assertThat(dms.database.value(
                        "select count(*) from dms.data_operation where ended is null and vo = '%s'", dms.vo))
                .isEqualTo("0");
    }

    /** Stands still unless it is moved. */
    static final class MovingClock extends Clock {

        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T12:00:00Z"));

        void advance(Duration length) {
            now.updateAndGet(before -> before.plus(length));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
