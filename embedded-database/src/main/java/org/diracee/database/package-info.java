/**
 * PostgreSQL without installation, for tests and the demo.
 *
 * <p>Durable and closed from its first second: {@code fsync} and {@code synchronous_commit} are on, connections are
 * possible from this machine alone and only with a password, and the application's role is no superuser. A production
 * site uses its own PostgreSQL instead.
 */
@NullMarked
package org.diracee.database;

import org.jspecify.annotations.NullMarked;
