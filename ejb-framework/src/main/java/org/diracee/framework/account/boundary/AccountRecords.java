/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.account.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.diracee.framework.account.entity.LocalAccountRepository;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.Sha256;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** The short transactions around local accounts, so that none is open while a password is hashed. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AccountRecords {

    /** Wrong passwords for one name within one log-in. */
    static final int FAILURES_PER_LOGIN = 5;

    /** Wrong passwords for one name in all log-ins of {@link #WINDOW}. */
    static final int FAILURES_PER_ACCOUNT = 30;

    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final String INTERNAL = "used by the sign-in itself";

    private LocalAccountRepository accounts;
    private Clock clock;

    protected AccountRecords() {} // for the container's proxy

    @Inject
    public AccountRecords(LocalAccountRepository accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @OpenAccess(INTERNAL)
    public boolean failedTooOften(VoName vo, UserName username, String login) {
        String name = counted(username);
        return accounts.failures(vo.text(), name, login) >= FAILURES_PER_LOGIN
                || accounts.failures(vo.text(), name, clock.instant().minus(WINDOW)) >= FAILURES_PER_ACCOUNT;
    }

    @OpenAccess(INTERNAL)
    public Optional<String> passwordHash(VoName vo, UserName username) {
        return accounts.passwordHash(vo.text(), username.text());
    }

    @OpenAccess(INTERNAL)
    public void failed(VoName vo, UserName username, String login) {
        accounts.addFailure(vo.text(), counted(username), login, clock.instant());
    }

    /** The name as it is counted: a hash, because it may be the password, typed into the wrong field. */
    private static String counted(UserName username) {
        return Sha256.hex(username.text());
    }

    /** Adds the account unless there is one of that name. */
    @OpenAccess("called by the server itself when it starts")
    public boolean add(VoName vo, UserName username, String passwordHash) {
        return accounts.add(vo.text(), username.text(), passwordHash, clock.instant());
    }

    /** Forgets at most this many rows of failures that count no more; tells how many. */
    @OpenAccess("called by the cleaning agent")
    public int forgetOldFailures(int limit) {
        // a log-in outlives the window, and its own count must not start anew
        return accounts.deleteFailuresBefore(clock.instant().minus(Duration.ofDays(1)), limit);
    }
}
