/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.dms.catalog.boundary.Acl;
import org.diracee.dms.catalog.boundary.CatalogChange;
import org.diracee.dms.catalog.entity.CatalogRepository;
import org.diracee.dms.catalog.entity.DirectoryRepository;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRepository;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.dms.catalog.entity.UsageRepository;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/** Changes whose files and directories are, and what others may do with them. */
@ApplicationScoped
public class CatalogOwners {

    private static final int MOST = 100_000;

    private CatalogRepository catalogs;
    private DirectoryRepository directories;
    private FileRepository files;
    private UsageRepository usage;

    protected CatalogOwners() {} // for the container's proxy

    @Inject
    public CatalogOwners(
            CatalogRepository catalogs, DirectoryRepository directories, FileRepository files, UsageRepository usage) {
        this.catalogs = catalogs;
        this.directories = directories;
        this.files = files;
        this.usage = usage;
    }

    /** Sees to it that the lists of the changes can be given to anything; in one order, so that nobody waits in a ring. */
    public void keepLists(Collection<CatalogChange> changes) {
        changes.stream()
                .flatMap(change -> Stream.concat(change.acl().stream(), change.defaultAcl().stream()))
                .distinct()
                .sorted(Comparator.comparing(Acl::text))
                .forEach(catalogs::keep);
    }

    /** Changes one, and all below as far as the person may; that is held exclusively. Tells how many. */
    public int change(Visit visit, Found found, CatalogChange change, boolean recursive) {
        boolean everything = visit.actor().admin();
        String vo = visit.actor().vo().text();
        Optional<Integer> self = everything
                ? Optional.empty()
                : Optional.of(catalogs.user(vo, visit.actor().user().text()));
        List<Long> ofDirectories = new ArrayList<>();
        List<Long> ofFiles = new ArrayList<>();
        found.directory().ifPresent(top -> {
            List<DirectoryRow> tree = recursive
                    ? directories.find(visit.catalog(), directories.below(visit.catalog(), top.path()))
                    : List.of();
            Stream.concat(Stream.of(top), tree.stream())
                    .filter(directory -> everything
                            || directory
                                    .ownership()
                                    .owner()
                                    .equals(visit.actor().user().text()))
                    .forEach(directory -> ofDirectories.add(directory.id()));
            if (recursive) {
                ofFiles.addAll(files.holdIn(
                        Stream.concat(Stream.of(top), tree.stream())
                                .map(DirectoryRow::id)
                                .toList(),
                        self,
                        MOST + 1));
            }
            if (ofDirectories.size() + ofFiles.size() > MOST) {
                throw new InvalidRequest(
                        ErrorCode.TOO_MANY_ITEMS,
                        "More than " + MOST + " files and directories are below " + found.lfn()
                                + ": change the directories below it one after the other");
            }
        });
        found.file().map(FileRow::id).ifPresent(id -> ofFiles.addAll(files.hold(List.of(id))));
        Optional<Integer> owner = change.owner().map(user -> catalogs.user(vo, user.text()));
        Optional<Integer> group = change.group().map(name -> catalogs.group(vo, name.text()));
        Optional<Integer> mode =
                change.mode().isPresent() ? Optional.of(change.mode().getAsInt()) : Optional.empty();
        directories.change(ofDirectories, owner, group, mode, visit.now());
        change.acl().ifPresent(acl -> directories.changeAcl(ofDirectories, acl, false));
        change.defaultAcl().ifPresent(acl -> directories.changeAcl(ofDirectories, acl, true));
        if (change.changesOwner()) {
            usage.note(ofFiles, false);
        }
        files.change(ofFiles, owner, group, mode, visit.now());
        change.acl().ifPresent(acl -> files.changeAcl(ofFiles, acl));
        if (change.changesOwner()) {
            usage.note(ofFiles, true);
        }
        return ofDirectories.size() + ofFiles.size();
    }
}
