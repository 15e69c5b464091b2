/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogLookup;
import org.diracee.dms.catalog.boundary.CatalogLookup.Place;
import org.diracee.dms.metadata.control.MetadataSettings;
import org.diracee.dms.metadata.entity.FieldRow;
import org.diracee.dms.metadata.entity.MetadataRepository;
import org.diracee.dms.metadata.entity.MetadataRepository.Claim;
import org.diracee.dms.metadata.entity.MetadataRepository.Written;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;

/**
 * What users write on files and directories. What is written on a directory in a declared field counts for all below it, so that no
 * other value may be above or below. Calls name at most 1 000; of each all is written or nothing.
 *
 * @see "DMS reference 3.7"
 */
@Stateless
public class UserMetadata {

    private static final int MOST_NAMES = 100;

    private CatalogLookup catalog;
    private MetadataRepository metadata;
    private ConfigurationService configuration;

    protected UserMetadata() {} // for the container's proxy

    @Inject
    public UserMetadata(CatalogLookup catalog, MetadataRepository metadata, ConfigurationService configuration) {
        this.catalog = catalog;
        this.metadata = metadata;
        this.configuration = configuration;
    }

    /** Why one of many cannot be done. */
    private static final class Refused extends DiracException {

        private static final long serialVersionUID = 1L;

        Refused(String detail) {
            super(ErrorCode.CONFLICT, detail);
        }
    }

    /** What counts for these files and directories, by the name of the field; of fields that are not declared, what is written there. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Map<String, MetadataItem>> read(Caller caller, Collection<Lfn> asked) {
        BulkResult<Lfn, Place> seen = catalog.seen(caller, asked);
        Set<Lfn> directories = new HashSet<>();
        Set<Long> files = new HashSet<>();
        seen.success().forEach((lfn, place) -> {
            directories.addAll(lfn.ancestors());
            if (place.isFile()) {
                files.add(place.id());
            } else {
                directories.add(lfn);
            }
        });
        Map<Lfn, Map<String, MetadataItem>> written = new HashMap<>();
        metadata.ofDirectories(catalog.asker(caller).catalog(), directories)
                .forEach(value -> written.computeIfAbsent(value.directory(), lfn -> new HashMap<>())
                        .put(value.value().name(), item(value.value(), value.directory())));
        Map<Long, List<MetadataRepository.Value>> onFiles = new HashMap<>();
        metadata.ofFiles(files).forEach(value -> onFiles.computeIfAbsent(value.file(), file -> new ArrayList<>())
                .add(value.value()));
        Map<Lfn, Map<String, MetadataItem>> success = new LinkedHashMap<>();
        seen.success().forEach((lfn, place) -> {
            Map<String, MetadataItem> items = new TreeMap<>();
            lfn.ancestors()
                    .forEach(above -> written.getOrDefault(above, Map.of()).forEach((name, item) -> {
                        if (item.type().isPresent()) {
                            items.put(name, item);
                        }
                    }));
            if (place.isFile()) {
                onFiles.getOrDefault(place.id(), List.of()).forEach(value -> items.put(value.name(), item(value, lfn)));
            } else {
                items.putAll(written.getOrDefault(lfn, Map.of()));
            }
            success.put(lfn, items);
        });
        return new BulkResult<>(success, seen.failed());
    }

    /** Writes texts into fields, over what is there; of each file or directory all or nothing. Tells how many. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Integer> write(Caller caller, Map<Lfn, Map<String, String>> asked) {
        asked.forEach((lfn, values) -> requireFew(lfn, values.keySet()));
        BulkResult<Lfn, Place> held = catalog.held(caller, asked.keySet());
        int number = catalog.asker(caller).catalog();
        Map<Lfn, Problem> failed = new HashMap<>(held.failed());
        Map<Lfn, Map<FieldRow, MetadataValue>> accepted = new TreeMap<>();
        byVo(held.success().keySet()).forEach((vo, lfns) -> {
            metadata.guard(number, vo, false);
            Map<Lfn, Map<String, String>> ofVo = lfns.stream()
                    .filter(asked::containsKey)
                    .collect(Collectors.toMap(lfn -> lfn, lfn -> asked.getOrDefault(lfn, Map.of())));
            Map<FieldTarget, Map<String, FieldRow>> fields = fields(number, vo, ofVo, held.success());
            ofVo.forEach((lfn, values) -> {
                try {
                    accepted.put(lfn, typed(lfn, values, place(held, lfn), fields));
                } catch (DiracException refusal) {
                    failed.put(lfn, new Problem(refusal.code(), lfn + ": " + refusal.getMessage()));
                }
            });
        });
        refuseConflicts(number, accepted, failed);
        for (FieldTarget target : FieldTarget.values()) {
            List<Written> values = new ArrayList<>();
            accepted.forEach((lfn, typed) -> {
                if (target(place(held, lfn)) == target) {
                    typed.forEach((field, value) ->
                            values.add(new Written(place(held, lfn).id(), field.id(), value)));
                }
            });
            metadata.write(target, values);
        }
        Map<Lfn, Integer> success = new HashMap<>();
        accepted.forEach((lfn, typed) -> success.put(lfn, typed.size()));
        return BulkResult.inOrder(asked.keySet(), success, failed);
    }

    /** Takes what is written on files and directories off again; tells how many of the fields had something. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Integer> remove(Caller caller, Map<Lfn, Set<String>> asked) {
        asked.forEach(UserMetadata::requireFew);
        asked.values().forEach(names -> names.forEach(MetadataField::requireName));
        BulkResult<Lfn, Place> held = catalog.held(caller, asked.keySet());
        int number = catalog.asker(caller).catalog();
        byVo(held.success().keySet()).keySet().forEach(vo -> metadata.guard(number, vo, false));
        Map<Lfn, Integer> success = new HashMap<>();
        new TreeSet<>(held.success().keySet()).forEach(lfn -> {
            Place place = place(held, lfn);
            success.put(lfn, metadata.remove(target(place), place.id(), asked.getOrDefault(lfn, Set.of())));
        });
        return BulkResult.inOrder(asked.keySet(), success, held.failed());
    }

    private Map<FieldTarget, Map<String, FieldRow>> fields(
            int number, VoName vo, Map<Lfn, Map<String, String>> asked, Map<Lfn, Place> places) {
        Map<FieldTarget, Set<String>> names = new HashMap<>();
        asked.forEach((lfn, values) -> Optional.ofNullable(places.get(lfn))
                .ifPresent(place -> names.computeIfAbsent(target(place), target -> new HashSet<>())
                        .addAll(values.keySet())));
        Set<String> all = names.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        Map<FieldTarget, Map<String, FieldRow>> known = byTarget(metadata.fields(number, vo, all));
        if (!new MetadataSettings(configuration.current()).declaredOnly(vo)) {
            // who has not declared a name may still write under it, unless it is one for the other kind of thing
            names.forEach((target, wanted) -> {
                wanted.removeIf(name -> !isName(name)
                        || known.entrySet().stream().anyMatch(rows -> Optional.ofNullable(
                                        rows.getValue().get(name))
                                .filter(row ->
                                        rows.getKey() == target || row.type().isPresent())
                                .isPresent()));
                metadata.name(number, vo, target, wanted);
            });
            return byTarget(metadata.fields(number, vo, all));
        }
        return known;
    }

    private static Map<FieldTarget, Map<String, FieldRow>> byTarget(List<FieldRow> rows) {
        Map<FieldTarget, Map<String, FieldRow>> byTarget = new HashMap<>();
        for (FieldTarget target : FieldTarget.values()) {
            byTarget.put(target, new HashMap<>());
        }
        rows.forEach(
                row -> Optional.ofNullable(byTarget.get(row.target())).ifPresent(known -> known.put(row.name(), row)));
        return byTarget;
    }

    private Map<FieldRow, MetadataValue> typed(
            Lfn lfn, Map<String, String> values, Place place, Map<FieldTarget, Map<String, FieldRow>> fields) {
        boolean declaredOnly = new MetadataSettings(configuration.current())
                .declaredOnly(lfn.vo().orElseThrow());
        Map<FieldRow, MetadataValue> typed = new LinkedHashMap<>();
        values.forEach((name, text) -> {
            MetadataField.requireName(name);
            for (FieldRow other :
                    fields.getOrDefault(otherTarget(place), Map.of()).values()) {
                if (other.name().equals(name) && other.type().isPresent()) {
                    throw new Refused("'" + name + "' is declared for " + (place.isFile() ? "directories" : "files"));
                }
            }
            FieldRow field = fields.getOrDefault(target(place), Map.of()).get(name);
            if (field == null || declaredOnly && field.type().isEmpty()) {
                throw new Refused("'" + name + "' is not declared, and the VO allows no others");
            }
            if (field.type().equals(Optional.of(FieldType.METASET))) {
                throw new Refused("'" + name + "' is a metaset: it stands for conditions in queries and has no values");
            }
            try {
                typed.put(field, field.type().orElse(FieldType.STRING).value(text));
            } catch (InvalidValue wrong) {
                throw new InvalidRequest("'" + name + "': " + wrong.getMessage());
            }
        });
        return typed;
    }

    /** Takes out whose values would count beside others; where two of this call would, the one further down. */
    private void refuseConflicts(
            int number, Map<Lfn, Map<FieldRow, MetadataValue>> accepted, Map<Lfn, Problem> failed) {
        Map<Integer, String> names = new HashMap<>();
        List<Claim> claims = new ArrayList<>();
        Map<Claim, Lfn> taken = new HashMap<>();
        accepted.forEach((lfn, typed) -> typed.keySet().stream()
                .filter(field ->
                        field.target() == FieldTarget.DIRECTORY && field.type().isPresent())
                .forEach(field -> {
                    names.put(field.id(), field.name());
                    claims.add(new Claim(lfn, field.id()));
                }));
        if (claims.isEmpty()) {
            return;
        }
        metadata.conflicts(number, claims)
                .forEach(conflict -> failed.putIfAbsent(
                        conflict.claim().directory(), conflict(names, conflict.claim(), conflict.other())));
        for (Claim claim : claims) { // in the order of paths: what is above comes first
            if (failed.containsKey(claim.directory())) {
                continue;
            }
            claim.directory().ancestors().stream()
                    .filter(above -> !failed.containsKey(above) && taken.containsKey(new Claim(above, claim.field())))
                    .findFirst()
                    .ifPresentOrElse(
                            above -> failed.put(claim.directory(), conflict(names, claim, above)),
                            () -> taken.put(claim, claim.directory()));
        }
        accepted.keySet().removeAll(failed.keySet());
    }

    /** What is below is not named: its names are perhaps not for the writer. */
    private static Problem conflict(Map<Integer, String> names, Claim claim, Lfn other) {
        return new Problem(
                ErrorCode.CONFLICT,
                "Metadata conflict: '" + names.get(claim.field()) + "' for directory " + claim.directory()
                        + " has a value on "
                        + (other.holds(claim.directory()) ? other.text() : "a directory below")
                        + " already, and on one path there may be one");
    }

    private static void requireFew(Lfn lfn, Set<String> names) {
        if (names.isEmpty() || names.size() > MOST_NAMES) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    names.size() + " fields are named for " + lfn + ": allowed are 1 to " + MOST_NAMES);
        }
    }

    private static boolean isName(String name) {
        try {
            MetadataField.requireName(name);
            return true;
        } catch (DiracException none) {
            return false;
        }
    }

    private static Map<VoName, List<Lfn>> byVo(Collection<Lfn> lfns) {
        Map<VoName, List<Lfn>> byVo = new TreeMap<>(Comparator.comparing(VoName::text));
        lfns.forEach(lfn -> lfn.vo().ifPresent(vo -> byVo.computeIfAbsent(vo, key -> new ArrayList<>())
                .add(lfn)));
        return byVo;
    }

    private static FieldTarget target(Place place) {
        return place.isFile() ? FieldTarget.FILE : FieldTarget.DIRECTORY;
    }

    private static FieldTarget otherTarget(Place place) {
        return place.isFile() ? FieldTarget.DIRECTORY : FieldTarget.FILE;
    }

    private static Place place(BulkResult<Lfn, Place> held, Lfn lfn) {
        return Objects.requireNonNull(held.success().get(lfn));
    }

    private static MetadataItem item(MetadataRepository.Value value, Lfn origin) {
        return new MetadataItem(value.value(), value.type(), origin);
    }
}
