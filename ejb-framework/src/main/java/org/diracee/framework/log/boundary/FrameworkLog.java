/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.log.boundary;

import java.lang.invoke.MethodHandles;
import java.time.Instant;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** The messages of the framework for operators, each with an id that stays. */
@MessageLogger(projectCode = "DIRACFW-", length = 4)
public interface FrameworkLog extends BasicLogger {

    FrameworkLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), FrameworkLog.class, "org.diracee.framework");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1, value = "Configuration revision %d is in force")
    void configurationInForce(long revision);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2, value = "Configuration seeded as revision %d from %s")
    void configurationSeeded(long revision, String source);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 3,
            value = "The configuration is empty: no VO is known. Name a seed document in dirac.configuration.seed")
    void configurationEmpty();

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4, value = "The configuration could not be read; revision %d stays in force")
    void configurationNotRead(long revision, @Cause Exception cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5, value = "Configuration revision %d: %s is left out: %s")
    void registryEntryLeftOut(long revision, String path, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 6, value = "Configuration revision %d made by %s from %s: %d changes")
    void configurationChanged(long revision, String subject, String origin, int changes);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 7,
            value = "Configuration revision %d could not be announced to the other nodes; they find it in the database")
    void configurationNotAnnounced(long revision, @Cause Exception cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 8, value = "No time to read configuration revision %d now; it will be found in the database")
    void configurationNewsMissed(long revision, @Cause Exception cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 9, value = "The seed of the configuration, %s: %s")
    void configurationDoubtful(String path, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 10, value = "Signing key %s created")
    void signingKeyCreated(String kid);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 11, value = "Log-in of %s in VO %s as group %s granted, token %s")
    void logInGranted(UserName user, VoName vo, String group, String jti);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 12, value = "A refresh token of %s in VO %s was used again; %d sessions revoked")
    void refreshTokenReused(String subject, VoName vo, int revoked);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 13, value = "Refresh token %s revoked by %s")
    void refreshTokenRevoked(String jti, String by);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 14, value = "Pilot %s of VO %s received its tokens")
    void pilotLoggedIn(PilotStamp stamp, VoName vo);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 15, value = "Signing key %s signs from now on; %s verifies until its last token has expired")
    void signingKeyTurned(String kid, String former);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 16, value = "Signing key %s deleted: its last token has expired")
    void signingKeyDeleted(String kid);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 17, value = "Signing key %s, which lay open in the database, is sealed now")
    void signingKeySealed(String kid);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 18, value = "Tokens of %s in VO %s as group %s given to a legacy server, token %s")
    void legacyTokensGranted(UserName user, VoName vo, String group, String jti);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 19, value = "A legacy exchange with a wrong key was refused")
    void legacyKeyWrong();

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 20, value = "Wrong password for %s in VO %s")
    void wrongPassword(String user, VoName vo);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 21, value = "Too many wrong passwords for %s in VO %s; further attempts are refused for a while")
    void tooManyWrongPasswords(String user, VoName vo);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 22, value = "%s of VO %s approved a log-in with scope '%s'")
    void logInApproved(UserName user, VoName vo, String scope);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 23, value = "%s of VO %s refused a log-in with scope '%s'")
    void logInRefused(UserName user, VoName vo, String scope);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 24, value = "%d local accounts created from %s")
    void accountsSeeded(int created, String source);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 25, value = "The identity provider of the VO %s, %s, cannot be used now: %s")
    void providerFailed(VoName vo, String issuer, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 26, value = "The identity provider of the VO %s, %s, refused a code with status %d")
    void providerRefused(VoName vo, String issuer, int status);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 27, value = "An ID token of the identity provider of the VO %s, %s, is refused: %s")
    void idTokenRefused(VoName vo, String issuer, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(
            id = 28,
            value =
                    "The secret credential:%2$s for the identity provider of the VO %1$s is not among the server's credentials")
    void clientSecretMissing(VoName vo, String alias);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 29, value = "%s registered in the VO %s in the groups %s at the first log-in, subject %s")
    void userRegistered(UserName user, VoName vo, String groups, String subject);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 30, value = "%s may not call %s: %s")
    void accessRefused(String caller, String method, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 40, value = "Agent %s: cycle %d took %d, done %d, failed %d, in %d ms")
    void cycleFinished(String agent, long fence, int taken, int done, int failed, long milliseconds);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 41, value = "Agent %s: the cycle broke off")
    void cycleBroken(String agent, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 42, value = "Agent %s: the lease of cycle %d is lost to another node")
    void leaseLost(String agent, long fence);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 43, value = "Agent %s: the database does not answer; the cycle is left out: %s")
    void cycleLeftOut(String agent, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 100, value = "The VOMS attributes of a proxy of %s do not count: %s")
    void vomsAttributesRefused(String dn, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 101, value = "The file %s of the directory of CAs cannot be used: %s")
    void caFileBroken(String file, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 102, value = "The file %s of the directory of VOMS servers cannot be used: %s")
    void lscFileBroken(String file, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 103, value = "A certificate could not be verified and is refused")
    void certificateNotVerified(@Cause Exception cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 104, value = "Log-in of %s in VO %s as group %s granted, token %s, by %s")
    void certificateLogInGranted(UserName user, VoName vo, String group, String jti, String credential);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 140, value = "Proxy of %s stored for the VO %s until %s")
    void proxyStored(String dn, VoName vo, String expires);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 141, value = "The stored proxy of %s in the VO %s, user %s, ends in %d days, at %s")
    void proxyEnds(String dn, VoName vo, String user, int days, String expires);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 142, value = "Proxy of %s in the VO %s deleted by %s")
    void proxyDeleted(String dn, VoName vo, String by);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 143, value = "%s proxy of %s in the group %s of the VO %s handed out to %s until %s")
    void proxyDelivered(String kind, String dn, String group, VoName vo, String to, String expires);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 220,
            value = "VOMS attributes of %s in the VO %s are those that are kept until %s, for now none are given: %s")
    void keptAttributesServe(String dn, VoName vo, String expires, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 221, value = "The VOMS attribute %s of %s in the VO %s is not renewed: %s")
    void attributesNotRenewed(String fqan, String dn, VoName vo, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 120, value = "Client %s got a token as %s of VO %s in group %s")
    void clientTokenGranted(String client, UserName user, VoName vo, String group);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 121, value = "Client %s acts for %s of VO %s in group %s")
    void clientActs(String client, UserName user, VoName vo, String group);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 122, value = "A client could not prove to be %s: %s")
    void clientRefused(String client, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 123, value = "Token for %s with scope '%s' given to %s of VO %s, minted by %s")
    void scopedTokenGranted(String audience, String scope, String subject, VoName vo, String minter);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 124, value = "Client %s of VO %s was %s by %s; %d sessions ended")
    void clientDecided(String client, VoName vo, String decision, String by, int sessions);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 125, value = "Refresh token of %s of VO %s at %s is kept")
    void providerTokenKept(String subject, VoName vo, String issuer);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 126, value = "Refresh token of %s of VO %s at the provider is deleted: %s")
    void providerTokenDeleted(String subject, VoName vo, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 105, value = "The revocation list of %s could not be fetched from %s: %s")
    void revocationListNotFetched(String authority, String address, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 106, value = "The revocation list %s of %s is old: made at %s, the next one due at %s")
    void revocationListOld(String file, String authority, Instant made, String nextDue);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 107, value = "Revocation lists: %d renewed, %d old")
    void revocationListsLookedAt(int renewed, int old);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 160, value = "%d refusals within a moment were too many different ones for the audit log")
    void refusalsNotAudited(long refusals);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 161, value = "Suspended by %2$s: %1$s")
    void suspended(String what, String by);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 162, value = "Resumed by %2$s: %1$s")
    void resumed(String what, String by);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 163, value = "A rate limit cannot be read, so there is none: %s")
    void limitLeftOut(String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 164, value = "A refusal (%s) is not in the audit log: the database does not take it")
    void refusalNotAudited(String act, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 165, value = "The month %s of the audit log cannot be made ready")
    void auditMonthFailed(String month, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 166, value = "Which pilots are at suspended sites cannot be read; those that are known stay shut out")
    void pilotsAtSitesUnknown(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 240, value = "%s of the VO %s follows the identity provider: %s")
    void groupsFollowed(UserName user, VoName vo, String what);
}
