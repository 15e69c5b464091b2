/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of our own: starts in seconds as any user, keeps its directory over restarts, loses nothing that was
 * committed, and lets nobody in without a password.
 *
 * <p>Tests call {@link #temporary()}; the demo runs {@link #main}. Works as root too, where the machine allows user
 * namespaces.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** Name of the database and of the role that owns it. */
    public static final String NAME = "dirac";

    static final String SUPERUSER = "postgres";

    private static final String HOST = "127.0.0.1";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int PORT_ATTEMPTS = 60;

    private final Path directory;
    private final int port;
    private final boolean disposable;
    private final Credentials credentials;
    private final Postmaster postmaster;
    private final FileChannel lockFile;
    private final Thread endWithJvm = new Thread(this::close, "embedded-database-stop");
    private boolean closed;

    private EmbeddedDatabase(
            Path directory,
            int port,
            boolean disposable,
            Credentials credentials,
            Postmaster postmaster,
            FileChannel lockFile) {
        this.directory = directory;
        this.port = port;
        this.disposable = disposable;
        this.credentials = credentials;
        this.postmaster = postmaster;
        this.lockFile = lockFile;
    }

    /** Starts an empty database on a free port; its directory vanishes when it is closed. */
    public static EmbeddedDatabase temporary() {
        try {
            return start(Files.createTempDirectory("dirac-database-"), freePort(), true);
        } catch (IOException e) {
            throw new DatabaseNotStarted("No temporary directory for the database: " + e.getMessage(), e);
        }
    }

    /**
     * Starts the database of the directory, making it at the first time.
     *
     * @throws DatabaseNotStarted if the port is taken, another process serves the directory, or PostgreSQL refuses
     */
    public static EmbeddedDatabase start(Path directory, int port) {
        return start(directory, port, false);
    }

    private static EmbeddedDatabase start(Path given, int port, boolean disposable) {
        try {
            Path directory = PrivateFiles.createDirectories(
                            given.toAbsolutePath().normalize())
                    .toRealPath();
            FileChannel lockFile = lock(directory);
            try {
                Credentials credentials = Credentials.of(directory.resolve("credentials.properties"));
                Path programs = PostgresBinaries.unpacked(directory.resolve("programs"));
                Path log = directory.resolve("postgresql.log");
                Postmaster postmaster = new Postmaster(programs, directory.resolve("data"), log);
                EmbeddedDatabase database =
                        new EmbeddedDatabase(directory, port, disposable, credentials, postmaster, lockFile);
                database.open();
                return database;
            } catch (IOException | InterruptedException | RuntimeException failure) {
                lockFile.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new DatabaseNotStarted("The database in " + given + " could not be started: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseNotStarted("Interrupted while the database started", e);
        }
    }

    private void open() throws IOException, InterruptedException {
        postmaster.requireUsableAccount();
        if (!Files.exists(directory.resolve("data"))) {
            postmaster.initialise(credentials.superuserPassword());
        }
        Runtime.getRuntime().addShutdownHook(endWithJvm);
        try {
            startPostmaster();
            createRoleAndDatabase();
        } catch (IOException | InterruptedException | RuntimeException failure) {
            close();
            throw failure;
        } catch (SQLException failure) {
            close();
            throw new DatabaseNotStarted("The role and database could not be made: " + failure.getMessage(), failure);
        }
    }

    /** Starts the server again after {@link #kill()}, on the same port with the same data. */
    public synchronized void recover() {
        try {
            startPostmaster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseNotStarted("Interrupted while the database started", e);
        }
    }

    /** Kills the server as a power cut would ({@code kill -9}); every open connection breaks. */
    public synchronized void kill() {
        try {
            postmaster.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the server as a power cut would and starts it again. */
    public void restart() {
        kill();
        recover();
    }

    /** Returns unpooled connections of the application's role. */
    public DataSource dataSource() {
        return dataSource(NAME, NAME, credentials.applicationPassword());
    }

    /** Returns the JDBC URL of the application's database. */
    public String url() {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + NAME;
    }

    /** Returns the role that owns the application's database and nothing else. */
    public String user() {
        return NAME;
    }

    /** Returns the password of {@link #user()}. */
    public String password() {
        return credentials.applicationPassword();
    }

    /** Stops the server cleanly; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            postmaster.stop();
            Files.deleteIfExists(propertiesFile());
            lockFile.close();
            if (disposable) {
                PrivateFiles.deleteTree(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forgetShutdownHook();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void forgetShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(endWithJvm);
        } catch (IllegalStateException alreadyShuttingDown) {
            // then the hook itself brought us here
            return;
        }
    }

    private void startPostmaster() throws IOException, InterruptedException {
        boolean afterCrash = postmaster.clearPredecessor();
        requireFreePort();
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        postmaster.start(port);
        while (!acceptsConnections()) {
            if (System.nanoTime() > deadline) {
                postmaster.kill();
                throw new DatabaseNotStarted("PostgreSQL accepts no connections after " + START_PATIENCE.toSeconds()
                        + " s. Its last words:\n" + postmaster.lastLogLines());
            }
            if (!postmaster.isRunning()) {
                if (!afterCrash) {
                    throw new DatabaseNotStarted(
                            "PostgreSQL ended at once. Its last words:\n" + postmaster.lastLogLines());
                }
                // the children of a killed server need a moment to notice, and hold its shared memory until then
                postmaster.start(port);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private void requireFreePort() throws InterruptedException {
        // after a crash the old server's children may hold the port for a moment
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
                return;
            } catch (IOException taken) {
                Thread.sleep(POLL.toMillis());
            }
        }
        throw new DatabaseNotStarted("Port " + port + " on " + HOST + " is taken by another program");
    }

    private boolean acceptsConnections() {
        try (Connection ignored = superuserDataSource().getConnection()) {
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void createRoleAndDatabase() throws SQLException {
        try (Connection connection = superuserDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + NAME + "'")) {
                // the password is of our own making and has no character that would need quoting
                statement.execute(
                        "CREATE ROLE " + NAME + " LOGIN PASSWORD '" + credentials.applicationPassword() + "'");
            }
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    DataSource superuserDataSource() {
        return dataSource("postgres", SUPERUSER, credentials.superuserPassword());
    }

    private DataSource dataSource(String database, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setReWriteBatchedInserts(true);
        return source;
    }

    private Path propertiesFile() {
        return directory.resolve("database.properties");
    }

    private void writeProperties() throws IOException {
        PrivateFiles.write(
                propertiesFile(),
                String.join(
                        "\n",
                        "url=" + url(),
                        "user=" + user(),
                        "password=" + password(),
                        "superuser=" + SUPERUSER,
                        "superuserPassword=" + credentials.superuserPassword(),
                        "port=" + port,
                        "pid=" + ProcessHandle.current().pid(),
                        "postmasterPid=" + postmaster.pid(),
                        ""));
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new DatabaseNotStarted("The database in " + directory + " is already running");
        }
        return channel;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        }
    }

    /**
     * Runs a database until SIGTERM: {@code DIRECTORY PORT}. {@code dev/database} starts it with its class path.
     *
     * <p>Prints one line when it is ready; the address and the passwords are then in {@code
     * DIRECTORY/database.properties}, which only its owner can read. Ends with code 1 if the database could not be
     * started or died.
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2 || !arguments[1].matches("\\d{1,5}")) {
            System.err.println(
                    "Usage: dev/database start DIRECTORY [PORT], or this class with the arguments DIRECTORY PORT");
            System.exit(2);
        }
        // no logging library is wanted here, nor its remark that there is none
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            EmbeddedDatabase database = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            database.writeProperties();
            System.out.println("PostgreSQL is ready: " + database.url() + ", directory " + database.directory);
            database.postmaster.awaitEnd();
            if (!database.isClosed()) {
                System.err.println("PostgreSQL died. Its last words:\n" + database.postmaster.lastLogLines());
                System.exit(1);
            }
        } catch (DatabaseNotStarted | IOException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }
}
