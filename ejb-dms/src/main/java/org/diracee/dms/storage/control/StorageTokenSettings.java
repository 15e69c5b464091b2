/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.UserName;

/** Options that say which tokens a storage element takes. @see "DMS reference 4.1, 4.5" */
@ApplicationScoped
public class StorageTokenSettings implements DeclaredOptions {

    private static final String OURS = "DIRAC EE";
    private static final DeclaredOption<Boolean> TOKEN_SUPPORT = DeclaredOption.of(
            path("TokenSupport"),
            OptionType.yesNo(),
            "no",
            "Whether it takes tokens of the WLCG profile, each for one path.",
            "DMS reference 4.1");
    private static final DeclaredOption<String> BASE_PATH = DeclaredOption.of(
            path("WLCGTokenBasePath"),
            OptionType.text(),
            "/",
            "The directory that paths in tokens begin at.",
            "DMS reference 4.1");
    private static final DeclaredOption<String> AUDIENCE = DeclaredOption.of(
            path("TokenAudience"),
            OptionType.text(),
            "Whom its tokens are for; by default https, its host and its port.",
            OURS);
    private static final DeclaredOption<Boolean> ENCODED_PATHS = DeclaredOption.of(
            path("TokenEncodedPaths"),
            OptionType.yesNo(),
            "no",
            "Whether it reads paths in tokens that have characters written as %XX, as XRootD 5.5 does not: if not, what is done with a file"
                    + " of such a name is done with a token for the directory above it, which nobody else is given.",
            OURS);
    private static final DeclaredOption<UserName> TOKEN_USER = DeclaredOption.of(
            path("TokenUser"),
            OptionType.user(),
            "A user of the VO, such as a robot, whose token of the VO's provider is exchanged there for those of the storage element;"
                    + " without it they are ours.",
            OURS);

    /** Whether the endpoint takes tokens at all. */
    boolean takesTokens(StorageEndpoint endpoint) {
        return of(endpoint, TOKEN_SUPPORT).or(TOKEN_SUPPORT::standardValue).orElseThrow();
    }

    String basePath(StorageEndpoint endpoint) {
        return of(endpoint, BASE_PATH).orElse("/");
    }

    Optional<String> audience(StorageEndpoint endpoint) {
        return of(endpoint, AUDIENCE);
    }

    boolean readsEncodedPaths(StorageEndpoint endpoint) {
        return of(endpoint, ENCODED_PATHS).or(ENCODED_PATHS::standardValue).orElseThrow();
    }

    /** Whose token is exchanged. */
    Optional<UserName> tokenUser(StorageEndpoint endpoint) {
        return of(endpoint, TOKEN_USER);
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(TOKEN_SUPPORT, BASE_PATH, AUDIENCE, ENCODED_PATHS, TOKEN_USER);
    }

    private static <T> Optional<T> of(StorageEndpoint endpoint, DeclaredOption<T> option) {
        return option.findAmong(
                endpoint.options(), "Resources/StorageElements/" + endpoint.se() + "/" + endpoint.section());
    }

    private static String path(String name) {
        return "Resources/StorageElements/{se}/[{protocol}/]" + name;
    }
}
