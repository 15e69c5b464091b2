/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedDatabaseIT {

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Running {

        private EmbeddedDatabase database;

        @BeforeAll
        void startDatabase() {
            database = EmbeddedDatabase.temporary();
        }

        @AfterAll
        void stopDatabase() {
            database.close();
        }

        @ParameterizedTest
        @CsvSource({
            "fsync, on",
            "synchronous_commit, on",
            "full_page_writes, on",
            "password_encryption, scram-sha-256",
            "listen_addresses, 127.0.0.1",
            "data_checksums, on",
            "server_encoding, UTF8"
        })
        void hasTheSettingsThatTheApplicationReliesOn(String setting, String value) throws SQLException {
            assertThat(ask(database.dataSource(), "SHOW " + setting)).isEqualTo(value);
        }

        @Test
        void admitsConnectionsWithScramAlone() throws SQLException {
            assertThat(ask(
                            database.superuserDataSource(),
                            "SELECT string_agg(type || ' ' || auth_method, ',') FROM pg_hba_file_rules"))
                    .isEqualTo("host scram-sha-256");
        }

        @ParameterizedTest
        @CsvSource({"dirac, wrong", "dirac, ''", "postgres, ''", "postgres, postgres"})
        void refusesAWrongPassword(String user, String password) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), user, password))
                    .isInstanceOf(SQLException.class);
        }

        @Test
        void givesTheApplicationItsDatabaseAndNoMore() throws SQLException {
            assertThat(ask(
                            database.dataSource(),
                            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
                                    + " FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThat(ask(
                            database.dataSource(),
                            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo("dirac");
        }

        @Test
        void keepsSecretsOutOfArgumentsAndEnvironment() throws SQLException, IOException {
            Path process = Path.of("/proc", ask(database.superuserDataSource(), POSTMASTER_PID));
            for (String file : List.of("cmdline", "environ")) {
                if (Files.isReadable(process.resolve(file))) {
                    assertThat(Files.readString(process.resolve(file))).doesNotContain(database.password());
                }
            }
        }

        @Test
        void keepsCommittedRowsWhenItIsKilled() throws SQLException {
            tell(database.dataSource(), "CREATE TABLE survivor (id int)");
            tell(database.dataSource(), "INSERT INTO survivor SELECT generate_series(1, 1000)");
            database.restart();
            assertThat(ask(database.dataSource(), "SELECT count(*) FROM survivor"))
                    .isEqualTo("1000");
        }
    }

    private static final String POSTMASTER_PID = "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)";

    @Test
    void keepsItsDataAndPasswordOverARestart(@TempDir Path directory) throws SQLException, IOException {
        String password;
        try (EmbeddedDatabase first = EmbeddedDatabase.start(directory, freePort())) {
            password = first.password();
            tell(first.dataSource(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedDatabase second = EmbeddedDatabase.start(directory, freePort())) {
            assertThat(second.password()).isEqualTo(password);
            assertThat(ask(second.dataSource(), "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void startsOverAPidFileWhosePidBelongsToAnotherProgram(@TempDir Path directory) throws SQLException, IOException {
        int port = freePort();
        EmbeddedDatabase.start(directory, port).close();
        long living = ProcessHandle.current().pid();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                living + "\n" + directory.resolve("data") + "\n1\n" + port + "\n\n127.0.0.1\n1 1\nready\n");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            assertThat(ask(database.dataSource(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void writesItsSecretsForItsOwnerAlone(@TempDir Path directory) throws IOException {
        try (EmbeddedDatabase ignored = EmbeddedDatabase.start(directory, freePort())) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("credentials.properties"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesASecondServerOnOneDirectory(@TempDir Path directory) throws IOException {
        try (EmbeddedDatabase ignored = EmbeddedDatabase.start(directory, freePort())) {
            int otherPort = freePort();
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, otherPort))
                    .isInstanceOf(DatabaseNotStarted.class)
                    .hasMessageContaining("already running");
        }
    }

    @Test
    void saysWhichPortIsTaken(@TempDir Path directory) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, taken.getLocalPort()))
                    .isInstanceOf(DatabaseNotStarted.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
        }
    }

    /** The program that the demo runs, in a process of its own. */
    @Nested
    class Program {

        @Test
        void writesWhereItIsReachedAndStopsCleanlyOnSigterm(@TempDir Path directory) throws Exception {
            Process program = run(directory, freePort());
            assertThat(firstLine(program)).startsWith("PostgreSQL is ready");
            Path file = directory.resolve("database.properties");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Properties properties = read(file);
            assertThat(ask(properties, "SELECT current_user")).isEqualTo("dirac");
            assertThat(properties).containsEntry("pid", Long.toString(program.pid()));

            program.destroy();
            assertThat(program.waitFor()).isEqualTo(143);
            assertThat(file).doesNotExist();
            assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
        }

        @Test
        void recoversWhenItWasKilledAndItsServerLivesOn(@TempDir Path directory) throws Exception {
            int port = freePort();
            Process killed = run(directory, port);
            assertThat(firstLine(killed)).startsWith("PostgreSQL is ready");
            tell(read(directory.resolve("database.properties")), "CREATE TABLE kept AS SELECT 42 AS answer");
            killed.destroyForcibly().waitFor();

            Process next = run(directory, port);
            try {
                assertThat(firstLine(next)).startsWith("PostgreSQL is ready");
                assertThat(ask(read(directory.resolve("database.properties")), "SELECT answer FROM kept"))
                        .isEqualTo("42");
            } finally {
                next.destroy();
                next.waitFor();
            }
        }

        @Test
        void endsWithAnErrorWhenItsServerDies(@TempDir Path directory) throws Exception {
            Process program = run(directory, freePort());
            assertThat(firstLine(program)).startsWith("PostgreSQL is ready");
            long server = Long.parseLong(
                    read(directory.resolve("database.properties")).getProperty("postmasterPid"));
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            assertThat(program.waitFor()).isEqualTo(1);
        }

        private Process run(Path directory, int port) throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            EmbeddedDatabase.class.getName(),
                            directory.toString(),
                            Integer.toString(port))
                    .redirectError(directory.resolve("stderr.txt").toFile())
                    .start();
        }

        private String firstLine(Process program) throws IOException {
            return program.inputReader().readLine();
        }

        private Properties read(Path file) throws IOException {
            Properties properties = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            return properties;
        }

        private String ask(Properties access, String query) throws SQLException {
            try (Connection connection = connect(access)) {
                return firstValue(connection, query);
            }
        }

        private void tell(Properties access, String statement) throws SQLException {
            try (Connection connection = connect(access);
                    Statement command = connection.createStatement()) {
                command.execute(statement);
            }
        }

        private Connection connect(Properties access) throws SQLException {
            return DriverManager.getConnection(
                    access.getProperty("url"), access.getProperty("user"), access.getProperty("password"));
        }
    }

    private static String ask(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return firstValue(connection, query);
        }
    }

    private static String firstValue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void tell(DataSource source, String statement) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement command = connection.createStatement()) {
            command.execute(statement);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }
}
