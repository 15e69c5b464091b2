/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.diracee.client.ApiClient;

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
