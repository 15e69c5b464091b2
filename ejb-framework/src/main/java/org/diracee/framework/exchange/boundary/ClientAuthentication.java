/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.client.boundary.RegisteredClients;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.exchange.control.ClientAssertion;
import org.diracee.framework.limit.boundary.RateLimits;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.Sha256;

/** Finds out which registered client asks. @see "RFC 6749 2.3.1; RFC 7523" */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ClientAuthentication {

    /** What a secret is compared with whose client is not known, so that both take as long. */
    private static final String NOBODYS_HASH = "0".repeat(64);

    private RegisteredClients clients;
    private UsedAssertions used;
    private TokenIssuer issuer;
    private Deployment deployment;
    private RateLimits limits;
    private SecurityAudit audit;
    private Clock clock;

    protected ClientAuthentication() {} // for the container's proxy

    @Inject
    public ClientAuthentication(
            RegisteredClients clients,
            UsedAssertions used,
            TokenIssuer issuer,
            Deployment deployment,
            RateLimits limits,
            SecurityAudit audit,
            Clock clock) {
        this.clients = clients;
        this.used = used;
        this.issuer = issuer;
        this.deployment = deployment;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The client that these credentials are of.
     *
     * @throws ClientRefused if they are nobody's, or the client is not approved
     * @throws org.diracee.framework.limit.boundary.TooManyRequests if the client comes too often; an assertion is used up then
     */
    @OpenAccess("this is how a program becomes known")
    public RegisteredClient authenticate(ClientCredentials shown) {
        String id = shown.id()
                .or(() -> shown.assertion().flatMap(ClientAssertion::named))
                .orElseThrow(ClientRefused::notAuthenticated);
        Optional<RegisteredClient> known = clients.find(id);
        String hash = known.flatMap(RegisteredClient::secretHash).orElse(NOBODYS_HASH);
        boolean isGood = shown.assertion().isPresent()
                ? known.flatMap(RegisteredClient::keys)
                        .filter(keys ->
                                ClientAssertion.isSigned(shown.assertion().get(), keys))
                        .isPresent()
                : shown.secret().filter(secret -> isHashOf(secret, hash)).isPresent();
        if (!isGood || known.isEmpty()) {
            throw refused(known, id, ClientRefused.notAuthenticated());
        }
        RegisteredClient client = known.get();
        shown.assertion().ifPresent(assertion -> useUp(client, assertion));
        limits.countClient(
                client.vo(), client.id()); // last, so that an old assertion of it in other hands uses nothing up
        if (!client.approved()) {
            throw refused(known, id, ClientRefused.notApproved());
        }
        return client;
    }

    private void useUp(RegisteredClient client, String text) {
        try {
            ClientAssertion assertion = ClientAssertion.read(text, client.id(), audiences(), clock.instant());
            if (!used.use(client.id(), assertion.jti(), assertion.expires())) {
                throw new InvalidToken("it was used before");
            }
        } catch (InvalidToken wrong) {
            String why = wrong.detail().replaceFirst("^Invalid JWT: ", "");
            throw refused(Optional.of(client), client.id(), ClientRefused.badAssertion(why));
        }
    }

    /** What assertions may be signed with. */
    public static List<String> algorithms() {
        return ClientAssertion.algorithms();
    }

    /** What assertions may be meant for. */
    @OpenAccess("public: stands in the discovery document")
    public List<String> audiences() {
        return List.of(issuer.issuer(), deployment.publicUrl() + "/api/auth/token").stream()
                .distinct()
                .toList();
    }

    private ClientRefused refused(Optional<RegisteredClient> known, String id, ClientRefused refusal) {
        String shown = known.map(RegisteredClient::id).orElseGet(() -> shortened(id));
        LOG.clientRefused(shown, refusal.detail());
        audit.refused(AuditedAct.refused(
                AuditAct.AUTHENTICATION,
                known.map(client -> AuditActor.somebodyOf(client.vo())).orElse(AuditActor.UNKNOWN),
                "client:" + shown,
                refusal.detail()));
        return refusal;
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]", "?");
        return plain.length() <= 64 ? plain : plain.substring(0, 64) + "…";
    }

    /** Compares in a time that does not tell how far they agree. */
    private static boolean isHashOf(String secret, String hash) {
        return MessageDigest.isEqual(
                Sha256.hex(secret).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }
}
