/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/**
 * Which tokens for storage and computing elements users may ask for: nothing unless the registry says so for their group. Places
 * in DIRAC's classic layout count, too.
 *
 * @param configuration the snapshot they are read from
 */
public record ScopedTokenSettings(Configuration configuration) {

    private static final String BY_VO = "Registry/{vo}/ScopedTokens/{group}/";
    private static final String CLASSIC = "Registry/VO/{vo}/ScopedTokens/{group}/";
    private static final String OURS = "DIRAC EE";
    private static final String SCOPES_MEAN =
            "What members of the group may have tokens for at storage and computing elements, and all below it;"
                    + " $vo, $group, $user and $initial stand for those of the caller. Without it they get none.";
    private static final String AUDIENCES_MEAN =
            "The storage and computing elements that those tokens may be for, letter by letter.";

    private static final DeclaredOption<List<String>> SCOPES =
            DeclaredOption.of(BY_VO + "Scopes", OptionType.texts(), "", SCOPES_MEAN, OURS);
    private static final DeclaredOption<List<String>> CLASSIC_SCOPES =
            DeclaredOption.of(CLASSIC + "Scopes", OptionType.texts(), "", SCOPES_MEAN, OURS);
    private static final DeclaredOption<List<String>> AUDIENCES =
            DeclaredOption.of(BY_VO + "Audiences", OptionType.texts(), "", AUDIENCES_MEAN, OURS);
    private static final DeclaredOption<List<String>> CLASSIC_AUDIENCES =
            DeclaredOption.of(CLASSIC + "Audiences", OptionType.texts(), "", AUDIENCES_MEAN, OURS);
    private static final DeclaredOption<Duration> LIFE = DeclaredOption.of(
            "Operations/{vo}/Services/Token/ScopedTokenLifetime",
            OptionType.duration(ChronoUnit.SECONDS, 60, 21_600),
            "1200",
            "How long a token for a storage or computing element is valid. It cannot be revoked.",
            OURS);

    /** What the user may have tokens for; words that are none are left out. */
    public List<String> scopes(Caller.User user) {
        List<String> own =
                SCOPES.read(configuration, user.vo().text(), user.group().text());
        List<String> found = own.isEmpty()
                ? CLASSIC_SCOPES.read(
                        configuration, user.vo().text(), user.group().text())
                : own;
        return found.stream().map(scope -> filled(scope, user)).toList();
    }

    /** Whom the user's tokens may be for. */
    public List<String> audiences(Caller.User user) {
        List<String> own =
                AUDIENCES.read(configuration, user.vo().text(), user.group().text());
        return own.isEmpty()
                ? CLASSIC_AUDIENCES.read(
                        configuration, user.vo().text(), user.group().text())
                : own;
    }

    /** How long such a token is valid. */
    public Duration life(VoName vo) {
        return LIFE.read(configuration, vo);
    }

    private static String filled(String scope, Caller.User user) {
        String name = user.username().text();
        return scope.replace("$vo", user.vo().text())
                .replace("$group", user.group().text())
                .replace("$user", name)
                .replace("$initial", name.substring(0, 1));
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return new ArrayList<>(List.of(SCOPES, CLASSIC_SCOPES, AUDIENCES, CLASSIC_AUDIENCES, LIFE));
        }
    }
}
