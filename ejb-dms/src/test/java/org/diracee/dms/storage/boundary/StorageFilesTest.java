/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.fixture.DmsServices.FixedConfiguration;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.control.StorageCheck;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.dms.storage.control.StorageProtocol;
import org.diracee.dms.storage.control.StorageProtocols;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StorageFilesTest {

    private static final Caller AGENT = new Caller.System("test");
    private static final VoName VO = new VoName("demo");
    private static final Lfn FILE = new Lfn("/demo/a/file");
    private static final Checksums NONE = new Checksums(Optional.empty(), Optional.empty());

    private final FixedConfiguration configuration = new FixedConfiguration();
    private final Memory memory = new Memory();
    private final StorageProtocols protocols = new StorageProtocols(List.of(memory));
    private final StorageFiles files = new StorageFiles(
            protocols, configuration, Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC));

    /** Keeps files by the section and path they were written to, and fails where it is told. */
    private static final class Memory implements StorageProtocol {

        final Map<String, byte[]> kept = new HashMap<>();
        final Map<String, Reason> failing = new HashMap<>();
        final List<String> asked = new ArrayList<>();
        boolean copies;

        @Override
        public Set<String> plugins() {
            return Set.of("Memory");
        }

        private String ask(StoragePlace place) {
            StorageEndpoint endpoint = place.endpoint();
            asked.add(endpoint.section());
            Reason reason = failing.get(endpoint.section());
            if (reason != null) {
                throw new StorageFailure(reason, endpoint + " fails");
            }
            return endpoint.se() + place.path();
        }

        @Override
        public Optional<StoredEntry> stat(StoragePlace place) {
            return Optional.ofNullable(kept.get(ask(place)))
                    .map(bytes -> new StoredEntry(place.lfn().name(), false, bytes.length, Optional.empty(), NONE));
        }

        @Override
        public StoredPage list(StoragePlace directory, Optional<String> after, int limit) {
            return new StoredPage(List.of(), Optional.empty());
        }

        @Override
        public void makeDirectory(StoragePlace directory) {
            ask(directory);
        }

        @Override
        public boolean remove(StoragePlace file) {
            return kept.remove(ask(file)) != null;
        }

        @Override
        public boolean removeDirectory(StoragePlace directory) {
            return false;
        }

        @Override
        public StorageContent read(StoragePlace file, long from, OptionalLong length) {
            byte[] bytes = kept.get(ask(file));
            return new StorageContent(new ByteArrayInputStream(bytes), bytes.length);
        }

        @Override
        public StoredEntry write(StoragePlace file, long size, Checksums expected, InputStream content) {
            String key = ask(file);
            try {
                kept.put(key, content.readAllBytes());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            return stat(file).orElseThrow();
        }

        @Override
        public Optional<ClientAccess> access(StoragePlace file, AccessPurpose purpose, OptionalLong size) {
            return Optional.empty();
        }

        @Override
        public boolean copy(StoragePlace source, StoragePlace target, long size, Checksums expected) {
            if (copies) {
                kept.put(ask(target), kept.get(ask(source)));
            }
            return copies;
        }

        @Override
        public Optional<StorageSpace> space(StorageEndpoint endpoint, VoName vo) {
            return Optional.of(new StorageSpace(2, 1));
        }
    }

    @Nested
    class Choosing {

        @Test
        void asksTheNextWayWhenOneFailsForNow() {
            elements(Map.of("SE", element(Map.of(), "first", "second")));
            memory.failing.put("first", Reason.AWAY);
            assertThat(files.stat(AGENT, VO, new SeName("SE"), FILE)).isEmpty();
            assertThat(memory.asked).containsExactly("first", "second");
        }

        @Test
        void tellsOfAllThatFailed() {
            elements(Map.of("SE", element(Map.of(), "first", "second")));
            memory.failing.put("first", Reason.AWAY);
            memory.failing.put("second", Reason.BROKEN);
            fails(Reason.AWAY, () -> files.stat(AGENT, VO, new SeName("SE"), FILE))
                    .hasMessage("SE by first fails; SE by second fails");
            assertThat(memory.asked).containsExactly("first", "second", "first");
        }

        @Test
        void takesWhatIsCertainForAnAnswer() {
            elements(Map.of("SE", element(Map.of(), "first", "second")));
            memory.failing.put("first", Reason.PRESENT);
            fails(Reason.PRESENT, () -> write("SE"));
            assertThat(memory.asked).containsExactly("first");
        }

        @Test
        void followsTheOrderOfProtocols() {
            elements(Map.of("SE", element(Map.of("WriteProtocols", "second, first"), "first", "second", "third")));
            write("SE");
            assertThat(memory.asked).startsWith("second").doesNotContain("third");
            memory.asked.clear();
            configuration.set(Map.of(
                    "Resources",
                    Map.of("StorageElements", Map.of("SE", element(Map.of(), "first", "second"))),
                    "Operations",
                    Map.of("Defaults", Map.of("DataManagement", Map.of("AccessProtocols", "second")))));
            files.stat(AGENT, VO, new SeName("SE"), FILE);
            assertThat(memory.asked).containsExactly("second");
        }

        @Test
        void leavesLocalWaysToTheirSite() {
            Map<String, Object> se = element(Map.of(), "far", "near");
            se.put("near", Map.of("PluginName", "Memory", "Protocol", "near", "Access", "local"));
            elements(Map.of("SE", se));
            write("SE");
            assertThat(memory.asked).containsOnly("far");
        }

        @Test
        void respectsStatusAndVo() {
            elements(Map.of(
                    "closed", element(Map.of("WriteAccess", "Banned", "VO", "demo"), "way"),
                    "theirs", element(Map.of("VO", "other"), "way")));
            fails(Reason.DENIED, () -> write("closed")).hasMessageContaining("Banned");
            assertThat(files.stat(AGENT, VO, new SeName("closed"), FILE)).isEmpty();
            fails(Reason.DENIED, () -> write("theirs")).hasMessageContaining("not for the VO demo");
            fails(Reason.DENIED, () -> files.stat(AGENT, VO, new SeName("closed"), new Lfn("/other/file")));
            fails(Reason.BROKEN, () -> write("none")).hasMessageContaining("no storage element none");
        }

        @Test
        void namesWhatItCannotSpeak() {
            elements(Map.of("SE", Map.of("srm", Map.of("PluginName", "GFAL2_SRM2", "Protocol", "srm"))));
            fails(Reason.BROKEN, () -> write("SE"))
                    .hasMessageContaining("GFAL2_SRM2")
                    .hasMessageContaining("Memory");
        }

        @Test
        void knowsAliasesBasesAndPathsOfVos() {
            configuration.set(Map.of(
                    "Resources",
                    Map.of(
                            "StorageElementBases",
                            Map.of("Base", element(Map.of(), "way")),
                            "StorageElements",
                            Map.of(
                                    "SE",
                                    Map.of(
                                            "BaseSE",
                                            "Base",
                                            "way",
                                            Map.of("Path", "/data/", "VOPath", Map.of("demo", "/special"))),
                                    "name",
                                    Map.of("Alias", "SE")))));
            write("name");
            assertThat(memory.kept).containsOnlyKeys("SE/special/demo/a/file");
            files.write(
                    AGENT,
                    new VoName("other"),
                    new SeName("SE"),
                    new Lfn("/other/x"),
                    1,
                    NONE,
                    new ByteArrayInputStream(new byte[1]));
            assertThat(memory.kept).containsKey("SE/data/other/x");
        }
    }

    @Nested
    class Copying {

        @Test
        void goesThroughUsIfTheyCannot() {
            elements(Map.of("A", element(Map.of(), "a"), "B", element(Map.of(), "b")));
            memory.kept.put("A/demo/a/file", new byte[5]);
            assertThat(copy(5).size()).isEqualTo(5);
            fails(Reason.OTHER_CONTENT, () -> copy(6));
        }

        @Test
        void removesWhatArrivedOtherwise() {
            elements(Map.of("A", element(Map.of(), "a"), "B", element(Map.of(), "b")));
            memory.copies = true;
            memory.kept.put("A/demo/a/file", new byte[5]);
            fails(Reason.OTHER_CONTENT, () -> copy(6));
            assertThat(memory.kept).containsOnlyKeys("A/demo/a/file");
        }

        @Test
        void refusesTheSameStorageUnderTwoNames() {
            elements(Map.of("A", element(Map.of("Host", "h"), "a"), "B", element(Map.of("Host", "h"), "b")));
            memory.kept.put("A/demo/a/file", new byte[5]);
            fails(Reason.PRESENT, () -> copy(5)).hasMessageContaining("the same storage");
        }

        private StoredEntry copy(long size) {
            return files.copy(AGENT, VO, new SeName("A"), new SeName("B"), FILE, size, NONE);
        }
    }

    @Test
    void findsWhatNobodyCanUse() {
        elements(Map.of(
                "empty", Map.of("VO", "demo"),
                "unknown", Map.of("srm", Map.of("Protocol", "srm")),
                "lost", Map.of("Alias", "nowhere"),
                "good", element(Map.of(), "way")));
        assertThat(new StorageCheck(protocols).check(configuration.current()))
                .extracting(Finding::path)
                .containsExactlyInAnyOrder(
                        "/Resources/StorageElements/empty",
                        "/Resources/StorageElements/unknown/srm/PluginName",
                        "/Resources/StorageElements/lost/Alias");
    }

    private void write(String se) {
        files.write(AGENT, VO, new SeName(se), FILE, 1, NONE, new ByteArrayInputStream(new byte[1]));
    }

    private void elements(Map<String, ?> elements) {
        configuration.set(Map.of("Resources", Map.of("StorageElements", elements)));
    }

    /** A storage element with ways that have their names as protocols and a host each. */
    private static Map<String, Object> element(Map<String, String> options, String... ways) {
        Map<String, Object> element = new LinkedHashMap<>(options);
        for (String way : ways) {
            Map<String, String> section = new HashMap<>(Map.of("PluginName", "Memory", "Protocol", way));
            section.put("Host", options.getOrDefault("Host", way));
            element.put(way, section);
        }
        return element;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> fails(Reason reason, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(StorageFailure.class, failure -> assertThat(failure.reason())
                        .as(failure.detail())
                        .isEqualTo(reason));
    }
}
