/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.diracee.dms.catalog.boundary.Acl;
import org.diracee.dms.catalog.boundary.CatalogChange;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.UserName;

/** Random trees, values, rights and queries: what is found is what a plain look at each file and directory says. */
class MetadataSearchIT {

    /** Names that sort before and after a slash, so that trees lie between others in the order of paths. */
    private static final List<String> NAMES = List.of("a", "b", "a-b", "a.b", "a0");

    private static final List<Integer> MODES = List.of(0755, 0700, 0750, 0705, 0711);
    private static final List<Optional<String>> LISTS =
            List.of(Optional.empty(), Optional.empty(), Optional.of("r--"), Optional.of("---"));
    private static final List<String> WORDS = List.of("x", "xy", "y", "a*");

    /** A file or directory as the oracle knows it. */
    private static final class Node {
        final Lfn lfn;
        final boolean isFile;
        String owner = "root";
        String group = "admins";
        int mode = 0755;
        Optional<String> bobs = Optional.empty();
        final Map<String, Object> values = new HashMap<>();

        Node(Lfn lfn, boolean isFile) {
            this.lfn = lfn;
            this.isFile = isFile;
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void findsWhatTheOracleFinds(@ForAll long seed) {
        Random random = new Random(seed);
        DmsServices services = new DmsServices();
        Map<Lfn, Node> nodes = grow(services, random);
        write(services, nodes, random);
        for (int round = 0; round < 6; round++) {
            Caller.User caller = pick(List.of(services.bob, services.carol, services.admin), random);
            Map<String, Object> ofDirectories = query(random, false);
            Map<String, Object> query = new LinkedHashMap<>(ofDirectories);
            query.putAll(query(random, true));
            String about = "seed " + seed + ", " + query + " for " + caller.username();
            int limit = 1 + random.nextInt(5);

            assertThat(all(
                            limit,
                            request -> services.in(
                                    it -> it.search.files(caller, MetadataQuery.of(query), Lfn.ROOT, request))))
                    .as(about)
                    .containsExactlyInAnyOrderElementsOf(expected(nodes, query, caller, true));
            assertThat(all(
                            limit,
                            request -> services.in(it ->
                                    it.search.directories(caller, MetadataQuery.of(ofDirectories), Lfn.ROOT, request))))
                    .as(about)
                    .filteredOn(nodes::containsKey) // not the directory of the VO
                    .containsExactlyInAnyOrderElementsOf(expected(nodes, ofDirectories, caller, false));
            Map<String, Set<Object>> values = new TreeMap<>();
            services.<Map<String, List<MetadataValue>>>in(
                            it -> it.search.compatibleValues(caller, MetadataQuery.of(ofDirectories), Lfn.ROOT))
                    .forEach((name, found) -> values.put(
                            name, found.stream().map(MetadataValue::plain).collect(Collectors.toSet())));
            assertThat(values).as(about).isEqualTo(expectedValues(nodes, ofDirectories, caller));
        }
    }

    private static Map<Lfn, Node> grow(DmsServices services, Random random) {
        Map<Lfn, Node> nodes = new TreeMap<>();
        List<Lfn> directories = new ArrayList<>(List.of(services.lfn("d")));
        for (int number = 0; number < 9; number++) {
            Lfn child = pick(directories, random).child(pick(NAMES, random));
            if (!directories.contains(child)) {
                directories.add(child);
            }
        }
        services.in(it -> it.tree.makeDirectories(it.admin, directories));
        directories.forEach(lfn -> nodes.put(lfn, new Node(lfn, false)));
        Set<Lfn> files = new TreeSet<>();
        for (int number = 0; number < 14; number++) {
            files.add(pick(directories, random).child("f" + random.nextInt(4)));
        }
        services.in(it -> it.catalog.register(
                it.admin, files.stream().map(lfn -> it.file(lfn, 1, "SE")).toList()));
        files.forEach(lfn -> nodes.put(lfn, new Node(lfn, true)));
        Map<Lfn, CatalogChange> changes = new HashMap<>();
        for (Node node : nodes.values()) {
            node.owner = pick(List.of("alice", "bob", "root"), random);
            node.group = pick(List.of("users", "analysis"), random);
            node.mode = pick(MODES, random);
            node.bobs = pick(LISTS, random);
            changes.put(
                    node.lfn,
                    new CatalogChange(
                            Optional.of(new UserName(node.owner)),
                            Optional.of(new GroupName(node.group)),
                            OptionalInt.of(node.mode),
                            Optional.of(node.bobs
                                    .map(bits -> Acl.of(List.of("user:" + services.vo + "/bob:" + bits)))
                                    .orElse(Acl.NONE)),
                            Optional.empty()));
        }
        assertThat(services.in(it -> it.tree.change(it.admin, changes, false)).failed())
                .isEmpty();
        return nodes;
    }

    private static void write(DmsServices services, Map<Lfn, Node> nodes, Random random) {
        for (MetadataField field : List.of(
                new MetadataField("run", FieldTarget.DIRECTORY, FieldType.INT),
                new MetadataField("kind", FieldTarget.DIRECTORY, FieldType.STRING),
                new MetadataField("quality", FieldTarget.FILE, FieldType.FLOAT),
                new MetadataField("label", FieldTarget.FILE, FieldType.STRING))) {
            services.<Boolean>in(it -> it.fields.declare(it.admin, field));
        }
        for (int number = 0; number < 30; number++) {
            Node node = pick(new ArrayList<>(nodes.values()), random);
            String name =
                    node.isFile ? pick(List.of("quality", "label"), random) : pick(List.of("run", "kind"), random);
            Object value =
                    switch (name) {
                        case "run" -> (long) random.nextInt(3);
                        case "quality" -> random.nextInt(3) / 2.0;
                        default -> pick(WORDS, random);
                    };
            boolean conflict = !node.isFile
                    && nodes.values().stream()
                            .anyMatch(other -> other != node
                                    && other.values.containsKey(name)
                                    && (other.lfn.holds(node.lfn) || node.lfn.holds(other.lfn)));
            boolean failed = !services.in(
                            it -> it.metadata.write(it.admin, Map.of(node.lfn, Map.of(name, String.valueOf(value)))))
                    .failed()
                    .isEmpty();
            assertThat(failed).as(node.lfn + " " + name).isEqualTo(conflict);
            if (!failed) {
                node.values.put(name, value);
            }
        }
    }

    private static Map<String, Object> query(Random random, boolean ofFiles) {
        Map<String, Object> query = new LinkedHashMap<>();
        List<String> names = ofFiles ? List.of("quality", "label") : List.of("run", "kind");
        for (String name : names) {
            List<Object> values = name.equals("run")
                    ? List.of(0, 1, 2)
                    : name.equals("quality") ? List.of(0, 0.5, 1) : new ArrayList<>(WORDS);
            Object value = pick(values, random);
            Object condition =
                    switch (random.nextInt(9)) {
                        case 0 -> value;
                        case 1 -> List.of(value, pick(values, random));
                        case 2 -> "Any";
                        case 3 -> "Missing";
                        case 4 -> Map.of("!=", value);
                        case 5 -> Map.of(">", value);
                        case 6 -> Map.of("<=", value, "nin", List.of(pick(values, random)));
                        default -> null;
                    };
            if (condition != null) {
                query.put(name, condition);
            }
        }
        return query;
    }

    private static Set<Lfn> expected(
            Map<Lfn, Node> nodes, Map<String, Object> query, Caller.User caller, boolean files) {
        return nodes.values().stream()
                .filter(node -> node.isFile == files && meets(nodes, node, query) && sees(nodes, node, caller))
                .map(node -> node.lfn)
                .collect(Collectors.toSet());
    }

    private static Map<String, Set<Object>> expectedValues(
            Map<Lfn, Node> nodes, Map<String, Object> query, Caller.User caller) {
        List<Node> selected = nodes.values().stream()
                .filter(node -> !node.isFile && meets(nodes, node, query))
                .toList();
        Map<String, Set<Object>> values = new TreeMap<>(Map.of("run", new HashSet<>(), "kind", new HashSet<>()));
        nodes.values().stream()
                .filter(node -> !node.isFile
                        && sees(nodes, node, caller)
                        && selected.stream().anyMatch(one -> node.lfn.holds(one.lfn)))
                .forEach(node ->
                        node.values.forEach((name, value) -> values.get(name).add(value)));
        return values;
    }

    private static boolean meets(Map<Lfn, Node> nodes, Node node, Map<String, Object> query) {
        return query.entrySet().stream().allMatch(condition -> {
            String name = condition.getKey();
            boolean inherited = name.equals("run") || name.equals("kind");
            Optional<Object> value = inherited
                    ? nodes.values().stream()
                            .filter(above ->
                                    !above.isFile && above.lfn.holds(node.lfn) && above.values.containsKey(name))
                            .map(above -> above.values.get(name))
                            .findFirst()
                    : Optional.ofNullable(node.values.get(name));
            return meets(value, condition.getValue(), !inherited);
        });
    }

    private static boolean meets(Optional<Object> value, Object condition, boolean wildcards) {
        if (condition.equals("Missing")) {
            return value.isEmpty();
        }
        if (value.isEmpty() || condition.equals("Any")) {
            return value.isPresent();
        }
        if (condition instanceof Map<?, ?> operators) {
            return operators.entrySet().stream().allMatch(one -> switch (String.valueOf(one.getKey())) {
                case "!=" -> compare(value.get(), one.getValue()) != 0;
                case ">" -> compare(value.get(), one.getValue()) > 0;
                case "<=" -> compare(value.get(), one.getValue()) <= 0;
                default -> ((List<?>) one.getValue()).stream().noneMatch(item -> compare(value.get(), item) == 0);
            });
        }
        if (condition instanceof List<?> list) {
            return list.stream().anyMatch(item -> compare(value.get(), item) == 0);
        }
        return wildcards && condition.equals("a*")
                ? String.valueOf(value.get()).startsWith("a")
                : compare(value.get(), condition) == 0;
    }

    private static int compare(Object value, Object other) {
        return value instanceof String text
                ? text.compareTo(other.toString())
                : Double.compare(((Number) value).doubleValue(), ((Number) other).doubleValue());
    }

    /** Whoever may read the directory that it is in, or itself. */
    private static boolean sees(Map<Lfn, Node> nodes, Node node, Caller.User caller) {
        Node parent = nodes.get(node.lfn.parent().orElseThrow());
        return caller.username().text().equals("root")
                || parent == null // the directory of the VO, which everybody in it may read
                || reads(parent, caller)
                || reads(node, caller);
    }

    private static boolean reads(Node node, Caller.User caller) {
        if (node.owner.equals(caller.username().text())) {
            return (node.mode & 0400) != 0;
        }
        if (node.bobs.isPresent() && caller.username().text().equals("bob")) {
            return node.bobs.get().startsWith("r");
        }
        return (node.mode & (node.group.equals(caller.group().text()) ? 0040 : 0004)) != 0;
    }

    private static List<Lfn> all(int limit, Function<PageRequest, Page<CatalogEntry>> pages) {
        List<Lfn> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<CatalogEntry> page = pages.apply(new PageRequest(limit, cursor));
            page.items().forEach(entry -> all.add(entry.lfn()));
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private static <T> T pick(List<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }
}
