/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.InvalidValue;

/** Options of the REST API itself, under {@code Systems/Framework/Services/API}. */
@ApplicationScoped
public class ApiSettings implements DeclaredOptions {

    /** What lets every site in. */
    public static final String EVERY_ORIGIN = "*";

    private static final Pattern ORIGIN = Pattern.compile("https?://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?");
    private static final DeclaredOption<List<String>> ALLOWED_ORIGINS = DeclaredOption.of(
            "Systems/Framework/Services/API/AllowedOrigins",
            OptionType.listOf(
                    OptionType.value("an origin such as https://portal.example.org, or *", ApiSettings::origin)),
            "",
            "Web sites whose scripts may use the API from a browser; * is every site.",
            "DIRAC EE");

    private static final DeclaredOption<List<AddressRange>> TRUSTED_PROXIES = DeclaredOption.of(
            "Systems/Framework/Services/API/TrustedProxies",
            OptionType.listOf(OptionType.value(
                    "an address, or a network such as 192.0.2.0/24 or 2001:db8::/32", AddressRange::of)),
            "",
            "Reverse proxies before us, whose X-Forwarded-For tells the client's address; nobody else's does.",
            "DIRAC EE");

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(ALLOWED_ORIGINS, TRUSTED_PROXIES);
    }

    /**
     * The origins whose scripts may use the API, in lower case.
     *
     * @throws InvalidOption if one is no origin
     */
    public static List<String> allowedOrigins(Configuration configuration) {
        return ALLOWED_ORIGINS.read(configuration);
    }

    /**
     * The reverse proxies that are believed when they name the client's address.
     *
     * @throws InvalidOption if one is no address or network
     */
    public static List<AddressRange> trustedProxies(Configuration configuration) {
        return TRUSTED_PROXIES.read(configuration);
    }

    /** Whether this can be an origin at all, in lower case. */
    public static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches();
    }

    private static String origin(String text) {
        String origin = text.toLowerCase(Locale.ROOT);
        if (!origin.equals(EVERY_ORIGIN) && !isOrigin(origin)) {
            throw new InvalidValue("origin", text, "a scheme, a host and at most a port, or *");
        }
        return origin;
    }
}
