/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;
import org.diracee.client.ApiResponse;
import org.diracee.client.Files;
import org.diracee.client.wire.AddReplica;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.NameFiles;
import org.diracee.client.wire.RegisterFiles;
import org.diracee.client.wire.RegisterFiles.RegisterFile;

/**
 * The file catalogue with so many files in it: directories of 1 000 files, one of 100 000, each file with two replicas. What is missing is
 * written by SQL, as the catalogue itself would write it.
 */
final class CatalogBenchmarks {

    static final long MILLION = 1_000_000;

    private static final int THREADS = 8;
    private static final int FILES = 1_000;
    private static final int LARGE = 100_000;
    private static final int PAGE = 10_000;
    private static final int DIRECTORIES_PER_CALL = 10;
    private static final String AREA = "/demo/user/a/alice";
    private static final String TOP = AREA + "/bench";
    private static final String LARGE_DIRECTORY = TOP + "/large";
    private static final List<AddReplica> REPLICAS =
            List.of(new AddReplica("Bench-disk", Optional.empty()), new AddReplica("Bench-tape", Optional.empty()));

    private final Target target;
    private final ApiClient user;
    private final String size;
    private final String label;
    private final long directories;
    private final AtomicLong names = new AtomicLong(System.currentTimeMillis());

    /**
     * @param size as in the names of the figures
     * @param label as in the description of the work
     */
    CatalogBenchmarks(Target target, ApiClient user, String size, String label, long files) {
        this.target = target;
        this.user = user;
        this.size = size;
        this.label = label;
        this.directories = (files - LARGE) / FILES;
    }

    List<Result> measure() throws Exception {
        fill();
        List<Result> results = new ArrayList<>();
        results.add(lookup());
        results.add(list());
        results.add(register());
        return results;
    }

    private Result register() throws Exception {
        double[] runs = Load.repeat(THREADS, () -> {
            String directory = directory(ThreadLocalRandom.current().nextLong(directories));
            List<RegisterFile> files = LongStream.range(0, FILES)
                    .mapToObj(file -> new RegisterFile(
                            directory + "/new-" + names.incrementAndGet(),
                            2_000_000_000L + file,
                            Optional.of("0bc002ed"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            REPLICAS,
                            List.of()))
                    .toList();
            return done(user.exchange(
                    ApiRequest.post("/api/files").json(new RegisterFiles(files)).repeatable()));
        });
        try (Bare bare = new Bare(target)) {
            return result(
                    "register",
                    "files registered with two replicas each, 1 000 per request and directory, 8 connections",
                    "files/s",
                    10_000,
                    20_000,
                    "higher",
                    Load.limit(THREADS, bare::register),
                    runs);
        }
    }

    private Result lookup() throws Exception {
        double[] runs = Load.repeat(
                THREADS,
                () -> done(user.exchange(ApiRequest.post("/api/files/replicas")
                        .json(new NameFiles(some()))
                        .repeatable())));
        try (Bare bare = new Bare(target)) {
            return result(
                    "lookup",
                    "replicas of files, 1 000 files out of 10 directories per request, 8 connections",
                    "files/s",
                    50_000,
                    100_000,
                    "higher",
                    Load.limit(THREADS, () -> bare.lookUp(some())),
                    runs);
        }
    }

    private Result list() throws Exception {
        Load.Run[] runs = Load.runs(1, this::listLarge);
        double[] seconds = new double[runs.length];
        for (int run = 0; run < runs.length; run++) {
            seconds[run] = LARGE / runs[run].perSecond();
        }
        try (Bare bare = new Bare(target)) {
            return result(
                    "list",
                    "list of a directory of 100 000 files, page by page of 10 000, one user",
                    "s",
                    2,
                    1,
                    "lower",
                    LARGE / Load.limit(1, bare::list),
                    seconds);
        }
    }

    private long listLarge() {
        Files files = new Files(user);
        long entries = 0;
        Optional<String> next = Optional.empty();
        do {
            CatalogPage page = files.list(LARGE_DIRECTORY, false, PAGE, next);
            entries += page.entries().size();
            next = page.next();
        } while (next.isPresent());
        if (entries != LARGE) {
            throw new IllegalStateException(entries + " entries are listed");
        }
        return entries;
    }

    private Result result(
            String what,
            String work,
            String unit,
            double floor,
            double goal,
            String better,
            double limit,
            double[] runs) {
        return Result.of(
                "catalogue-" + what + "-" + size,
                work + "; " + label + " files in the catalogue",
                unit,
                floor,
                goal,
                better,
                limit,
                runs);
    }

    private static long done(ApiResponse response) {
        if (!response.text().contains("\"failed\":{}")) {
            throw new IllegalStateException("not all succeeded: " + response.text());
        }
        return FILES;
    }

    private static String directory(long number) {
        return TOP + "/" + number / FILES + "-" + number % FILES;
    }

    private List<String> some() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        List<String> lfns = new ArrayList<>();
        for (int part = 0; part < DIRECTORIES_PER_CALL; part++) {
            String directory = directory(random.nextLong(directories));
            int first = random.nextInt(FILES - FILES / DIRECTORIES_PER_CALL);
            for (int file = 0; file < FILES / DIRECTORIES_PER_CALL; file++) {
                lfns.add(directory + "/f" + (first + file));
            }
        }
        return lfns;
    }

    private void fill() throws SQLException {
        Files files = new Files(user);
        // makes area, names and storage elements as the catalogue does
        files.register(List.of(new RegisterFile(
                TOP + "/first",
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                REPLICAS,
                List.of())));
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(NEW_DIRECTORY.formatted("values ('" + LARGE_DIRECTORY + "')"));
            statement.execute(NEW_FILES.formatted("directory.path = '" + LARGE_DIRECTORY + "'", LARGE));
            for (long from = 0; from < directories; from += FILES) {
                String series = "generate_series(" + from + ", " + (Math.min(from + FILES, directories) - 1) + ") n";
                statement.execute(
                        NEW_DIRECTORY.formatted("select '" + TOP + "/' || n / 1000 || '-' || n % 1000 from " + series));
                statement.execute(NEW_FILES.formatted(
                        "directory.path in (select '" + TOP + "/' || n / 1000 || '-' || n % 1000 from " + series + ")",
                        FILES));
            }
            statement.execute("analyze dms.directory");
            statement.execute("analyze dms.file");
            statement.execute("analyze dms.replica");
        }
    }

    private static final String NEW_DIRECTORY = """
            insert into dms.directory (catalog, parent, path, owner, owner_group, mode, created, modified)
            select top.catalog, top.id, new.path, top.owner, top.owner_group, top.mode, now(), now()
            from dms.directory top, (%s) new(path) where top.path = '""" + TOP + "' on conflict do nothing";

    /** All or none of a directory, with what is noted of them. */
    private static final String NEW_FILES = """
            with file as (
                insert into dms.file (directory, name, size, adler32, guid, owner, owner_group, mode, status, created, modified)
                select directory.id, 'f' || n, 2000000000 + n, '0bc002ed', gen_random_uuid(), directory.owner,
                    directory.owner_group, 509, 'AprioriGood', now(), now()
                from dms.directory directory, generate_series(0, %2$d - 1) n
                where %1$s and not exists (select from dms.file known where known.directory = directory.id)
                returning id, directory, owner, owner_group, size),
            replica as (
                insert into dms.replica (file, se, status, master, created, modified)
                select file.id, se.id, 'AprioriGood', se.name = 'Bench-disk', now(), now()
                from file, dms.storage_element se where se.name in ('Bench-disk', 'Bench-tape')
                returning file, se)
            insert into dms.usage_delta (directory, owner, owner_group, se, files, bytes)
            select directory, owner, owner_group, se, count(*), sum(size) from (
                select directory, owner, owner_group, 0 as se, size from file
                union all
                select file.directory, file.owner, file.owner_group, replica.se, file.size
                from file join replica on replica.file = file.id) noted
            group by 1, 2, 3, 4""";

    /** The same rows by a client that does nothing else; writes to copies of the tables. */
    private static final class Bare implements AutoCloseable {

        private static final String REGISTER = """
                with file as (
                    insert into bench.file (directory, name, size, adler32, guid, owner, owner_group, mode, status, created,
                        modified)
                    select ?, 'new-' || ? || n, 2000000000 + n, '0bc002ed', gen_random_uuid(), 1, 2, 509, 'AprioriGood', now(), now()
                    from generate_series(1, 1000) n returning id, size),
                replica as (
                    insert into bench.replica (file, se, status, master, created, modified)
                    select id, se, 'AprioriGood', se = 1, now(), now() from file, (values (1), (2)) at(se))
                insert into bench.usage_delta (directory, owner, owner_group, se, files, bytes)
                select 1, 1, 2, se, 1000, sum(size) from file, (values (0), (1), (2)) at(se) group by se""";
        private static final String LOOK_UP = """
                select directory.path, file.name, se.name, replica.status, replica.master, replica.pfn
                from unnest(?::text[], ?::text[]) wanted(path, name)
                    join dms.directory directory on directory.path = wanted.path
                    join dms.file file on file.directory = directory.id and file.name = wanted.name
                    join dms.replica replica on replica.file = file.id
                    join dms.storage_element se on se.id = replica.se""";
        private static final String LIST = """
                select file.*, owner.name, owner_group.name from dms.file file join dms.principal owner on owner.id = file.owner
                    join dms.principal owner_group on owner_group.id = file.owner_group
                where file.directory = (select id from dms.directory where path = ?) order by file.name""";

        private final Target target;
        private final List<Connection> connections = new ArrayList<>();
        private final ThreadLocal<Connection> mine = ThreadLocal.withInitial(this::open);

        Bare(Target target) throws SQLException {
            this.target = target;
            try (Connection connection = target.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop schema if exists bench cascade");
                statement.execute("create schema bench");
                for (String table : List.of("file", "replica", "usage_delta")) {
                    statement.execute("create table bench." + table + " (like dms." + table + " including all)");
                }
            }
        }

        long register() throws SQLException {
            try (PreparedStatement insert = mine.get().prepareStatement(REGISTER)) {
                insert.setLong(1, ThreadLocalRandom.current().nextLong(1_000_000));
                insert.setString(2, UUID.randomUUID().toString());
                insert.executeUpdate();
                return FILES;
            }
        }

        long lookUp(List<String> lfns) throws SQLException {
            Connection connection = mine.get();
            try (PreparedStatement select = connection.prepareStatement(LOOK_UP)) {
                select.setArray(1, connection.createArrayOf("text", parts(lfns, true)));
                select.setArray(2, connection.createArrayOf("text", parts(lfns, false)));
                Map<String, String> found = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getString(1) + "/" + rows.getString(2), rows.getString(3));
                    }
                }
                return found.size();
            }
        }

        long list() throws SQLException {
            Connection connection = mine.get();
            try (PreparedStatement select = connection.prepareStatement(LIST)) {
                select.setString(1, LARGE_DIRECTORY);
                long rows = 0;
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        found.getString("name");
                        rows++;
                    }
                }
                return rows;
            }
        }

        private static Object[] parts(List<String> lfns, boolean directory) {
            return lfns.stream()
                    .map(lfn -> directory
                            ? lfn.substring(0, lfn.lastIndexOf('/'))
                            : lfn.substring(lfn.lastIndexOf('/') + 1))
                    .toArray();
        }

        private Connection open() {
            try {
                Connection connection = target.connect();
                synchronized (connections) {
                    connections.add(connection);
                }
                return connection;
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void close() throws SQLException {
            synchronized (connections) {
                for (Connection connection : connections) {
                    connection.close();
                }
            }
            try (Connection connection = target.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop schema bench cascade");
            }
        }
    }
}
