/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Checksum;
import org.diracee.kernel.value.InvalidValue;

/** Checksums of a file's content, in small hexadecimal digits. */
public record Checksums(Optional<String> adler32, Optional<String> sha256) {

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]+");
    private static final int ADLER32 = 8;
    private static final int SHA256 = 64;

    /** @throws InvalidValue unless they have 8 and 64 hexadecimal digits; an adler32 may lack leading zeros */
    public Checksums {
        adler32 = adler32.map(
                text -> checked("adler32", "0".repeat(Math.max(0, ADLER32 - text.length())) + text, ADLER32));
        sha256 = sha256.map(text -> checked("sha256", text, SHA256));
    }

    /** The adler32 that was computed of content, as text. */
    public static String text(Checksum adler32) {
        return String.format(Locale.ROOT, "%08x", adler32.getValue());
    }

    /** Whether some checksum that both have differs. */
    public boolean contradict(Checksums other) {
        return differ(adler32, other.adler32) || differ(sha256, other.sha256);
    }

    private static boolean differ(Optional<String> one, Optional<String> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private static String checked(String kind, String text, int digits) {
        String small = text.toLowerCase(Locale.ROOT);
        if (small.length() != digits || !HEXADECIMAL.matcher(small).matches()) {
            throw new InvalidValue(kind, text, digits + " hexadecimal digits");
        }
        return small;
    }
}
