/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.storage;

import java.util.ArrayList;
import java.util.List;
import org.diracee.client.wire.StorageElementRecord;

/** What storage elements are open for, and what they keep files on, in words. */
final class Openness {

    private Openness() {}

    static String of(StorageElementRecord element) {
        List<String> open = new ArrayList<>();
        add(open, element.readable(), "read");
        add(open, element.writable(), "write");
        add(open, element.removable(), "remove");
        add(open, element.checkable(), "check");
        return open.isEmpty() ? "closed" : String.join(" ", open);
    }

    static String media(StorageElementRecord element) {
        List<String> media = new ArrayList<>();
        add(media, element.tape(), "tape");
        add(media, element.disk(), "disk");
        return String.join("+", media);
    }

    private static void add(List<String> words, boolean applies, String word) {
        if (applies) {
            words.add(word);
        }
    }
}
