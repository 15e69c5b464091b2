/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * Settings of stored proxies.
 *
 * @param configuration the snapshot they are read from
 */
public record ProxySettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Services/ProxyManager/";
    private static final String SOURCE = "Framework reference 3.2";
    private static final String DOWNLOADABLE_MEANING =
            "Whether full proxies in this group are handed out; limited ones are.";

    private static final DeclaredOption<Duration> REQUEST_LIFETIME = DeclaredOption.of(
            SECTION + "RequestLifetime",
            OptionType.seconds(1),
            "300",
            "How long a user may take to sign the request for a proxy.",
            SOURCE);
    private static final DeclaredOption<Duration> LEAST_LIFETIME = DeclaredOption.of(
            SECTION + "MinimumLifetime",
            OptionType.seconds(1),
            "3600",
            "A proxy that ends earlier is not stored.",
            SOURCE);
    private static final DeclaredOption<Duration> DELIVERED_LIFETIME = DeclaredOption.of(
            SECTION + "DeliveredLifetime",
            OptionType.seconds(1),
            "43200",
            "How long a proxy that is handed out lives if nothing is asked, or shorter if the stored one ends earlier.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> ATTRIBUTES_LIFETIME = DeclaredOption.of(
            SECTION + "VOMSLifetime",
            OptionType.seconds(1),
            "86400",
            "How long VOMS attributes are asked for, at least; they are kept for that long.",
            "DIRAC EE");
    private static final DeclaredOption<List<Long>> WARNINGS = DeclaredOption.of(
            SECTION + "ExpiryWarnings",
            OptionType.listOf(OptionType.wholeNumber(1, 3650)).in("days"),
            "30, 15",
            "How long before a stored proxy ends its user is warned.",
            SOURCE);
    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            "Systems/Framework/Agents/ProxyRenewalAgent/PollingTime",
            OptionType.seconds(1),
            "900",
            "Pause between two cycles.",
            "Framework reference 3.3");
    private static final DeclaredOption<Boolean> DOWNLOADABLE = DeclaredOption.of(
            "Registry/{vo}/Groups/{group}/DownloadableProxy",
            OptionType.yesNo(),
            "yes",
            DOWNLOADABLE_MEANING,
            "DIRAC EE");
    private static final DeclaredOption<Boolean> CLASSIC_DOWNLOADABLE = DeclaredOption.of(
            "Registry/Groups/{group}/DownloadableProxy",
            OptionType.yesNo(),
            "yes",
            DOWNLOADABLE_MEANING,
            "Framework reference 1.5");

    public Duration requestLifetime() {
        return REQUEST_LIFETIME.read(configuration);
    }

    /** How long a proxy has to live at least to be stored. */
    public Duration leastLifetime() {
        return LEAST_LIFETIME.read(configuration);
    }

    /** The life of a proxy that is handed out to who asks for none in particular. */
    public Duration deliveredLifetime() {
        return DELIVERED_LIFETIME.read(configuration);
    }

    /** How long VOMS attributes are to last, so that later deliveries use them too. */
    public Duration attributesLifetime() {
        return ATTRIBUTES_LIFETIME.read(configuration);
    }

    public ExpiryWarnings expiryWarnings() {
        return new ExpiryWarnings(
                WARNINGS.read(configuration).stream().map(Math::toIntExact).toList());
    }

    /** The pause between two cycles of the agent. */
    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** Whether full proxies in the group are handed out. */
    public boolean downloadable(VoName vo, GroupName group) {
        return DOWNLOADABLE
                .find(configuration, vo.text(), group.text())
                .orElseGet(() -> CLASSIC_DOWNLOADABLE.read(configuration, group.text()));
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(
                    REQUEST_LIFETIME,
                    LEAST_LIFETIME,
                    DELIVERED_LIFETIME,
                    ATTRIBUTES_LIFETIME,
                    WARNINGS,
                    POLLING_TIME,
                    DOWNLOADABLE,
                    CLASSIC_DOWNLOADABLE);
        }
    }
}
