/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.account.control;

import java.util.ArrayList;
import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** A line of the file that local accounts are created from: VO, user name and password, separated by blanks. */
public record AccountLine(VoName vo, UserName username, String password) {

    /**
     * Reads all lines but empty ones and comments.
     *
     * @throws IllegalStateException if a line is wrong; names the line, shows no password
     */
    public static List<AccountLine> parse(List<String> lines) {
        List<AccountLine> accounts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+", 3);
            if (words.length < 3) {
                throw new IllegalStateException(
                        "Line " + (i + 1) + " of the accounts: VO, user name, password expected");
            }
            try {
                accounts.add(new AccountLine(new VoName(words[0]), new UserName(words[1]), words[2]));
            } catch (DiracException wrong) {
                throw new IllegalStateException("Line " + (i + 1) + " of the accounts: " + wrong.detail(), wrong);
            }
        }
        return accounts;
    }

    @Override
    public String toString() {
        return username + " of " + vo; // never the password
    }
}
