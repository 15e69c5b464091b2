/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.junit.jupiter.api.Test;

class CatalogQuotasIT {

    private final DmsServices services = new DmsServices();
    private final Lfn home = services.lfn("user/a/alice");

    @Test
    void boundFilesAndBytesOfWhomeverAndWhereverTheyAreSet() {
        register(services.alice, home.child("old"), 10);
        for (Quota quota : List.of(
                quota(Quota.Kind.VO, services.vo.text(), 2, 30),
                quota(Quota.Kind.GROUP, "users", 2, 30),
                quota(Quota.Kind.USER, "alice", 2, 30),
                quota(Quota.Kind.DIRECTORY, home.text(), 2, 30))) {
            QuotaUse set = services.in(it -> it.quotas.set(it.admin, quota));
            assertThat(set.used()).isEqualTo(new CatalogUse.Amount(1, 10));

            Lfn lfn = home.child("sub").child("large");
            assertThat(register(services.alice, lfn, 21).failed())
                    .containsEntry(
                            lfn,
                            new Problem(
                                    ErrorCode.QUOTA_EXCEEDED,
                                    "The quota of the " + quota.kind().text() + " " + quota.name()
                                            + " is 30 bytes: 10 are used, 21 more were asked for by " + lfn));
            assertThat(register(services.alice, home.child("fits"), 20).failed())
                    .isEmpty();
            assertThat(register(services.alice, home.child("empty"), 0)
                            .failed()
                            .get(home.child("empty"))
                            .detail())
                    .contains("is 2 files: 2 are used, 1 more");

            services.in(it -> it.catalog.remove(it.alice, List.of(home.child("fits"))));
            assertThat(register(services.alice, home.child("empty"), 0).failed())
                    .isEmpty();
            services.in(it -> it.catalog.remove(it.alice, List.of(home.child("empty"))));
            remove(quota);
        }
        assertThat(register(services.alice, home.child("large"), 100).failed()).isEmpty();
    }

    @Test
    void letThoseInThatComeFirstAndLeaveNothingOfTheOthers() {
        set(quota(Quota.Kind.USER, "alice", 2, 100));
        List<Lfn> names = Stream.of("a", "b", "c", "d").map(home::child).toList();
        BulkResult<Lfn, RegisteredFile> result = services.in(it -> it.catalog.register(
                it.alice, names.stream().map(name -> it.file(name, "SE-0")).toList()));

        assertThat(result.success()).containsOnlyKeys(names.get(0), names.get(1));
        assertThat(result.failed()).containsOnlyKeys(names.get(2), names.get(3));
        assertThat(services.in(it -> it.reading.entries(it.alice, names)).success())
                .containsOnlyKeys(names.get(0), names.get(1));
        assertThat(services.in(it -> it.catalog.register(it.alice, List.of(it.file(names.get(0), "SE-0"))))
                        .success()
                        .get(names.get(0))
                        .made())
                .isFalse();
    }

    @Test
    void leaveOthersAlone() {
        set(quota(Quota.Kind.USER, "alice", 0, 0));
        set(quota(Quota.Kind.GROUP, "analysis", 0, 0));
        assertThat(register(services.bob, services.lfn("user/b/bob/f"), 5).failed())
                .isEmpty();
        assertThat(register(services.stranger, new Lfn("/" + services.otherVo + "/user/a/alice/f"), 5)
                        .failed())
                .isEmpty();
        assertThat(register(services.alice, home.child("f"), 5).failed()).isNotEmpty();
        assertThat(register(services.carol, services.lfn("user/c/carol/f"), 5).failed())
                .isNotEmpty();
    }

    @Test
    void boundMovesIntoADirectory() {
        register(services.alice, home.child("from").child("f"), 10);
        register(services.alice, home.child("from").child("g"), 10);
        register(services.alice, home.child("single"), 11);
        services.in(it -> it.tree.makeDirectories(it.alice, List.of(home.child("small"))));
        set(quota(Quota.Kind.DIRECTORY, home.child("small").text(), 10, 20));

        assertThat(move("single", "small/single").failed()).isEmpty();
        assertThat(move("from", "small/from").failed().get(home.child("from")).detail())
                .contains("is 20 bytes: 11 are used, 20 more were asked for");
        assertThat(move("small/single", "small/renamed").failed()).isEmpty();
        assertThat(move("small/renamed", "single").failed()).isEmpty();
        assertThat(move("from", "small/from").failed()).isEmpty();
        assertThat(move("small", "large").failed()).isEmpty();
        assertThat(applying(Optional.of(home.child("large").child("from"))))
                .containsExactly(new QuotaUse(
                        quota(Quota.Kind.DIRECTORY, home.child("large").text(), 10, 20), new CatalogUse.Amount(2, 20)));
    }

    @Test
    void goWithTheirDirectory() {
        services.in(it -> it.tree.makeDirectories(it.alice, List.of(home.child("d"))));
        set(quota(Quota.Kind.DIRECTORY, home.child("d").text(), 1, 1));
        services.in(it -> it.tree.removeDirectories(it.alice, List.of(home.child("d"))));
        assertThat(all()).isEmpty();
    }

    @Test
    void areToldToWhomTheyBound() {
        services.in(it -> it.tree.makeDirectories(it.alice, List.of(home.child("d"))));
        services.in(it -> it.tree.makeDirectories(it.bob, List.of(services.lfn("user/b/bob/closed/d"))));
        Quota own = quota(Quota.Kind.USER, "alice", 7, 8);
        Quota below = quota(Quota.Kind.DIRECTORY, home.child("d").text(), 7, 8);
        Quota others = quota(Quota.Kind.USER, "bob", 7, 8);
        Quota closed =
                quota(Quota.Kind.DIRECTORY, services.lfn("user/b/bob/closed/d").text(), 7, 8);
        List.of(own, below, others, closed).forEach(this::set);
        services.in(it -> it.tree.change(
                it.bob,
                Map.of(
                        services.lfn("user/b/bob/closed"),
                        new CatalogChange(
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.of(0700),
                                Optional.empty(),
                                Optional.empty())),
                true));

        assertThat(applying(Optional.empty())).extracting(QuotaUse::quota).containsExactly(own);
        assertThat(applying(Optional.of(home.child("d").child("e"))))
                .extracting(QuotaUse::quota)
                .containsExactly(own, below);
        assertThat(applying(Optional.of(services.lfn("user/b/bob/closed/d"))))
                .extracting(QuotaUse::quota)
                .containsExactly(own);
        assertThat(all()).extracting(QuotaUse::quota).containsExactly(own, below, others, closed);
        Page<QuotaUse> first = services.in(it -> it.quotas.list(it.admin, new PageRequest(3, Optional.empty())));
        assertThat(services.in(it -> it.quotas.list(it.admin, new PageRequest(3, first.next())))
                        .items())
                .extracting(QuotaUse::quota)
                .containsExactly(closed);
        assertThatThrownBy(() -> services.in(
                        it -> it.quotas.applying(it.alice, Optional.of(new Lfn("/" + services.otherVo + "/user")))))
                .isInstanceOf(NoSuchLfn.class);
    }

    @Test
    void areSetWithinTheVoAlone() {
        Quota otherVo = quota(Quota.Kind.VO, services.otherVo.text(), 1, 1);
        assertThatThrownBy(() -> set(otherVo)).isInstanceOf(InvalidRequest.class);
        Quota missing = quota(Quota.Kind.DIRECTORY, home.child("missing").text(), 1, 1);
        assertThatThrownBy(() -> set(missing)).isInstanceOf(NoSuchLfn.class);
        Quota foreign = quota(Quota.Kind.DIRECTORY, "/" + services.otherVo, 1, 1);
        assertThatThrownBy(() -> set(foreign)).isInstanceOf(NoSuchLfn.class);
        assertThatThrownBy(() -> new Quota(Quota.Kind.USER, "alice", OptionalLong.empty(), OptionalLong.empty()))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> remove(quota(Quota.Kind.USER, "alice", 1, 1))).isInstanceOf(NoSuchQuota.class);
    }

    @Test
    void comeFromTheRegistryIfTheVoSaysSo() {
        Map<String, ?> registry =
                Map.of("DefaultStorageQuota", "0.000000020", "Users", Map.of("bob", Map.of("Quota", "0.000000030")));
        services.configuration.set(Map.of("Registry", registry));
        assertThat(register(services.alice, home.child("f"), 21).failed()).isEmpty();

        services.configuration.set(Map.of(
                "Registry",
                registry,
                "Operations",
                Map.of("Defaults", Map.of("DataManagement", Map.of("EnforceRegistryQuotas", "yes")))));
        assertThat(register(services.alice, home.child("g"), 1).failed()).isNotEmpty();
        assertThat(register(services.bob, services.lfn("user/b/bob/f"), 30).failed())
                .isEmpty();
        assertThat(register(services.bob, services.lfn("user/b/bob/g"), 1).failed())
                .isNotEmpty();
        set(quota(Quota.Kind.USER, "alice", 100, 100));
        assertThat(register(services.alice, home.child("g"), 1).failed()).isEmpty();
    }

    private BulkResult<Lfn, RegisteredFile> register(Caller caller, Lfn lfn, long size) {
        return services.in(it -> it.catalog.register(caller, List.of(it.movable(lfn, size, "SE-0", "SE-1"))));
    }

    private BulkResult<Lfn, Lfn> move(String from, String to) {
        return services.in(it -> it.tree.move(it.alice, Map.of(new Lfn(home + "/" + from), new Lfn(home + "/" + to))));
    }

    private void set(Quota quota) {
        services.in(it -> it.quotas.set(it.admin, quota));
    }

    private void remove(Quota quota) {
        services.database.transact(() -> services.quotas.remove(services.admin, quota.kind(), quota.name()));
    }

    private List<QuotaUse> applying(Optional<Lfn> directory) {
        return services.in(it -> it.quotas.applying(it.alice, directory));
    }

    private List<QuotaUse> all() {
        return services.in(it -> it.quotas.list(it.admin, new PageRequest(100, Optional.empty())))
                .items();
    }

    private static Quota quota(Quota.Kind kind, String name, long files, long bytes) {
        return new Quota(kind, name, OptionalLong.of(files), OptionalLong.of(bytes));
    }
}
