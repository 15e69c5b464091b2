/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.diracee.dms.catalog.boundary.Acl;
import org.diracee.dms.catalog.boundary.AclEntry;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.Ownership;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** Every operation of owner, group, others, those whom a list names, administrators and other VOs, against an oracle. */
class CatalogRightsTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final Lfn DIRECTORY = new Lfn("/demo/data/run");
    private static final Lfn FILE = DIRECTORY.child("f");

    @Provide
    Arbitrary<CatalogActor> actors() {
        return Combinators.combine(
                        Arbitraries.of("demo", "other"),
                        Arbitraries.of("alice", "bob"),
                        Arbitraries.of("users", "production"),
                        Arbitraries.of(true, false, false, false))
                .as((vo, user, group, admin) -> new CatalogActor(
                        new VoName(vo), new UserName(user), new GroupName(group), admin, Optional.empty()));
    }

    @Provide
    Arbitrary<Ownership> ownerships() {
        Arbitrary<List<AclEntry>> entries = Arbitraries.of(
                        "user:demo/alice:",
                        "user:other/alice:",
                        "group:demo/users:",
                        "group:demo/production:",
                        "group:other/users:",
                        "vo:other:",
                        "vo:demo:")
                .set()
                .ofMaxSize(4)
                .flatMap(keys -> Arbitraries.of("r--", "-w-", "rwx", "---")
                        .list()
                        .ofSize(keys.size())
                        .map(bits -> {
                            List<AclEntry> list = new ArrayList<>();
                            keys.forEach(key -> list.add(AclEntry.parse(key + bits.get(list.size()))));
                            return list;
                        }));
        return Combinators.combine(
                        Arbitraries.of("alice", "bob", Ownership.NOBODY),
                        Arbitraries.of("users", "production"),
                        Arbitraries.integers().between(0, 0777),
                        entries)
                .as((owner, group, mode, list) -> new Ownership(owner, group, mode, new Acl(list)));
    }

    @Property(tries = 5000)
    void areThoseOfTheOracle(
            @ForAll("actors") CatalogActor actor,
            @ForAll CatalogOperation operation,
            @ForAll("ownerships") Ownership directory,
            @ForAll("ownerships") Ownership file) {
        Found found = new Found(FILE, Optional.empty(), Optional.of(file(file)), Optional.of(directory(directory)));
        assertThat(new CatalogRights(actor).allow(operation, found))
                .isEqualTo(oracle(actor, operation, directory, file));
    }

    @Property(tries = 2000)
    void areTheSameOnDirectories(
            @ForAll("actors") CatalogActor actor,
            @ForAll CatalogOperation operation,
            @ForAll("ownerships") Ownership parent,
            @ForAll("ownerships") Ownership own) {
        Found found =
                new Found(FILE, Optional.of(directory(FILE, own)), Optional.empty(), Optional.of(directory(parent)));
        assertThat(new CatalogRights(actor).allow(operation, found)).isEqualTo(oracle(actor, operation, parent, own));
    }

    @Property(tries = 2000)
    void tellThatThereIsNothingUnlessThatIsASecret(
            @ForAll("actors") CatalogActor actor,
            @ForAll CatalogOperation operation,
            @ForAll("ownerships") Ownership nearest) {
        Found missing = new Found(FILE, Optional.empty(), Optional.empty(), Optional.of(directory(nearest)));
        boolean atHome = actor.isAtHome(FILE);
        boolean expected =
                switch (operation) {
                    case MAKE -> atHome && bits(actor, nearest).contains("w");
                    case READ_ENTRY -> bits(actor, nearest).contains("r");
                    case CHANGE_MODE, CHANGE_OWNER -> atHome;
                    case REMOVE, CHANGE_FILE, LIST, READ_REPLICAS -> true;
                };
        assertThat(new CatalogRights(actor).allow(operation, missing)).isEqualTo(atHome && actor.admin() || expected);
    }

    @Property(tries = 500)
    void letEverybodyReadTheRootAndNobodyChangeIt(
            @ForAll("actors") CatalogActor actor,
            @ForAll CatalogOperation operation,
            @ForAll("ownerships") Ownership own) {
        Found root = new Found(Lfn.ROOT, Optional.of(directory(Lfn.ROOT, own)), Optional.empty(), Optional.empty());
        assertThat(new CatalogRights(actor).allow(operation, root))
                .isEqualTo(List.of(CatalogOperation.LIST, CatalogOperation.READ_REPLICAS, CatalogOperation.READ_ENTRY)
                        .contains(operation));
    }

    @Property(tries = 500)
    void letEachUserMakeHisOwnAreaAlone(@ForAll("actors") CatalogActor actor, @ForAll("actors") CatalogActor other) {
        Lfn users = other.voArea().child("user");
        Ownership common = new Ownership(Ownership.NOBODY, Ownership.NOBODY, 0755, Acl.NONE);
        Found area = new Found(
                other.userArea().child("f"), Optional.empty(), Optional.empty(), Optional.of(directory(users, common)));
        assertThat(new CatalogRights(actor).allow(CatalogOperation.MAKE, area))
                .isEqualTo(actor.vo().equals(other.vo())
                        && (actor.admin() || actor.user().equals(other.user())));
    }

    @Property(tries = 1000)
    void showTheAreaOfAnotherVoOnlyByItsOwnList(
            @ForAll("actors") CatalogActor actor, @ForAll("ownerships") Ownership own) {
        Lfn demo = DIRECTORY.ancestors().get(1);
        Found area = new Found(
                demo,
                Optional.of(directory(demo, own)),
                Optional.empty(),
                Optional.of(directory(Lfn.ROOT, new Ownership(Ownership.NOBODY, Ownership.NOBODY, 0755, Acl.NONE))));
        assertThat(new CatalogRights(actor).allow(CatalogOperation.READ_ENTRY, area))
                .isEqualTo(actor.isAtHome(demo) || bits(actor, own).contains("r"));
    }

    @Property(tries = 1000)
    void showAnotherVoNothingUnlessAListNamesIt(
            @ForAll("actors") CatalogActor actor,
            @ForAll CatalogOperation operation,
            @ForAll("ownerships") Ownership directory,
            @ForAll("ownerships") Ownership file) {
        boolean named = List.of(directory, file).stream()
                .flatMap(ownership -> ownership.acl().entries().stream())
                .anyMatch(entry -> entry.vo().equals(actor.vo()));
        if (actor.isAtHome(FILE) || named) {
            return;
        }
        Found found = new Found(FILE, Optional.empty(), Optional.of(file(file)), Optional.of(directory(directory)));
        assertThat(new CatalogRights(actor).seen(operation, found)).isEqualTo(Found.nothing(FILE));
    }

    private static boolean oracle(CatalogActor actor, CatalogOperation operation, Ownership directory, Ownership file) {
        boolean atHome = actor.vo().text().equals("demo");
        if (atHome && actor.admin()) {
            return true;
        }
        return switch (operation) {
            case MAKE -> atHome && bits(actor, directory).contains("w");
            case REMOVE -> bits(actor, directory).contains("w");
            case CHANGE_FILE -> bits(actor, file).contains("w");
            case LIST, READ_REPLICAS -> bits(actor, file).contains("r");
            case READ_ENTRY ->
                bits(actor, directory).contains("r") || bits(actor, file).contains("r");
            case CHANGE_MODE -> atHome && file.owner().equals(actor.user().text());
            case CHANGE_OWNER -> false;
        };
    }

    /** What the manual says, step by step. */
    private static String bits(CatalogActor actor, Ownership of) {
        String vo = actor.vo().text();
        String mode = "";
        for (int bit = 8; bit >= 0; bit--) {
            mode += (of.mode() >> bit & 1) == 1 ? "rwx".charAt((8 - bit) % 3) : '-';
        }
        if (vo.equals("demo") && of.owner().equals(actor.user().text())) {
            return mode.substring(0, 3);
        }
        String granted = "";
        boolean named = false;
        for (AclEntry entry : of.acl().entries()) {
            if (entry.toString().startsWith("user:" + vo + "/" + actor.user() + ":")) {
                return entry.toString().substring(entry.toString().length() - 3);
            }
            if (entry.toString().startsWith("group:" + vo + "/" + actor.group() + ":")) {
                named = true;
                granted += entry.toString().substring(entry.toString().length() - 3);
            }
        }
        if (vo.equals("demo") && of.group().equals(actor.group().text())) {
            named = true;
            granted += mode.substring(3, 6);
        }
        if (named) {
            return granted;
        }
        if (vo.equals("demo")) {
            return mode.substring(6);
        }
        return of.acl().entries().stream()
                .map(AclEntry::toString)
                .filter(entry -> entry.startsWith("vo:" + vo + ":"))
                .map(entry -> entry.substring(entry.length() - 3))
                .findFirst()
                .orElse("");
    }

    private static DirectoryRow directory(Ownership ownership) {
        return directory(DIRECTORY, ownership);
    }

    private static DirectoryRow directory(Lfn path, Ownership ownership) {
        return new DirectoryRow(1, path, ownership, Acl.NONE, NOW, NOW);
    }

    private static FileRow file(Ownership ownership) {
        return new FileRow(
                1,
                1,
                FILE,
                10,
                new Checksums(Optional.empty(), Optional.empty()),
                new UUID(0, 1),
                ownership,
                CatalogStatus.APRIORI_GOOD,
                Optional.empty(),
                NOW,
                NOW);
    }
}
