/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/** Texts of a payload made fit for reports: bounded, printable, whole characters. */
final class Texts {

    private static final int TAIL_BYTES = 8 * 1024;

    private Texts() {}

    /**
     * Returns the last lines of a file, at most so many and of at most 8 KiB; empty if there is no such plain file. No link is
     * followed: the payload may have put one in its place, and the pilot sees more than the payload.
     */
    static String tail(Path file, int lines) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try (SeekableByteChannel content =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long length = content.size();
            long from = Math.max(0, length - TAIL_BYTES);
            ByteBuffer end = ByteBuffer.allocate((int) (length - from));
            content.position(from);
            while (end.hasRemaining() && content.read(end) >= 0) {
                continue;
            }
            String text = new String(end.array(), 0, end.position(), UTF_8);
            if (from > 0 && text.indexOf('\n') >= 0) {
                text = text.substring(text.indexOf('\n') + 1);
            }
            List<String> all = text.lines().toList();
            return printable(String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size())));
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Replaces control characters except line breaks and tabs: no database keeps a NUL, no terminal should see an escape. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean odd = (Character.isISOControl(c) && c != '\n' && c != '\t')
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
            printable.appendCodePoint(odd ? '?' : c);
        });
        return printable.toString();
    }

    static String shortened(String text, int longest) {
        String one = printable(text);
        return one.codePointCount(0, one.length()) <= longest
                ? one
                : one.substring(0, one.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
