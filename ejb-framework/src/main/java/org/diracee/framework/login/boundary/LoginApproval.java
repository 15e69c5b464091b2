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
import java.util.UUID;
import org.diracee.framework.account.boundary.LocalAccounts;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.UserName;

/** Lets a person with a local account approve or refuse a log-in; no transaction is open while the password is checked. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LoginApproval {

    private static final String PERSON = "the person proves who it is by the password";

    private DeviceLogin logins;
    private AuthorizationCodes codes;
    private LocalAccounts accounts;
    private Registry registry;
    private TokenIssuer issuer;
    private SecurityAudit audit;

    protected LoginApproval() {} // for the container's proxy

    @Inject
    public LoginApproval(
            DeviceLogin logins,
            AuthorizationCodes codes,
            LocalAccounts accounts,
            Registry registry,
            TokenIssuer issuer,
            SecurityAudit audit) {
        this.logins = logins;
        this.codes = codes;
        this.accounts = accounts;
        this.registry = registry;
        this.issuer = issuer;
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

    /** Takes a person's decision on a program in the browser; a refusal needs no password, as only this browser knows the id. */
    @OpenAccess(PERSON)
    public Decision decideForProgram(UUID flow, String username, String password, boolean approved) {
        Optional<ProgramLogin> pending = codes.pending(flow);
        if (pending.isEmpty()) {
            return new Decision.NotWaiting(new LoginState.Expired());
        }
        PendingLogin login = pending.get().asked();
        try {
            if (!approved) {
                return new Decision.SentBack(codes.denied(flow));
            }
            return switch (accounts.signIn(login.vo(), username, password, login.userCode())) {
                case OFF -> new Decision.NoLocalAccounts();
                case WRONG -> new Decision.WrongPassword(login);
                case TOO_MANY_FAILURES, BUSY -> new Decision.TooManyAttempts(login);
                case RIGHT -> sentBack(flow, login, new UserName(username));
            };
        } catch (InvalidLoginState decidedMeanwhile) {
            return new Decision.NotWaiting(new LoginState.Decided());
        }
    }

    private Decision sentBack(UUID flow, PendingLogin login, UserName username) {
        Optional<RegisteredUser> user = known(login, username);
        if (user.isEmpty()) {
            return notRegistered(login, username);
        }
        Optional<Decision> obstacle = obstacle(login, user.get());
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        String back = codes.approve(flow, user.get().subject());
        approvedBy(login, user.get(), "program:" + flow);
        return new Decision.SentBack(back);
    }

    private Decision signedIn(PendingLogin login, UserName username, boolean approved) {
        Optional<RegisteredUser> user = known(login, username);
        if (user.isEmpty()) {
            return notRegistered(login, username);
        }
        Optional<Decision> obstacle = approved ? obstacle(login, user.get()) : Optional.empty();
        if (obstacle.isPresent()) {
            if (isMember(login, user.get())) {
                logins.refuse(login.userCode()); // the program would ask to the end
            }
            return obstacle.get();
        }
        LoginState before = logins.decide(login.userCode(), user.get().subject(), approved);
        if (!(before instanceof LoginState.Waiting)) {
            return new Decision.NotWaiting(before);
        }
        if (approved) {
            approvedBy(login, user.get(), "device:" + login.userCode());
            return new Decision.Approved();
        }
        LOG.logInRefused(username, login.vo(), scope(login));
        return new Decision.Refused();
    }

    private void approvedBy(PendingLogin login, RegisteredUser user, String target) {
        LOG.logInApproved(user.username(), login.vo(), scope(login));
        audit.record(AuditedAct.done(
                AuditAct.LOG_IN_APPROVAL,
                AuditActor.user(
                        login.vo(),
                        user.subject(),
                        user.username().text(),
                        login.group().text()),
                target,
                "password"));
    }

    private Optional<RegisteredUser> known(PendingLogin login, UserName username) {
        return registry.user(login.vo(), username).filter(found -> !found.suspended());
    }

    /** Why the program would get no tokens after an approval. */
    private Optional<Decision> obstacle(PendingLogin login, RegisteredUser user) {
        if (!isMember(login, user)) {
            return Optional.of(notMember(login, user.username()));
        }
        try {
            issuer.requireMay(user.subject(), login.scope());
            return Optional.empty();
        } catch (Forbidden | Suspended refused) {
            return Optional.of(new Decision.NotAllowed(login, refused.detail()));
        }
    }

    private boolean isMember(PendingLogin login, RegisteredUser user) {
        return registry.group(login.vo(), login.group())
                .filter(group -> group.has(user.subject()))
                .isPresent();
    }

    private static Decision notRegistered(PendingLogin login, UserName username) {
        return new Decision.NotAllowed(
                login, username + " is not registered in the VO " + login.vo() + ", or is suspended there.");
    }

    private static Decision notMember(PendingLogin login, UserName username) {
        return new Decision.NotAllowed(login, username + " is not a member of the group " + login.group() + ".");
    }

    private static String scope(PendingLogin login) {
        return "vo:" + login.vo() + " group:" + login.group();
    }
}
