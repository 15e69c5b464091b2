/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * What somebody besides the owner, his group and his VO may do; written {@code user:demo/alice:rw-}, {@code group:demo/production:r-x}
 * or {@code vo:biomed:r--}.
 *
 * @param name of the user or group; empty for a VO
 * @param bits as one of the three digits of a mode
 */
public record AclEntry(Kind kind, VoName vo, String name, int bits) {

    /** To whom an entry speaks. */
    public enum Kind {
        USER,
        GROUP,
        VO
    }

    private static final Pattern FORM = Pattern.compile("(user|group|vo):([^:/]+)(?:/([^:/]+))?:([r-][w-][x-])");

    /** @throws InvalidValue unless the text is an entry */
    public static AclEntry parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw invalid(text);
        }
        Kind kind = Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
        String name = parts.group(3) == null ? "" : parts.group(3);
        if (name.isEmpty() != (kind == Kind.VO)) {
            throw invalid(text);
        }
        int bits = 0;
        for (Access access : Access.values()) {
            bits |= parts.group(4).indexOf(access.letter()) >= 0 ? access.bit() : 0;
        }
        return new AclEntry(kind, new VoName(parts.group(2)), checked(kind, name), bits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.name().toLowerCase(Locale.ROOT))
                .append(':')
                .append(vo);
        if (!name.isEmpty()) {
            text.append('/').append(name);
        }
        text.append(':');
        for (Access access : Access.values()) {
            text.append(access.in(bits) ? access.letter() : '-');
        }
        return text.toString();
    }

    private static String checked(Kind kind, String name) {
        return switch (kind) {
            case USER -> new UserName(name).text();
            case GROUP -> new GroupName(name).text();
            case VO -> name;
        };
    }

    private static InvalidValue invalid(String text) {
        return new InvalidValue(
                "entry of an access list",
                text,
                "user:<vo>/<user>:rwx, group:<vo>/<group>:rwx or vo:<vo>:rwx, with - for no");
    }
}
