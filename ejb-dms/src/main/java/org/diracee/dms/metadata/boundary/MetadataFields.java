/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.dms.catalog.boundary.CatalogLookup;
import org.diracee.dms.metadata.entity.FieldRow;
import org.diracee.dms.metadata.entity.MetadataRepository;
import org.diracee.dms.metadata.entity.MetadataRepository.FreeText;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.Lfn;

/**
 * The fields of metadata that a VO declares, so that what is written in them can be searched for.
 *
 * @see "DMS reference 3.7"
 */
@Stateless
public class MetadataFields {

    private static final int MOST_FIELDS = 1000;
    private static final int MOST_TEXTS = 100_000;

    private CatalogLookup catalog;
    private MetadataRepository metadata;

    protected MetadataFields() {} // for the container's proxy

    @Inject
    public MetadataFields(CatalogLookup catalog, MetadataRepository metadata) {
        this.catalog = catalog;
        this.metadata = metadata;
    }

    /** The fields that the caller's VO has declared, by name. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public List<MetadataField> list(Caller caller) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        return metadata.declared(asker.catalog(), asker.vo()).stream()
                .map(row ->
                        new MetadataField(row.name(), row.target(), row.type().orElseThrow()))
                .toList();
    }

    /**
     * Declares a field of the VO. What was written under its name before becomes its values, unless something of it cannot be one.
     *
     * @return whether it was not declared before
     * @throws InvalidRequest if it is declared otherwise, or what was written cannot be its values
     */
    @Requires(Property.FILE_CATALOG_MANAGEMENT)
    public boolean declare(Caller caller, MetadataField wanted) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        metadata.guard(asker.catalog(), asker.vo(), true);
        metadata.name(asker.catalog(), asker.vo(), wanted.target(), Set.of(wanted.name()));
        FieldRow field = null;
        for (FieldRow row : metadata.fields(asker.catalog(), asker.vo(), List.of(wanted.name()))) {
            if (row.target() == wanted.target()) {
                field = row;
            } else {
                refuseNamesake(row);
            }
        }
        if (field == null) {
            throw new IllegalStateException("a field that was named has no row");
        }
        if (field.type().isPresent()) {
            if (field.type().get() != wanted.type()) {
                throw conflict("'" + wanted.name() + "' is declared already, as "
                        + field.type().get().text());
            }
            return false;
        }
        if (metadata.declared(asker.catalog(), asker.vo()).size() >= MOST_FIELDS) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, "The VO has " + MOST_FIELDS + " fields, which is the most");
        }
        List<MetadataRepository.Written> values = converted(field, wanted);
        metadata.declare(field.id(), wanted.type());
        metadata.write(wanted.target(), values);
        return true;
    }

    /** Removes a field with all its values; tells whether there was one. */
    @Requires(Property.FILE_CATALOG_MANAGEMENT)
    public boolean remove(Caller caller, String name) {
        MetadataField.requireName(name);
        CatalogLookup.Asker asker = catalog.asker(caller);
        metadata.guard(asker.catalog(), asker.vo(), true);
        Optional<FieldRow> field = metadata.fields(asker.catalog(), asker.vo(), List.of(name)).stream()
                .filter(row -> row.type().isPresent())
                .findFirst();
        field.ifPresent(row -> metadata.remove(row.id()));
        return field.isPresent();
    }

    private void refuseNamesake(FieldRow other) {
        if (other.type().isPresent()) {
            throw conflict("'" + other.name() + "' is declared already, for "
                    + (other.target() == FieldTarget.FILE ? "files" : "directories"));
        }
        metadata.freeTexts(other.id(), 1).forEach(text -> {
            throw conflict("'" + other.name() + "' is written on "
                    + (other.target() == FieldTarget.FILE ? "files" : "directories") + ", such as " + text.lfn()
                    + ": remove it there first");
        });
        metadata.remove(other.id());
    }

    /** What was written before, as values; no two may count on one path. */
    private List<MetadataRepository.Written> converted(FieldRow field, MetadataField wanted) {
        List<FreeText> texts = metadata.freeTexts(field.id(), MOST_TEXTS + 1);
        if (texts.size() > MOST_TEXTS) {
            throw conflict("'" + wanted.name() + "' is written on more than " + MOST_TEXTS
                    + " files or directories, more than can become values at once: remove some");
        }
        Set<Lfn> written = new HashSet<>();
        List<MetadataRepository.Written> values = new ArrayList<>();
        for (FreeText text : texts) {
            if (wanted.type() == FieldType.METASET) {
                throw conflict("'" + wanted.name() + "' is written on " + text.lfn()
                        + ": a metaset has no values; remove it there first");
            }
            try {
                values.add(new MetadataRepository.Written(
                        text.place(), field.id(), wanted.type().value(text.text())));
            } catch (InvalidValue wrong) {
                throw conflict("'" + wanted.name() + "' is written on " + text.lfn() + ": " + wrong.getMessage());
            }
            text.lfn().ancestors().stream()
                    .filter(written::contains)
                    .findFirst()
                    .ifPresent(above -> {
                        if (wanted.target() == FieldTarget.DIRECTORY) {
                            throw conflict("'" + wanted.name() + "' is written on " + above + " and on " + text.lfn()
                                    + " below it, where two values would count: remove one of them");
                        }
                    });
            written.add(text.lfn());
        }
        return values;
    }

    private static InvalidRequest conflict(String detail) {
        return new InvalidRequest(ErrorCode.CONFLICT, detail);
    }
}
