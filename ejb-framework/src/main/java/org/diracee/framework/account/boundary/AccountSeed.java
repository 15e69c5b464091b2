/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.account.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diracee.framework.account.control.AccountLine;
import org.diracee.framework.account.control.Passwords;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.OpenAccess;

/** Creates the local accounts of a file when the server starts; accounts that exist keep their password. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AccountSeed {

    private AccountRecords records;
    private Deployment deployment;

    protected AccountSeed() {} // for the container's proxy

    @Inject
    public AccountSeed(AccountRecords records, Deployment deployment) {
        this.records = records;
        this.deployment = deployment;
    }

    @PostConstruct
    void start() {
        if (deployment.localAccounts()) {
            deployment.accountsSeed().ifPresent(this::seed);
        }
    }

    /** @throws IllegalStateException if the file cannot be read or a line is wrong */
    @OpenAccess("called by the server itself when it starts")
    public int seed(Path file) {
        int created = 0;
        try {
            for (AccountLine line : AccountLine.parse(Files.readAllLines(file))) {
                if (records.passwordHash(line.vo(), line.username()).isEmpty()
                        && records.add(line.vo(), line.username(), Passwords.hash(line.password()))) {
                    created++;
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("The accounts in " + file + " cannot be read", unreadable);
        }
        LOG.accountsSeeded(created, file.toString());
        return created;
    }
}
