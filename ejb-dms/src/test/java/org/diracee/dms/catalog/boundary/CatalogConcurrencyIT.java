/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many who register, move and remove in one tree at a time; for so many minutes as {@code -Dcatalog.minutes} says, else once over. */
class CatalogConcurrencyIT {

    private static final int WRITERS = 32;
    private static final int ROUNDS = 60;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    private static final long MINUTES = Long.getLong("catalog.minutes", 0);

    private final DmsServices services = new DmsServices();
    private final Lfn home = services.lfn("user/a/alice");
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void leaveWhatARecountFinds() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Future<?> folding = threads.submit(() -> {
            while (!done.get()) {
                services.in(it -> it.usage.fold(it.agent, 50));
            }
            return null;
        });
        write(this::act);
        done.set(true);
        folding.get();

        assertUsageIsARecount();
        services.in(it -> it.usage.fold(it.agent, 1_000_000));
        assertUsageIsARecount();
        assertThat(services.database.value(
                        "select count(*) from dms.usage where directory not in (select id from dms.directory)"))
                .isEqualTo("0");
        assertThat(services.database.value("""
                select count(*) from dms.directory directory join dms.directory parent on parent.id = directory.parent
                where directory.path not like case parent.path when '/' then '' else parent.path end || '/%%'""")).isEqualTo("0");
        assertThat(services.database.value("""
                select count(*) from dms.file file join dms.directory directory on directory.id = file.directory
                    join dms.directory same on same.catalog = directory.catalog
                        and same.path = directory.path || '/' || file.name""")).isEqualTo("0");
    }

    /** Lets all writers do this again and again. */
    private void write(Consumer<Random> act) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
        List<Future<Integer>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(writer);
            writers.add(threads.submit(() -> {
                int rounds = 0;
                while (rounds < ROUNDS || System.nanoTime() < end) {
                    rounds++;
                    try {
                        act.accept(random);
                    } catch (Unavailable busy) {
                        // says that a repeat helps; another round is one
                    }
                }
                return rounds;
            }));
        }
        int calls = 0;
        for (Future<Integer> writer : writers) {
            calls += writer.get();
        }
        assertThat(calls).isGreaterThanOrEqualTo(WRITERS * ROUNDS);
    }

    private void act(Random random) {
        Lfn directory = directory(random);
        Lfn other = directory(random);
        Map<Lfn, NewFile> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            Lfn lfn = directory(random).child("f" + name);
            int size = random.nextInt(3);
            String se = "SE-" + random.nextInt(3);
            files.put(lfn, random.nextInt(4) == 0 ? services.file(lfn, size, se) : services.movable(lfn, size, se));
        }
        files.put(other.child("g"), services.movable(other.child("g"), 5, "SE-0", "SE-1"));
        List<Lfn> names = List.copyOf(files.keySet());
        List<NewFile> once = List.copyOf(files.values());
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> services.in(it -> it.catalog.register(it.alice, once));
            case 3 -> services.in(it -> it.catalog.remove(it.alice, names));
            case 4 -> services.in(it -> it.tree.removeDirectories(it.alice, List.of(directory, other)));
            case 5 -> services.in(it -> it.tree.move(it.alice, Map.of(directory, other.child("m"))));
            case 6 -> services.in(it -> it.tree.move(it.alice, Map.of(names.get(0), directory.child("fm"))));
            case 7 ->
                services.in(it -> it.catalog.addReplicas(
                        it.alice, Map.of(names.get(0), List.of(NewReplica.at(new SeName("SE-2"))))));
            default ->
                services.in(
                        it -> it.catalog.removeReplicas(it.alice, Map.of(names.get(0), List.of(new SeName("SE-0")))));
        }
    }

    private Lfn directory(Random random) {
        Lfn directory = home;
        for (int depth = random.nextInt(3); depth >= 0; depth--) {
            directory = directory.child(NAMES.get(random.nextInt(NAMES.size())));
        }
        return directory;
    }

    private void assertUsageIsARecount() {
        List<List<String>> directories = services.database.query(
                "select id, path from dms.directory where path like '/%s%%' order by path", services.vo);
        assertThat(directories).isNotEmpty();
        for (List<String> directory : directories) {
            Lfn path = new Lfn(directory.get(1));
            CatalogUse use = services.in(it -> it.usage.below(it.admin, List.of(path)))
                    .success()
                    .get(path);
            List<String> files = services.database.query("""
                            select count(*), coalesce(sum(size), 0) from dms.file file join dms.directory directory
                                on directory.id = file.directory
                            where directory.path = '%s' or directory.path like '%s/%%'""", path, path).get(0);
            assertThat(use.files())
                    .as("files below %s", path)
                    .isEqualTo(new CatalogUse.Amount(Long.parseLong(files.get(0)), Long.parseLong(files.get(1))));
            List<String> replicas = services.database.query("""
                            select count(*), coalesce(sum(size), 0) from dms.file file join dms.directory directory
                                on directory.id = file.directory join dms.replica replica on replica.file = file.id
                            where directory.path = '%s' or directory.path like '%s/%%'""", path, path).get(0);
            assertThat(use.bySe().values().stream()
                            .mapToLong(CatalogUse.Amount::files)
                            .sum())
                    .as("replicas below %s", path)
                    .isEqualTo(Long.parseLong(replicas.get(0)));
        }
        CatalogUse all = services.in(it -> it.usage.below(it.admin, List.of(services.lfn(""))))
                .success()
                .get(services.lfn(""));
        List<OwnerUse> owners = services.in(it -> it.usage.ofOwners(it.admin));
        assertThat(owners.stream()
                        .mapToLong(owner -> owner.use().files().bytes())
                        .sum())
                .isEqualTo(all.files().bytes());
    }

    @Test
    void neverGoBeyondAQuota() throws Exception {
        Lfn small = home.child("small");
        services.in(it -> it.tree.makeDirectories(it.alice, List.of(small, home.child("outside"))));
        Map<Quota, Callable<CatalogUse.Amount>> recounts = Map.of(
                quota(Quota.Kind.DIRECTORY, small.text(), 60), () -> recount("directory.path like '" + small + "%'"),
                quota(Quota.Kind.USER, "alice", 100), () -> recount("owner.name = 'alice'"),
                quota(Quota.Kind.GROUP, "users", 150), () -> recount("owner_group.name = 'users'"),
                quota(Quota.Kind.VO, services.vo.text(), 170), () -> recount("true"));
        recounts.keySet().forEach(quota -> services.in(it -> it.quotas.set(it.admin, quota)));
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> watching = threads.submit(() -> {
            int looks = 0;
            while (!done.get()) {
                for (Map.Entry<Quota, Callable<CatalogUse.Amount>> recount : recounts.entrySet()) {
                    assertThat(recount.getValue().call().bytes())
                            .as("%s", recount.getKey())
                            .isLessThanOrEqualTo(recount.getKey().bytes().getAsLong());
                    looks++;
                }
                services.in(it -> it.usage.fold(it.agent, 50));
            }
            return looks;
        });
        List<Caller> callers = List.of(services.alice, services.bob, services.carol);
        Map<Caller, Lfn> areas = Map.of(
                services.alice, home.child("outside"),
                services.bob, services.lfn("user/b/bob"),
                services.carol, services.lfn("user/c/carol"));
        write(random -> {
            Caller caller = callers.get(random.nextInt(callers.size()));
            Lfn area = Objects.requireNonNull(areas.get(caller));
            Lfn lfn = (caller.equals(services.alice) && random.nextBoolean() ? small : area)
                    .child("f" + random.nextInt(40));
            switch (random.nextInt(6)) {
                case 0 -> services.in(it -> it.catalog.remove(caller, List.of(lfn)));
                case 1 ->
                    services.in(it -> it.tree.move(
                            it.alice,
                            Map.of(home.child("outside").child(lfn.name()), small.child("m" + random.nextInt(9)))));
                default ->
                    services.in(it -> it.catalog.register(
                            caller,
                            List.of(it.movable(lfn, random.nextInt(9), "SE-0"), it.file(area.child("g"), 3, "SE-1"))));
            }
        });
        done.set(true);

        assertThat(watching.get()).isPositive();
        for (QuotaUse use : services.in(it -> it.quotas.list(it.admin, new PageRequest(9, Optional.empty())))
                .items()) {
            assertThat(use.used())
                    .as("%s", use.quota())
                    .isEqualTo(Objects.requireNonNull(recounts.get(use.quota())).call());
        }
        assertThat(services.in(it -> it.usage.below(it.admin, List.of(services.lfn(""))))
                        .success()
                        .values())
                .extracting(use -> use.files().bytes() > 100)
                .containsExactly(true);
    }

    private static Quota quota(Quota.Kind kind, String name, long bytes) {
        return new Quota(kind, name, OptionalLong.empty(), OptionalLong.of(bytes));
    }

    private CatalogUse.Amount recount(String condition) {
        List<String> counted =
                services.database.query("""
                        select count(*), coalesce(sum(size), 0) from dms.file file
                            join dms.directory directory on directory.id = file.directory
                            join dms.principal owner on owner.id = file.owner
                            join dms.principal owner_group on owner_group.id = file.owner_group
                        where owner.vo = '%s' and %s""", services.vo, condition).get(0);
        return new CatalogUse.Amount(Long.parseLong(counted.get(0)), Long.parseLong(counted.get(1)));
    }

    @RepeatedTest(5)
    void letOneRegistrationOfALfnWin() throws Exception {
        Lfn lfn = home.child("contested");
        CyclicBarrier together = new CyclicBarrier(8);
        List<Callable<BulkResult<Lfn, RegisteredFile>>> calls = new ArrayList<>();
        for (int size = 0; size < 8; size++) {
            NewFile file = services.file(lfn, size, "SE-0");
            calls.add(() -> {
                together.await();
                return services.in(it -> it.catalog.register(it.alice, List.of(file)));
            });
        }
        int won = 0;
        for (Future<BulkResult<Lfn, RegisteredFile>> call : threads.invokeAll(calls)) {
            BulkResult<Lfn, RegisteredFile> result = call.get();
            won += result.success().size();
            assertThat(result.failed().values())
                    .extracting(Problem::detail)
                    .allMatch(detail -> detail.contains("already registered with another size"));
        }
        assertThat(won).isEqualTo(1);
    }

    @RepeatedTest(5)
    void neitherLoseAFileToTheRemovalOfItsDirectoryNorWait() throws Exception {
        Lfn directory = home.child("contested");
        services.in(it -> it.tree.makeDirectories(it.alice, List.of(directory)));
        CyclicBarrier together = new CyclicBarrier(2);
        Future<BulkResult<Lfn, RegisteredFile>> registering = threads.submit(() -> {
            together.await();
            return untilItAnswers(() -> services.in(
                    it -> it.catalog.register(it.alice, List.of(services.file(directory.child("f"), "SE-0")))));
        });
        Future<BulkResult<Lfn, Boolean>> removing = threads.submit(() -> {
            together.await();
            return services.in(it -> it.tree.removeDirectories(it.alice, List.of(directory)));
        });
        assertThat(registering.get().failed()).isEmpty();
        removing.get();
        assertThat(services.in(it -> it.reading.entries(it.alice, List.of(directory.child("f"))))
                        .failed())
                .isEmpty();
    }

    @Test
    void holdNothingOfWhatTheCallerMayNotChange() throws Exception {
        Lfn directory = home.child("d").child("e");
        services.in(it -> it.tree.makeDirectories(it.alice, List.of(directory)));
        CatalogChange open = new CatalogChange(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(0777),
                Optional.of(Acl.of(List.of("user:" + services.otherVo + "/unheard:rwx"))),
                Optional.empty());
        Lfn theirs = new Lfn("/" + services.otherVo + "/user/a/alice/d");
        try (Connection others = services.database.connection();
                Statement statement = others.createStatement()) {
            others.setAutoCommit(false);
            statement.execute("select from dms.directory where path like '" + home + "%' for update");
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                for (Caller.User caller : List.of(services.bob, services.stranger)) {
                    assertThat(services.in(it -> it.tree.change(caller, Map.of(home, open), true))
                                    .failed())
                            .containsOnlyKeys(home);
                }
                assertThat(services.in(it -> it.tree.move(it.stranger, Map.of(home, theirs)))
                                .failed())
                        .containsOnlyKeys(home);
                assertThat(services.in(it -> it.tree.removeDirectories(it.stranger, List.of(directory)))
                                .success())
                        .containsEntry(directory, false);
            });
            others.rollback();
        }
        assertThat(services.database.value(
                        "select count(*) from dms.acl where entries like '%%%s/unheard%%'", services.otherVo))
                .isEqualTo("0");
    }

    /** Repeats a call that the catalogue could not carry out at that moment, as it asks its callers to. */
    private static <T> T untilItAnswers(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (Unavailable busy) {
                Thread.onSpinWait();
            }
        }
    }
}
