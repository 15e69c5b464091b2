/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.regex.Pattern;
import org.diracee.cli.CommandFailure;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.UserName;

/**
 * A user of a VO that is to be made.
 *
 * @param subject by what the user's tokens name the user
 */
record VoMember(UserName name, String subject) {

    private static final Pattern SUBJECT = Pattern.compile("[^\\s\\p{Cntrl}{}=#/,+\"]{1,255}");

    /** @param text {@code NAME} or {@code NAME:SUBJECT}; the name is the subject of those who are given none */
    static VoMember of(String text) {
        int colon = text.indexOf(':');
        String subject = text.substring(colon + 1);
        if (!SUBJECT.matcher(subject).matches()) {
            throw CommandFailure.usage("'" + text + "': the subject '" + subject
                    + "' cannot be: 1 to 255 characters without blanks, quotes and any of { } = # / , + are allowed");
        }
        try {
            return new VoMember(new UserName(colon < 0 ? text : text.substring(0, colon)), subject);
        } catch (InvalidValue wrong) {
            throw CommandFailure.usage(wrong.detail());
        }
    }
}
