/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * What the configuration says about file catalogues.
 *
 * @param configuration the snapshot it is read from
 * @see "DMS reference 3.1"
 */
public record CatalogSettings(Configuration configuration) {

    private static final double GIGABYTE = 1e9;
    private static final String INSTANCE = "Systems/DataManagement/Services/{catalog}/";

    private static final DeclaredOption<String> CATALOG = DeclaredOption.of(
            "Operations/{vo}/DataManagement/FileCatalog",
            OptionType.value("1 to 64 letters, digits, dots, underscores or hyphens", CatalogSettings::instance),
            "FileCatalog",
            "The catalogue that the VO's files are registered in; VOs with the same name here share one.",
            "DIRAC EE");
    private static final DeclaredOption<Pattern> LFN_PATTERN = DeclaredOption.of(
            "Operations/{vo}/DataManagement/LFNPattern",
            OptionType.value("a regular expression", CatalogSettings::pattern),
            "What the whole of a new LFN of the VO must match, besides beginning with the VO.",
            "DIRAC EE");
    private static final DeclaredOption<Integer> DEFAULT_UMASK = DeclaredOption.of(
            INSTANCE + "DefaultUmask",
            OptionType.value("a mode of three octal digits, such as 775", CatalogSettings::mode),
            "775",
            "The mode that new files and directories get unless one is given, as far as that of their directory allows.",
            "DMS reference 3.1");
    private static final DeclaredOption<Boolean> UNIQUE_GUID = DeclaredOption.of(
            INSTANCE + "UniqueGUID",
            OptionType.yesNo(),
            "no",
            "Whether a GUID may belong to one file of the VO only.",
            "DMS reference 3.1");
    private static final DeclaredOption<Boolean> UNKNOWN_SES = DeclaredOption.of(
            INSTANCE + "UnknownStorageElements",
            OptionType.yesNo(),
            "no",
            "Whether replicas may be registered at storage elements that Resources/StorageElements does not know.",
            "DIRAC EE; DMS reference 3.1: always");
    private static final DeclaredOption<Boolean> ENFORCE_REGISTRY_QUOTAS = DeclaredOption.of(
            "Operations/{vo}/DataManagement/EnforceRegistryQuotas",
            OptionType.yesNo(),
            "no",
            "Whether users who have no quota in the catalogue are bound by the one that the registry gives them.",
            "DIRAC EE");
    private static final DeclaredOption<Double> DEFAULT_QUOTA = DeclaredOption.of(
            "Registry/DefaultStorageQuota",
            OptionType.decimal(0),
            "The quota of users who have none of their own, in GB (10^9 bytes); counts with EnforceRegistryQuotas alone.",
            "DMS reference 3.10");
    private static final DeclaredOption<Double> USER_QUOTA = DeclaredOption.of(
            "Registry/Users/{user}/Quota",
            OptionType.decimal(0),
            "The user's quota, in GB; counts with EnforceRegistryQuotas alone.",
            "DMS reference 3.10");
    private static final DeclaredOption<Duration> USAGE_AGENT_POLLING = DeclaredOption.of(
            "Systems/DataManagement/Agents/CatalogUsageAgent/PollingTime",
            OptionType.seconds(0),
            "5",
            "Pause between two cycles.",
            "DIRAC EE");

    /** The name of the VO's catalogue. */
    public String catalog(VoName vo) {
        return CATALOG.read(configuration, vo);
    }

    /** What the VO's new LFNs must match, if it says so. */
    public Optional<Pattern> lfnPattern(VoName vo) {
        return LFN_PATTERN.find(configuration, vo);
    }

    /** The mode of what is made in the VO's catalogue. */
    public int defaultMode(VoName vo) {
        return DEFAULT_UMASK.read(configuration, catalog(vo));
    }

    public boolean uniqueGuid(VoName vo) {
        return UNIQUE_GUID.read(configuration, catalog(vo));
    }

    /** Whether the VO's replicas may be at this storage element; where none is described, at any. */
    public boolean allowsReplicasAt(VoName vo, SeName se) {
        return new Resources(configuration).mayBeStorageElement(se.text())
                || UNKNOWN_SES.read(configuration, catalog(vo));
    }

    /** The bytes that the registry allows a user, if that counts in the VO. */
    public Optional<Long> registryQuota(VoName vo, UserName user) {
        return ENFORCE_REGISTRY_QUOTAS.read(configuration, vo)
                ? USER_QUOTA
                        .find(configuration, user.text())
                        .or(() -> DEFAULT_QUOTA.find(configuration))
                        .map(number -> Math.round(number * GIGABYTE))
                : Optional.empty();
    }

    public Duration usageAgentPollingTime() {
        return USAGE_AGENT_POLLING.read(configuration);
    }

    private static String instance(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new InvalidValue(
                    "name of a catalogue", text, "1 to 64 letters, digits, dots, underscores or hyphens");
        }
        return text;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException broken) {
            throw new InvalidValue("regular expression", text, "what java.util.regex takes");
        }
    }

    private static int mode(String text) {
        if (!text.matches("(0o?)?[0-7]{3}")) {
            throw new InvalidValue("mode", text, "three octal digits");
        }
        return Integer.parseInt(text.substring(text.length() - 3), 8);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(
                    CATALOG,
                    LFN_PATTERN,
                    DEFAULT_UMASK,
                    UNIQUE_GUID,
                    UNKNOWN_SES,
                    ENFORCE_REGISTRY_QUOTAS,
                    DEFAULT_QUOTA,
                    USER_QUOTA,
                    USAGE_AGENT_POLLING);
        }
    }
}
