/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.schema.boundary;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement of a repository, with its values in the order of the question marks. It runs on the connection of the
 * session's transaction; lists become PostgreSQL arrays, so that one statement serves many rows.
 */
public final class SqlStatement {

    private final Session session;
    private final String sql;
    private final List<Binding> bindings = new ArrayList<>();

    public SqlStatement(Session session, String sql) {
        this.session = session;
        this.sql = sql;
    }

    public SqlStatement text(@Nullable String value) {
        return bind((statement, place) -> statement.setString(place, value));
    }

    public SqlStatement number(long value) {
        return bind((statement, place) -> statement.setLong(place, value));
    }

    public SqlStatement numberOrNull(@Nullable Long value) {
        return bind((statement, place) -> statement.setObject(place, value, Types.BIGINT));
    }

    public SqlStatement number(int value) {
        return bind((statement, place) -> statement.setInt(place, value));
    }

    public SqlStatement number(double value) {
        return bind((statement, place) -> statement.setDouble(place, value));
    }

    public SqlStatement truth(boolean value) {
        return bind((statement, place) -> statement.setBoolean(place, value));
    }

    public SqlStatement instant(@Nullable Instant value) {
        return bind((statement, place) -> {
            if (value == null) {
                statement.setNull(place, Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setObject(place, OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
            }
        });
    }

    public SqlStatement numbers(Collection<Long> values) {
        return array("int8", values.toArray());
    }

    /** An array with one number per item. */
    public <T> SqlStatement numbers(Collection<T> items, Function<? super T, Long> number) {
        return array("int8", items.stream().map(number).toArray());
    }

    public SqlStatement texts(Collection<String> values) {
        return array("text", values.toArray());
    }

    /** An array with one text per item. */
    public <T> SqlStatement texts(Collection<T> items, Function<? super T, @Nullable String> text) {
        return array("text", items.stream().map(text).toArray());
    }

    /** An array with one number per item. */
    public <T> SqlStatement doubles(Collection<T> items, Function<? super T, @Nullable Double> number) {
        return array("float8", items.stream().map(number).toArray());
    }

    /** An array with one time per item. */
    public <T> SqlStatement instants(Collection<T> items, Function<? super T, @Nullable Instant> instant) {
        return array("timestamptz", items.stream().map(instant).toArray());
    }

    /** Runs a statement that answers no rows; returns how many it wrote. */
    public int run() {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = prepared(connection)) {
                return statement.executeUpdate();
            }
        });
    }

    /** Runs a statement that answers rows. */
    public <T> List<T> rows(RowReader<T> reader) {
        return session.doReturningWork(connection -> read(connection, reader));
    }

    /**
     * Runs a statement that answers rows; empty if the database ends it with this SQLSTATE, of which then nothing is logged. The
     * transaction is good for nothing more, save to go back to a savepoint.
     */
    public <T> Optional<List<T>> rowsUnless(String state, RowReader<T> reader) {
        return session.doReturningWork(connection -> {
            try {
                return Optional.of(read(connection, reader));
            } catch (SQLException failure) {
                // caught here because Hibernate logs what leaves this work as an error
                if (state.equals(failure.getSQLState())) {
                    return Optional.empty();
                }
                throw failure;
            }
        });
    }

    private <T> List<T> read(Connection connection, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepared(connection);
                ResultSet results = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            Row row = new Row(results);
            while (results.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        }
    }

    private PreparedStatement prepared(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            int place = 1;
            for (Binding binding : bindings) {
                binding.bind(statement, place++);
            }
            return statement;
        } catch (SQLException failure) {
            statement.close();
            throw failure;
        }
    }

    private SqlStatement array(String type, @Nullable Object[] items) {
        return bind((statement, place) -> {
            Array array = statement.getConnection().createArrayOf(type, items);
            statement.setArray(place, array);
        });
    }

    private SqlStatement bind(Binding binding) {
        bindings.add(binding);
        return this;
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement, int place) throws SQLException;
    }

    /** Turns one row of the answer into a value. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }

    /** The row of the answer that is being read. */
    public static final class Row {

        private final ResultSet results;

        private Row(ResultSet results) {
            this.results = results;
        }

        public String text(String column) throws SQLException {
            String text = results.getString(column);
            if (text == null) {
                throw new SQLException("column " + column + " is null");
            }
            return text;
        }

        public @Nullable String textOrNull(String column) throws SQLException {
            return results.getString(column);
        }

        public List<String> texts(String column) throws SQLException {
            return List.of((String[]) results.getArray(column).getArray());
        }

        public List<Long> numbers(String column) throws SQLException {
            return List.of((Long[]) results.getArray(column).getArray());
        }

        public long number(String column) throws SQLException {
            return results.getLong(column);
        }

        public @Nullable Long numberOrNull(String column) throws SQLException {
            long number = results.getLong(column);
            return results.wasNull() ? null : number;
        }

        public int integer(String column) throws SQLException {
            return results.getInt(column);
        }

        public double real(String column) throws SQLException {
            return results.getDouble(column);
        }

        public @Nullable Double realOrNull(String column) throws SQLException {
            double number = results.getDouble(column);
            return results.wasNull() ? null : number;
        }

        public boolean truth(String column) throws SQLException {
            return results.getBoolean(column);
        }

        public Instant instant(String column) throws SQLException {
            Instant instant = instantOrNull(column);
            if (instant == null) {
                throw new SQLException("column " + column + " is null");
            }
            return instant;
        }

        public @Nullable Instant instantOrNull(String column) throws SQLException {
            OffsetDateTime time = results.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
    }
}
