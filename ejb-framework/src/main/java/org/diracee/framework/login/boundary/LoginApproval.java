/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.diracee.framework.account.boundary.LocalAccounts;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.UserName;

/** Lets a person with a local account approve or refuse a log-in; no transaction is open while the password is checked. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LoginApproval {

    private static final String PERSON = "the person proves who it is by the password";

    private DeviceLogin logins;
    private LocalAccounts accounts;
    private Registry registry;
    private SecurityAudit audit;

    protected LoginApproval() {} // for the container's proxy

    @Inject
    public LoginApproval(DeviceLogin logins, LocalAccounts accounts, Registry registry, SecurityAudit audit) {
        this.logins = logins;
        this.accounts = accounts;
        this.registry = registry;
        this.audit = audit;
    }

    /** Takes a person's decision; every outcome that a person can cause is an answer, not an exception. */
    @OpenAccess(PERSON)
    public Decision decide(String userCode, String username, String password, boolean approved) {
        LoginState state = logins.state(userCode);
        if (!(state instanceof LoginState.Waiting waiting)) {
            return new Decision.NotWaiting(state);
        }
        PendingLogin login = waiting.login();
        return switch (accounts.signIn(login.vo(), username, password, login.userCode())) {
            case OFF -> new Decision.NoLocalAccounts();
            case WRONG -> new Decision.WrongPassword(login);
            case TOO_MANY_FAILURES, BUSY -> new Decision.TooManyAttempts(login);
            case RIGHT -> signedIn(login, new UserName(username), approved);
        };
    }

    private Decision signedIn(PendingLogin login, UserName username, boolean approved) {
        Optional<RegisteredUser> user = registry.user(login.vo(), username).filter(found -> !found.suspended());
        if (user.isEmpty()) {
            return new Decision.NotAllowed(
                    login, username + " is not registered in the VO " + login.vo() + ", or is suspended there.");
        }
        String subject = user.get().subject();
        boolean member = registry.group(login.vo(), login.group())
                .filter(group -> group.has(subject))
                .isPresent();
        if (approved && !member) {
            return new Decision.NotAllowed(login, username + " is not a member of the group " + login.group() + ".");
        }
        LoginState before = logins.decide(login.userCode(), subject, approved);
        if (!(before instanceof LoginState.Waiting)) {
            return new Decision.NotWaiting(before);
        }
        String scope = "vo:" + login.vo() + " group:" + login.group();
        AuditActor person = AuditActor.user(
                login.vo(), subject, username.text(), login.group().text());
        if (approved) {
            LOG.logInApproved(username, login.vo(), scope);
            audit.record(AuditedAct.done(AuditAct.LOG_IN_APPROVAL, person, "device:" + login.userCode(), "password"));
            return new Decision.Approved();
        }
        LOG.logInRefused(username, login.vo(), scope);
        return new Decision.Refused();
    }
}
