/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.dms.fixture.DmsServices.FixedConfiguration;
import org.diracee.dms.storage.control.StorageProtocol;
import org.diracee.dms.storage.control.StorageProtocols;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageElementsTest {

    private static final Caller ALICE =
            new Caller.User("alice-sub", new UserName("alice"), new GroupName("users"), new VoName("demo"), Set.of());
    private static final SeName SE = new SeName("SE");

    private final FixedConfiguration configuration = new FixedConfiguration();
    private final Ticking clock = new Ticking();
    private Runnable whenAsked = () -> {};
    private int asked;
    private boolean away;
    private final StorageProtocols protocols = new StorageProtocols(List.of(memory()));
    private final StorageElements elements =
            new StorageElements(protocols, new StorageFiles(protocols, configuration, clock), configuration, clock);

    @BeforeEach
    void describe() {
        configuration.set(Map.of(
                "Resources",
                Map.of(
                        "StorageElements",
                        Map.of("SE", Map.of("way", Map.of("PluginName", "Memory", "Protocol", "way"))))));
    }

    @Test
    void keepsForAMinuteWhatWasTold() {
        assertThat(elements.space(ALICE, SE)).contains(new StorageSpace(1, 1));
        assertThat(elements.space(ALICE, SE)).contains(new StorageSpace(1, 1));
        clock.now = clock.now.plusSeconds(61);
        assertThat(elements.space(ALICE, SE)).contains(new StorageSpace(2, 2));
    }

    @Test
    void asksOnceWhatDoesNotAnswer() {
        away = true;
        assertThatThrownBy(() -> elements.space(ALICE, SE)).hasMessage("silent");
        assertThatThrownBy(() -> elements.space(ALICE, SE)).hasMessage("silent");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void letsNobodyWaitForAnswersToOthers() {
        whenAsked = () -> assertThatThrownBy(() -> elements.space(ALICE, SE)).hasMessageContaining("not known yet");
        assertThat(elements.space(ALICE, SE)).isPresent();
        clock.now = clock.now.plusSeconds(61);
        whenAsked = () -> assertThat(elements.space(ALICE, SE)).contains(new StorageSpace(1, 1));
        assertThat(elements.space(ALICE, SE)).contains(new StorageSpace(2, 2));
    }

    private StorageProtocol memory() {
        return (StorageProtocol) Proxy.newProxyInstance(
                StorageProtocol.class.getClassLoader(),
                new Class<?>[] {StorageProtocol.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "plugins" -> Set.of("Memory");
                    case "space" -> space();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Optional<StorageSpace> space() {
        asked++;
        whenAsked.run();
        if (away) {
            throw new StorageFailure(StorageFailure.Reason.AWAY, "silent");
        }
        return Optional.of(new StorageSpace(asked, asked));
    }

    /** Stands still until told. */
    private static final class Ticking extends Clock {

        private Instant now = Instant.parse("2026-11-27T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
