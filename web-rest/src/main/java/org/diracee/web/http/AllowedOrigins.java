/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.diracee.kernel.configuration.Configuration;

/**
 * The web sites whose scripts may use the API from a browser, by {@value #OPTION}; none unless some are listed. A {@code *} is
 * every site: our calls carry their token themselves, so a site gets nothing from a browser that it does not bring. Entries
 * that are no origin allow nobody.
 *
 * @see "WHATWG Fetch 3.3"
 */
final class AllowedOrigins {

    static final String OPTION = "Systems/Framework/Services/API/AllowedOrigins";

    private static final String EVERY = "*";
    private static final Pattern ORIGIN = Pattern.compile("https?://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?");

    private final Set<String> origins = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();

    AllowedOrigins(Configuration configuration) {
        for (String entry : configuration.list(OPTION)) {
            String origin = entry.strip().toLowerCase(Locale.ROOT);
            if (origin.equals(EVERY) || ORIGIN.matcher(origin).matches()) {
                origins.add(origin);
            } else {
                wrong.add(entry);
            }
        }
    }

    boolean contain(String origin) {
        return origins.contains(origin)
                || (origins.contains(EVERY) && ORIGIN.matcher(origin).matches());
    }

    /** The entries that are no origin. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
