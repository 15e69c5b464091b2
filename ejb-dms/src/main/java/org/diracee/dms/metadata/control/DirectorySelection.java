/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.dms.metadata.entity.MetadataSearchRepository.Hit;
import org.diracee.dms.metadata.entity.MetadataSearchRepository.Slice;

/**
 * Directories with all below them: whole trees that do not overlap, without some trees in these.
 *
 * @param roots tops of the trees, as a walk through a tree meets them
 * @param holes tops of what is left out
 */
public record DirectorySelection(List<String> roots, Set<String> holes) {

    /** A directory before what is in it, and that before its next neighbour. */
    private static final Comparator<String> WALK = DirectorySelection::compare;

    public DirectorySelection {
        roots = roots.stream().sorted(WALK).toList();
        holes = Set.copyOf(holes);
    }

    /** All in a directory. */
    public static DirectorySelection below(String path) {
        return new DirectorySelection(List.of(path), Set.of());
    }

    /** What is in one of these trees, too; none of them overlaps another. */
    public DirectorySelection within(Set<String> trees) {
        Set<String> own = new HashSet<>(roots);
        Set<String> both = new HashSet<>();
        roots.stream().filter(root -> isIn(root, trees)).forEach(both::add);
        trees.stream().filter(tree -> isIn(tree, own)).forEach(both::add);
        both.removeIf(root -> isIn(root, holes));
        return new DirectorySelection(new ArrayList<>(both), holes);
    }

    /** What is in none of these trees. */
    public DirectorySelection without(Set<String> trees) {
        Set<String> all = new HashSet<>(holes);
        all.addAll(trees);
        return new DirectorySelection(
                roots.stream().filter(root -> !isIn(root, trees)).toList(), all);
    }

    /** The place of the tree that a directory is in, if it is selected. */
    public Optional<Integer> place(String directory) {
        if (isIn(directory, holes)) {
            return Optional.empty();
        }
        return root(directory);
    }

    /** Whether a walk meets this, which is selected, after that. */
    public boolean isAfter(Hit hit, Hit other) {
        int place = place(hit.directory()).orElseThrow();
        Optional<Integer> begun = root(other.directory());
        if (begun.isEmpty()) {
            return WALK.compare(roots.get(place), other.directory()) > 0;
        }
        return Comparator.<Hit>comparingInt(one -> root(one.directory()).orElseThrow())
                        .thenComparing(Hit::directory)
                        .thenComparing(Hit::name)
                        .compare(hit, other)
                > 0;
    }

    /** What is left to be searched after something that was found, or at all. */
    public List<Slice> slices(Optional<Hit> after) {
        List<Slice> slices = new ArrayList<>();
        int next = 0;
        if (after.isPresent()) {
            Hit hit = after.get();
            Optional<Integer> begun = root(hit.directory());
            if (begun.isPresent()) {
                String root = roots.get(begun.get());
                if (hit.directory().equals(root)) {
                    slices.add(new Slice(root, root + '\u0001', mark(hit)));
                    slices.add(under(root));
                } else {
                    slices.add(new Slice(hit.directory(), root + "0", mark(hit)));
                }
                next = begun.get() + 1;
            } else {
                while (next < roots.size() && WALK.compare(roots.get(next), hit.directory()) <= 0) {
                    next++;
                }
            }
        }
        for (String root : roots.subList(next, roots.size())) {
            slices.add(new Slice(root, root + '\u0001', ""));
            slices.add(under(root));
        }
        return slices;
    }

    /** What leads from the root to the trees, their tops among it. */
    public Set<String> above() {
        Set<String> above = new HashSet<>();
        for (String root : roots) {
            for (String path = root; !path.isEmpty(); path = parent(path)) {
                above.add(path);
            }
        }
        return above;
    }

    /** Of a file its name; a directory stands for itself, so that it is left out. */
    private static String mark(Hit hit) {
        return hit.name().isEmpty() ? hit.directory() : hit.name();
    }

    private static Slice under(String root) {
        return new Slice(root + "/", root + "0", "");
    }

    private Optional<Integer> root(String directory) {
        for (String path = directory; !path.isEmpty(); path = parent(path)) {
            int place = Collections.binarySearch(roots, path, WALK);
            if (place >= 0) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** Byte order but for slashes, which come before all else. */
    private static int compare(String one, String other) {
        int end = Math.min(one.length(), other.length());
        for (int place = 0; place < end; place++) {
            char left = one.charAt(place);
            char right = other.charAt(place);
            if (left != right) {
                return left == '/' ? -1 : right == '/' ? 1 : Character.compare(left, right);
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    private static boolean isIn(String path, Set<String> trees) {
        for (String above = path; !above.isEmpty(); above = parent(above)) {
            if (trees.contains(above)) {
                return true;
            }
        }
        return false;
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
