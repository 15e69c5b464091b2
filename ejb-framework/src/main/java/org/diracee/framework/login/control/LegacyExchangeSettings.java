/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.InvalidValue;

/**
 * Settings of the exchange by which servers of DIRAC 8 and 9 get tokens.
 *
 * @param configuration the snapshot they are read from
 */
public record LegacyExchangeSettings(Configuration configuration) {

    private static final String HEX = "[0-9a-fA-F]{64}";

    private static final DeclaredOption<String> KEY_HASH = DeclaredOption.of(
            "Systems/Framework/Services/Token/LegacyExchangeApiKeyHash",
            OptionType.value("a SHA-256 in 64 hexadecimal digits", LegacyExchangeSettings::digits),
            "SHA-256 of the key by which servers of DIRAC 8 and 9 get tokens for their users; without it they get none.",
            "DiracX REST reference 4");

    private static String digits(String text) {
        if (!text.matches(HEX)) {
            throw new InvalidValue("hash of the key", "", "64 hexadecimal digits");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** SHA-256 of the key that an old server sends, in lower case; empty if none gets tokens. */
    public Optional<String> keyHash() {
        return KEY_HASH.find(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(KEY_HASH);
        }
    }
}
