/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.diracee.client.ApiClient;
import org.diracee.client.Logins;
import org.diracee.client.wire.DeviceAuthorization;
import org.diracee.client.wire.TokenResponse;

/**
 * The system under load: its address and its database, as {@code benchmarks/run} started them.
 *
 * @param directory where that script keeps database, certificates and log-in
 */
record Target(URI server, Path directory) {

    /** A client without credentials. */
    ApiClient client() throws IOException {
        return ApiClient.builder(server).caFile(directory.resolve("tls/ca.pem")).build();
    }

    /** Begins a session in the default group of a VO; all accounts have the password of the run. */
    TokenResponse logIn(Logins logins, String vo, String user) throws IOException {
        DeviceAuthorization device = logins.begin("vo:" + vo);
        logins.approve(
                device, user, Files.readString(directory.resolve("password")).strip());
        return logins.poll(device.deviceCode()).orElseThrow();
    }

    /** MiB that the server's heap holds after a collection of garbage. */
    long liveHeap() throws IOException {
        String pid = Files.readString(directory.resolve("server/server.pid")).strip();
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), pid, "GC.class_histogram")
                .start();
        String[] lines = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
        String[] total = lines[lines.length - 1].strip().split("\\s+");
        return Long.parseLong(total[total.length - 1]) >> 20;
    }

    /** Opens a connection of the application's role. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(directory.resolve("database/database.properties"))) {
            properties.load(in);
        } catch (IOException unreadable) {
            throw new SQLException("no database.properties under " + directory, unreadable);
        }
        return DriverManager.getConnection(
                properties.getProperty("url"), properties.getProperty("user"), properties.getProperty("password"));
    }
}
