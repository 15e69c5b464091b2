/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.control;

/** The key of the secrets in the database is missing or is not the one that they were sealed with; the message says what to do. */
public class UnusableSealingKey extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String HELP = " See 'The key of the secrets' in docs/reference/server.md.";

    private UnusableSealingKey(String problem) {
        super(problem + HELP);
    }

    private UnusableSealingKey(String problem, Throwable cause) {
        super(problem + HELP, cause);
    }

    public static UnusableSealingKey missing(String alias) {
        return new UnusableSealingKey(missingFrom(alias));
    }

    public static UnusableSealingKey missing(String alias, Throwable cause) {
        return new UnusableSealingKey(missingFrom(alias), cause);
    }

    private static String missingFrom(String alias) {
        return "The server's credential store 'dirac' has no key '" + alias
                + "', so no secret in the database can be read or written. Put sealing.cs of another node of this"
                + " installation, or of the backup, into DIRAC_SECRETS_DIR.";
    }

    public static UnusableSealingKey unreachable(Throwable cause) {
        return new UnusableSealingKey(
                "The server has no credential store 'dirac', which holds the key of the secrets in the"
                        + " database. Make it as wildfly-config/src/main/cli/configure.cli does.",
                cause);
    }

    public static UnusableSealingKey ofAnotherKind() {
        return new UnusableSealingKey(
                "The key of the secrets in the database, in the server's credential store 'dirac', is no"
                        + " AES key of 256 bits.");
    }

    public static UnusableSealingKey another(String wanted, String present) {
        return new UnusableSealingKey("The secrets in the database were sealed with the key " + wanted
                + ", the server's credential store 'dirac' holds the key " + present
                + ". All nodes of an installation need the same: put sealing.cs of another node, or of the backup, into"
                + " DIRAC_SECRETS_DIR and start again.");
    }
}
