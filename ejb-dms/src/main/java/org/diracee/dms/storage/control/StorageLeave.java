/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.diracee.kernel.value.VoName;

/**
 * What the holder of a token for one of our own storage elements may do there.
 *
 * @param subject whom of the VO, or which upload, the token was made for
 * @param size how many bytes alone may be written; empty: any number
 */
public record StorageLeave(VoName vo, String subject, Instant expires, List<StorageScope> scopes, OptionalLong size) {

    private static final String SIZE = "size:";

    public StorageLeave {
        scopes = List.copyOf(scopes);
    }

    /** What a token says. */
    static StorageLeave of(VoName vo, String subject, Instant expires, String scope) {
        OptionalLong size = Arrays.stream(scope.strip().split("\\s+", -1))
                .filter(word -> word.matches(SIZE + "[0-9]{1,18}"))
                .mapToLong(word -> Long.parseLong(word.substring(SIZE.length())))
                .findFirst();
        return new StorageLeave(vo, subject, expires, StorageScope.parse(scope), size);
    }

    /** As {@link #of} understands it, beside the words of the WLCG profile. */
    static String sizeWord(long size) {
        return SIZE + size;
    }

    /** Whether it may be done with this file or directory. What is below a file may be looked at, but not changed. */
    public boolean allows(StorageAction action, String path) {
        StorageScope asked = StorageScope.of(action, path);
        return scopes.stream()
                .anyMatch(scope -> scope.covers(asked)
                        && (action == StorageAction.READ || scope.path().equals(asked.path())));
    }

    /** Whether that is a directory above a file that may be written. */
    public boolean allowsAbove(String directory) {
        List<String> asked = StorageScope.parts(directory);
        return scopes.stream()
                .filter(scope -> scope.action().includes(StorageAction.CREATE))
                .anyMatch(scope -> asked.size() < scope.path().size()
                        && scope.path().subList(0, asked.size()).equals(asked));
    }

    /** Whether a file of so many bytes may be written. */
    public boolean allows(long bytes) {
        return size.isEmpty() || size.getAsLong() == bytes;
    }
}
