/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.account.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.diracee.framework.account.control.Passwords;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * People who sign in with a password kept here: for the demo and for small sites, off unless the installation asks for
 * it.
 */
@ApplicationScoped
public class LocalAccounts {

    /** A password takes a quarter of a second of a processor to check: more at a time would starve everybody else. */
    private static final int AT_A_TIME = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final int PATIENCE_SECONDS = 5;
    private static final String NO_ACCOUNT = "unknown";

    private final Semaphore checks = new Semaphore(AT_A_TIME);
    private AccountRecords records;
    private Deployment deployment;
    private SecurityAudit audit;

    protected LocalAccounts() {} // for the container's proxy

    @Inject
    public LocalAccounts(AccountRecords records, Deployment deployment, SecurityAudit audit) {
        this.records = records;
        this.deployment = deployment;
        this.audit = audit;
    }

    @OpenAccess("tells only whether there are any")
    public boolean enabled() {
        return deployment.localAccounts();
    }

    /**
     * Checks the password; a wrong one is counted against the name and the log-in.
     *
     * @param login the log-in that the person wants to approve
     */
    @OpenAccess("this is how a person becomes known")
    public SignIn signIn(VoName vo, String name, String password, String login) {
        if (!enabled()) {
            return SignIn.OFF;
        }
        Optional<UserName> username = username(name);
        Optional<String> hash = username.flatMap(known -> records.passwordHash(vo, known));
        // people type their passwords into the wrong field: only what is the name of an account may be told to others
        String shown = hash.isPresent() ? username.map(UserName::text).orElse(NO_ACCOUNT) : NO_ACCOUNT;
        if (username.isPresent() && records.failedTooOften(vo, username.get(), login)) {
            LOG.tooManyWrongPasswords(shown, vo);
            refused(vo, shown, "too many wrong passwords");
            return SignIn.TOO_MANY_FAILURES;
        }
        Optional<Boolean> right = check(password, hash);
        if (right.isEmpty()) {
            return SignIn.BUSY;
        }
        if (right.get()) {
            return SignIn.RIGHT;
        }
        username.ifPresent(known -> {
            records.failed(vo, known, login);
            LOG.wrongPassword(shown, vo);
            refused(vo, shown, "wrong password");
        });
        return SignIn.WRONG;
    }

    private void refused(VoName vo, String shown, String why) {
        audit.refused(AuditedAct.refused(AuditAct.LOG_IN, AuditActor.claiming(vo, shown), "user:" + shown, why));
    }

    private Optional<Boolean> check(String password, Optional<String> hash) {
        boolean mine = false;
        try {
            mine = checks.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return mine ? Optional.of(Passwords.matches(password, hash)) : Optional.empty();
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (mine) {
                checks.release();
            }
        }
    }

    private static Optional<UserName> username(String name) {
        try {
            return Optional.of(new UserName(name));
        } catch (InvalidValue noName) {
            return Optional.empty();
        }
    }
}
