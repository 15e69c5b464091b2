/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.metadata.control.MetadataFinding;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;

/**
 * Finds files and directories by their metadata, in the directory of a VO and with its fields; the root stands for the caller's own
 * VO. What the caller may not see is not found. A page may have fewer items than asked for while there are more.
 *
 * @see "DMS reference 3.7"
 */
@Stateless
public class MetadataSearch {

    private MetadataFinding finding;

    protected MetadataSearch() {} // for the container's proxy

    @Inject
    public MetadataSearch(MetadataFinding finding) {
        this.finding = finding;
    }

    /** The files below a directory that meet the query, directory by directory and by name. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public Page<CatalogEntry> files(Caller caller, MetadataQuery query, Lfn path, PageRequest request) {
        return entries(finding.files(caller, query, path, request));
    }

    /** The directory, if it meets the query, and those below it that do. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public Page<CatalogEntry> directories(Caller caller, MetadataQuery query, Lfn path, PageRequest request) {
        return entries(finding.directories(caller, query, path, request));
    }

    /** The values that each field of directories has somewhere that meets the query: on directories that the caller sees. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public Map<String, List<MetadataValue>> compatibleValues(Caller caller, MetadataQuery query, Lfn path) {
        return finding.values(caller, query, path);
    }

    private static Page<CatalogEntry> entries(Page<MetadataFinding.Seen> page) {
        return new Page<>(page.items().stream().map(MetadataFinding.Seen::entry).toList(), page.next());
    }
}
