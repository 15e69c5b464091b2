/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/**
 * The options of storage elements that do not depend on how they are spoken to. Those at a storage element are inherited from its
 * {@code BaseSE}.
 *
 * @see "DMS reference 4.1"
 */
@ApplicationScoped
public class StorageOptions implements DeclaredOptions {

    private static final String ELEMENT = "Resources/StorageElements/{se}/";
    private static final String SECTION = ELEMENT + "{protocol}/";
    private static final String OPERATIONS = "Operations/{vo}/DataManagement/";
    private static final String REFERENCE = "DMS reference 4.1";
    private static final String OURS = "DIRAC EE";

    static final DeclaredOption<SeName> ALIAS = DeclaredOption.of(
            ELEMENT + "Alias",
            OptionType.value("the name of a storage element", SeName::new),
            "The storage element that is meant by this name.",
            REFERENCE);
    static final DeclaredOption<List<VoName>> VOS = DeclaredOption.of(
            ELEMENT + "VO",
            OptionType.listOf(OptionType.vo()),
            "The VOs that may use it; all unless one is named.",
            REFERENCE);
    static final DeclaredOption<StorageTier> TIER = DeclaredOption.of(
            ELEMENT + "SEType",
            OptionType.value("T and a digit, D and a digit, such as T0D1", StorageTier::parse),
            "Whether it has tape and disk: none where the digit is 0.",
            REFERENCE);
    static final Map<StorageUse, DeclaredOption<String>> ACCESS = Map.of(
            StorageUse.READ, access("ReadAccess", "reading"),
            StorageUse.WRITE, access("WriteAccess", "writing"),
            StorageUse.REMOVE, access("RemoveAccess", "removing"),
            StorageUse.CHECK, access("CheckAccess", "looking what is there, always possible if reading is"));
    static final DeclaredOption<List<String>> OWN_ACCESS_PROTOCOLS = DeclaredOption.of(
            ELEMENT + "AccessProtocols",
            OptionType.texts(),
            "The protocols to read by, the first before the others; goes before that of Operations.",
            REFERENCE);
    static final DeclaredOption<List<String>> OWN_WRITE_PROTOCOLS = DeclaredOption.of(
            ELEMENT + "WriteProtocols",
            OptionType.texts(),
            "The protocols to write and remove by, the first before the others; goes before that of Operations.",
            REFERENCE);
    static final DeclaredOption<String> PLUGIN_NAME = DeclaredOption.of(
            SECTION + "PluginName",
            OptionType.text(),
            "Picks the adapter; unless given the name of the section does.",
            REFERENCE);
    static final DeclaredOption<String> PROTOCOL =
            DeclaredOption.of(SECTION + "Protocol", OptionType.text(), "https", "The scheme of its URLs.", REFERENCE);
    static final DeclaredOption<String> ACCESS_FROM = DeclaredOption.of(
            SECTION + "Access",
            OptionType.choice("remote", "local"),
            "remote",
            "Who may use it: local is for machines of the same site.",
            REFERENCE);
    static final DeclaredOption<String> PATH = DeclaredOption.of(
            SECTION + "Path", path(), "/", "The directory there that LFNs are appended to.", REFERENCE);
    static final DeclaredOption<String> VO_PATH =
            DeclaredOption.of(SECTION + "VOPath/{vo}", path(), "The same for one VO; goes before Path.", REFERENCE);

    static final DeclaredOption<List<String>> ACCESS_PROTOCOLS = DeclaredOption.of(
            OPERATIONS + "AccessProtocols",
            OptionType.texts(),
            "The protocols that the VO reads by, the first before the others; unless given all, in the order of the sections.",
            REFERENCE);
    static final DeclaredOption<List<String>> WRITE_PROTOCOLS = DeclaredOption.of(
            OPERATIONS + "WriteProtocols",
            OptionType.texts(),
            "The protocols that the VO writes and removes by, the first before the others; unless given all.",
            REFERENCE);
    static final DeclaredOption<Long> ATTEMPTS = DeclaredOption.of(
            OPERATIONS + "StorageAttempts",
            OptionType.wholeNumber(1, 10),
            "2",
            "How often what can be repeated is asked of a storage element that does not answer.",
            OURS);
    static final DeclaredOption<Duration> PATIENCE = DeclaredOption.of(
            OPERATIONS + "StorageTimeout",
            OptionType.seconds(1),
            "120",
            "After this span nothing is tried again at a storage element; what has begun ends by its own time-outs.",
            OURS);
    static final DeclaredOption<List<String>> LOCAL_SES = DeclaredOption.of(
            "Systems/DataManagement/LocalSEs",
            OptionType.texts(),
            "",
            "The storage elements at the site of this server, whose local protocols it may use.",
            OURS);
    static final DeclaredOption<Duration> CLEANING_POLLING = DeclaredOption.of(
            "Systems/DataManagement/Agents/StorageCleaningAgent/PollingTime",
            OptionType.seconds(1),
            "21600",
            "Pause between two cycles.",
            OURS);
    static final DeclaredOption<Duration> KEPT_UNFINISHED = DeclaredOption.of(
            "Systems/DataManagement/Agents/StorageCleaningAgent/UnfinishedDays",
            OptionType.duration(ChronoUnit.DAYS, 1),
            "7",
            "How long what has arrived of a file at an own storage element stays for those who go on with it.",
            OURS);

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(
                ALIAS,
                VOS,
                TIER,
                ACCESS.get(StorageUse.READ),
                ACCESS.get(StorageUse.WRITE),
                ACCESS.get(StorageUse.REMOVE),
                ACCESS.get(StorageUse.CHECK),
                OWN_ACCESS_PROTOCOLS,
                OWN_WRITE_PROTOCOLS,
                PLUGIN_NAME,
                PROTOCOL,
                ACCESS_FROM,
                PATH,
                VO_PATH,
                ACCESS_PROTOCOLS,
                WRITE_PROTOCOLS,
                ATTEMPTS,
                PATIENCE,
                LOCAL_SES,
                CLEANING_POLLING,
                KEPT_UNFINISHED);
    }

    private static DeclaredOption<String> access(String name, String what) {
        return DeclaredOption.of(
                ELEMENT + name,
                OptionType.choice("Active", "Degraded", "Probing", "Banned", "Error", "Unknown"),
                "Active",
                "The status for " + what + "; it goes on while this is Active or Degraded.",
                REFERENCE);
    }

    private static OptionType<String> path() {
        return OptionType.value("an absolute path without . and ..", StorageOptions::checkedPath);
    }

    private static String checkedPath(String text) {
        if (!text.startsWith("/")
                || List.of(text.split("/", -1)).stream().anyMatch(part -> part.equals(".") || part.equals(".."))) {
            throw new InvalidValue("path", text, "an absolute path without . and ..");
        }
        return text.replaceAll("/+$", "");
    }
}
