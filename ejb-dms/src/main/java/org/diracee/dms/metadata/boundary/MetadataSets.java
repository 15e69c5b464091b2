/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.CatalogLookup;
import org.diracee.dms.metadata.control.MetadataFinding;
import org.diracee.dms.metadata.control.TypedQuery;
import org.diracee.dms.metadata.entity.FieldRow;
import org.diracee.dms.metadata.entity.MetadataSetRepository;
import org.diracee.dms.metadata.entity.MetadataSetRepository.SetRow;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.VoName;

/**
 * Conditions that a VO keeps under names, for queries to name. Everybody in the VO may make some; a set is its owner's to change.
 *
 * @see "DMS reference 3.7"
 */
@Stateless
public class MetadataSets {

    private CatalogLookup catalog;
    private MetadataFinding finding;
    private MetadataSetRepository sets;

    protected MetadataSets() {} // for the container's proxy

    @Inject
    public MetadataSets(CatalogLookup catalog, MetadataFinding finding, MetadataSetRepository sets) {
        this.catalog = catalog;
        this.finding = finding;
        this.sets = sets;
    }

    /** There is no set of this name in the VO. */
    public static class SetNotFound extends DiracException {

        private static final long serialVersionUID = 1L;

        SetNotFound(String name) {
            super(ErrorCode.NOT_FOUND, "There is no set of conditions '" + name + "'");
        }
    }

    /** The names of the VO's sets. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public List<String> names(Caller caller) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        return sets.names(asker.catalog(), asker.vo());
    }

    /**
     * The conditions of a set.
     *
     * @param expanded whether sets that it names are replaced by their conditions
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public MetadataQuery set(Caller caller, String name, boolean expanded) {
        MetadataField.requireName(name);
        CatalogLookup.Asker asker = catalog.asker(caller);
        MetadataQuery query = sets.find(asker.catalog(), asker.vo(), name)
                .map(SetRow::query)
                .orElseThrow(() -> new SetNotFound(name));
        return expanded
                ? TypedQuery.expanded(query, finding.fields(asker.catalog(), asker.vo()), other -> sets.find(
                                asker.catalog(), asker.vo(), other)
                        .map(SetRow::query))
                : query;
    }

    /** Keeps conditions under a name; they must make sense now, and name no set that names this one. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public void put(Caller caller, String name, MetadataQuery query) {
        MetadataField.requireName(name);
        CatalogLookup.Asker asker = catalog.asker(caller);
        VoName vo = asker.vo();
        Map<String, FieldRow> fields = finding.fields(asker.catalog(), vo);
        TypedQuery.of(
                query,
                fields,
                other -> other.equals(name)
                        ? Optional.of(query)
                        : sets.find(asker.catalog(), vo, other).map(SetRow::query));
        if (!sets.write(asker.catalog(), vo, new SetRow(name, asker.user(), query), asker.admin())) {
            throw new Forbidden("Permission denied: the set '" + name + "' is another's");
        }
    }

    /** Removes a set; tells whether there was one. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public boolean remove(Caller caller, String name) {
        MetadataField.requireName(name);
        CatalogLookup.Asker asker = catalog.asker(caller);
        return sets.find(asker.catalog(), asker.vo(), name)
                .map(set -> {
                    if (!asker.admin() && !set.owner().equals(asker.user())) {
                        throw new Forbidden("Permission denied: the set '" + name + "' is another's");
                    }
                    sets.remove(asker.catalog(), asker.vo(), name);
                    return true;
                })
                .orElse(false);
    }
}
