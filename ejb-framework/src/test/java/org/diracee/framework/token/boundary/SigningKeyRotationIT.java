/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.token.entity.RefreshTokenRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

/** Two nodes with keys in their memories, and an agent that renews the keys. */
class SigningKeyRotationIT {

    private static final VoName DEMO = new VoName("demo");
    private static final PilotStamp STAMP = new PilotStamp("0123456789abcdef");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Installation installation = Installation.configured();
    private final Node one = new Node();
    private final Node two = new Node();
    private final SigningKeyAgent agent = new SigningKeyAgent(installation.keyStore, installation.configuration);

    /** What a node has in its memory, and what the others have not. */
    private final class Node {

        private final KeyRing keys = new KeyRing(installation.keyStore, installation.clock);
        private final TokenIssuer issuer = installation.database.service(
                TokenIssuer.class,
                keys,
                new RefreshTokenRepository(installation.database.entities()),
                new TokenUsers(installation.registry, installation.suspensionList),
                installation.clients,
                installation.configuration,
                installation.deployment,
                installation.suspensionList,
                installation.audit,
                installation.clock);
        private final TokenVerification verification = new TokenVerification(
                keys, installation.configuration, installation.deployment, installation.clients, installation.clock);

        private IssuedToken token(Duration life) {
            return issuer.jobToken(
                    issuer.newTokenId(),
                    new Caller.Job(new JobId(1), 0, STAMP, new UserName("alice"), new GroupName("demo_user"), DEMO),
                    life);
        }

        private boolean accepts(IssuedToken token) {
            return verification.verify(token.text()) instanceof Caller.Job;
        }

        private List<Object> published() {
            return ofOurTokens().map(key -> key.get("kid")).toList();
        }

        private Stream<Map<String, Object>> ofOurTokens() {
            return keys.publicKeys().stream().filter(key -> key.get("alg").equals("Ed25519"));
        }

        private Object signs() {
            return ofOurTokens()
                    .filter(key -> ((List<?>) key.get("key_ops")).contains("sign"))
                    .map(key -> key.get("kid"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void setting(long revision, String options) {
        installation.configure(revision, Installation.with("""
                Systems
                {
                  Framework
                  {
                    Agents
                    {
                      SigningKeyAgent
                      {
                        %s
                      }
                    }
                    Services
                    {
                      Token
                      {
                        AccessTokenLimit = 864000
                      }
                    }
                  }
                }
                """.formatted(options)));
        installation.configuration.refresh();
    }

    @Test
    void noTokenOfAnyNodeIsRefusedOnAnotherWhileKeysChange() {
        setting(2, "KeyLifetime = 3600\n Overlap = 300");
        List<IssuedToken> living = new ArrayList<>();
        Set<Object> signed = new HashSet<>();

        for (int minute = 0; minute < 6 * 60; minute++) {
            installation.clock.advance(MINUTE);
            if (minute % 10 == 0) {
                agent.runCycle();
            }
            // the nodes read the keys at different moments
            Node first = minute % 2 == 0 ? one : two;
            living.add(first.token(Duration.ofMinutes(20)));
            signed.add(first.signs());
            if (minute == 30) {
                living.add(two.token(Duration.ofHours(5)));
            }
            living.removeIf(token -> !installation.clock.instant().isBefore(token.expires()));
            Node fresh = new Node(); // one that remembers no checked token
            assertThat(living).allMatch(one::accepts).allMatch(two::accepts).allMatch(fresh::accepts);
        }
        assertThat(signed).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void aKeyIsPublishedBeforeItSignsAndKnownToEveryNodeByThen() {
        setting(2, "KeyLifetime = 86400\n Overlap = 600");
        Object first = one.signs();
        installation.clock.advance(Duration.ofHours(24).minus(Duration.ofMinutes(10)));

        agent.runCycle();
        installation.clock.advance(MINUTE);
        assertThat(two.published()).hasSize(2).first().isEqualTo(first);
        agent.runCycle();
        installation.clock.advance(MINUTE);
        assertThat(one.signs()).isEqualTo(first);

        installation.clock.advance(Duration.ofMinutes(8));
        agent.runCycle();
        // node two learns of it within its minute only: what node one signs now it must know already
        assertThat(two.accepts(new Node().token(MINUTE))).isTrue();
        installation.clock.advance(MINUTE);
        assertThat(one.signs()).isNotEqualTo(first);
        assertThat(one.published()).contains(first);
    }

    @Test
    void aFormerKeyIsDeletedWhenTheLongestOfItsTokensHasExpiredAndNotBefore() {
        setting(2, "KeyLifetime = 3600\n Overlap = 120");
        IssuedToken shortLived = one.token(MINUTE);
        IssuedToken longLived = one.token(Duration.ofDays(3));
        Object first = one.signs();
        installation.clock.advance(Duration.ofHours(2));
        agent.runCycle();
        installation.clock.advance(Duration.ofMinutes(3));
        agent.runCycle();
        assertThat(shortLived.expires()).isBefore(installation.clock.instant());

        installation.clock.advance(Duration.ofDays(3).minus(Duration.ofHours(3)));
        agent.runCycle();
        assertThat(new Node().accepts(longLived)).isTrue();

        installation.clock.advance(Duration.ofHours(3));
        agent.runCycle();
        installation.clock.advance(MINUTE);
        assertThat(two.published()).doesNotContain(first);
    }

    @Test
    void aNodeThatDidNotSeeTheChangeSignsOnWithAKeyThatIsKept() {
        setting(2, "KeyLifetime = 3600\n Overlap = 120");
        Object first = one.signs();
        installation.clock.advance(Duration.ofHours(1));
        Node behind = new Node();
        assertThat(behind.signs()).isEqualTo(first);
        agent.runCycle();
        installation.clock.advance(Duration.ofSeconds(125));
        // it read a moment before another node's agent turned the keys
        assertThat(behind.signs()).isEqualTo(first);
        agent.runCycle();

        IssuedToken late = behind.token(Duration.ofDays(2));

        installation.clock.advance(Duration.ofDays(2).minus(MINUTE));
        agent.runCycle();
        agent.runCycle();
        assertThat(new Node().accepts(late)).isTrue();
    }

    @Test
    void aKeyDeletedUnderANodeThatCouldNotReadIsNotUsedAnyMore() {
        one.token(MINUTE);
        Object first = one.signs();
        installation.database.sql("delete from framework.signing_key");

        IssuedToken token = one.token(Duration.ofDays(1));

        assertThat(one.signs()).isNotEqualTo(first);
        assertThat(two.accepts(token)).isTrue();
    }

    @Test
    void keysForTokensOfOthersAreRenewedAlike() {
        setting(2, "KeyLifetime = 3600\n Overlap = 120");
        List<Object> first =
                one.keys.publicKeys().stream().map(key -> key.get("kid")).toList();
        installation.clock.advance(Duration.ofHours(2));
        agent.runCycle();
        installation.clock.advance(Duration.ofMinutes(3));
        agent.runCycle();
        installation.clock.advance(MINUTE);

        assertThat(one.keys.publicKeys())
                .hasSize(6)
                .extracting(key -> key.get("alg"))
                .startsWith("Ed25519", "ES256", "RS256");
        assertThat(one.keys.publicKeys().subList(0, 3))
                .extracting(key -> key.get("kid"))
                .doesNotContainAnyElementsOf(first);
    }

    @Test
    void aCycleWithNothingToDoChangesNothing() {
        one.token(MINUTE);

        assertThat(agent.runCycle().taken()).isZero();
        assertThat(installation.database.value("select count(*) from framework.signing_key"))
                .isEqualTo("3");
    }
}
