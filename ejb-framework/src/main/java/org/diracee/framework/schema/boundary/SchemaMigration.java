/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.schema.boundary;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;
import org.jboss.logging.Logger;

/**
 * Brings one module's schema up to date while its persistence unit starts, before Hibernate validates it.
 *
 * <p>A module extends this with the name of its schema and registers the subclass as a Hibernate {@link Integrator}; its
 * scripts lie in {@code db/migration/<schema>}. All modules of the application share a class loader, so every unit finds
 * every integrator: one acts only in the unit whose {@code hibernate.default_schema} is its own.
 */
public abstract class SchemaMigration implements Integrator {

    private static final String DATA_SOURCE = "java:jboss/datasources/DiracMigrationDS";
    private static final Logger LOG = Logger.getLogger(SchemaMigration.class);

    private final String schema;

    protected SchemaMigration(String schema) {
        this.schema = schema;
    }

    @Override
    @SuppressWarnings("BanJNDI") // a constant name of our own server; nothing is injected this early
    public void integrate(
            Metadata metadata, BootstrapContext bootstrapContext, SessionFactoryImplementor sessionFactory) {
        if (!schema.equals(sessionFactory.getProperties().get(AvailableSettings.DEFAULT_SCHEMA))) {
            return;
        }
        try {
            DataSource dataSource = InitialContext.doLookup(DATA_SOURCE);
            migrate(dataSource, schema, getClass().getClassLoader());
        } catch (NamingException absent) {
            throw new IllegalStateException("There is no data source " + DATA_SOURCE, absent);
        }
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessionFactory, SessionFactoryServiceRegistry serviceRegistry) {
        // the schema outlives the server
    }

    /**
     * Runs the scripts that this database has not seen yet; nodes that start together take turns.
     *
     * @param scripts class loader that sees {@code db/migration/<schema>}
     */
    public static void migrate(DataSource dataSource, String schema, ClassLoader scripts) {
        // Flyway's own lock lies in a table of the schema, so it cannot guard the schema's creation
        try (Connection turn = dataSource.getConnection()) {
            advisory(turn, "select pg_advisory_lock(hashtext(?))", schema);
            try {
                MigrateResult result = Flyway.configure(scripts)
                        .dataSource(dataSource)
                        .schemas(schema)
                        .defaultSchema(schema)
                        .createSchemas(true)
                        .locations("classpath:db/migration/" + schema)
                        .load()
                        .migrate();
                LOG.debugf("schema %s: %d scripts run", schema, result.migrationsExecuted);
            } finally {
                advisory(turn, "select pg_advisory_unlock(hashtext(?))", schema);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The schema " + schema + " could not be migrated", failure);
        }
    }

    private static void advisory(Connection connection, String sql, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "dirac.schema." + schema);
            statement.execute();
        }
    }
}
