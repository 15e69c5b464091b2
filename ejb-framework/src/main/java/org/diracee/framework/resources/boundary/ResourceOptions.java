/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/** The options of resources. Those of a queue are looked for at the queue, its computing element and its site. */
@ApplicationScoped
public class ResourceOptions implements DeclaredOptions {

    public static final DeclaredOption<String> CE_TYPE = DeclaredOption.of(
            "Resources/Sites/[{grid}/]{site}/CEs/{ce}/CEType",
            OptionType.text(),
            "The kind of the computing element; it picks the adapter.",
            "Framework reference 1.6");
    public static final DeclaredOption<String> PLATFORM =
            nearest("Platform", OptionType.text(), "What programs run there.");
    public static final DeclaredOption<Duration> CPU_TIME = nearest(
            "CPUTime", OptionType.seconds(0), "How long a pilot may run; at most 259200 s, by default 86400 s.");
    public static final DeclaredOption<Duration> MAX_CPU_TIME = nearest(
            "maxCPUTime",
            OptionType.duration(ChronoUnit.MINUTES, 0),
            "How long a pilot may run on a machine of power SI00; CPUTime goes before it.");
    public static final DeclaredOption<Double> SI00 = nearest(
            "SI00", OptionType.decimal(0), "Power of the machines, where 250 counts as one; unless given it does.");
    public static final DeclaredOption<Integer> MAX_TOTAL_JOBS =
            nearest("MaxTotalJobs", "10", "The most pilots at a time, waiting or running.");
    public static final DeclaredOption<Integer> MAX_WAITING_JOBS =
            nearest("MaxWaitingJobs", "10", "The most pilots waiting.");
    public static final DeclaredOption<Integer> PROCESSORS =
            nearest("NumberOfProcessors", OptionType.smallNumber(0), "The processors of one pilot.");
    public static final DeclaredOption<Integer> MAX_RAM =
            nearest("MaxRAM", OptionType.smallNumber(0).in("MB"), "The memory of one pilot.");
    public static final DeclaredOption<List<VoName>> VO =
            nearest("VO", OptionType.listOf(OptionType.vo()), "The VOs that may use it; all unless one is named.");
    public static final DeclaredOption<List<String>> TAG =
            joined("Tag", "What the pilots offer; the lists of the levels are joined.");
    public static final DeclaredOption<List<String>> TAGS = joined("Tags", "The same as Tag.");
    public static final DeclaredOption<List<String>> REQUIRED_TAG =
            joined("RequiredTag", "What a job must ask for to run there; the lists of the levels are joined.");
    public static final DeclaredOption<List<String>> REQUIRED_TAGS = joined("RequiredTags", "The same as RequiredTag.");
    public static final DeclaredOption<List<String>> SITE_SE = DeclaredOption.of(
            "Resources/Sites/[{grid}/]{site}/SE",
            OptionType.texts(),
            "",
            "The storage elements near the site, or groups of them: jobs run at sites near their input data.",
            "Framework reference 1.6");
    public static final DeclaredOption<List<String>> OS_COMPATIBILITY = DeclaredOption.of(
            "Resources/Computing/OSCompatibility/{platform}",
            OptionType.texts(),
            "",
            "The platforms that can run what is made for this one.",
            "Framework reference 1.6");
    public static final DeclaredOption<String> BASE_SE = DeclaredOption.of(
            "Resources/StorageElements/{se}/BaseSE",
            OptionType.text(),
            "The storage element, or the base, that this one inherits from.",
            "Framework reference 1.6");
    public static final DeclaredOption<String> BACKEND_TYPE = DeclaredOption.of(
            "Resources/StorageElements/{se}/BackendType",
            OptionType.text(),
            "The kind of the storage.",
            "Framework reference 1.6");
    public static final DeclaredOption<List<String>> SE_GROUP = DeclaredOption.of(
            "Resources/StorageElementGroups/{group}",
            OptionType.texts(),
            "",
            "The storage elements of the group.",
            "Framework reference 1.6");

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(
                CE_TYPE,
                PLATFORM,
                CPU_TIME,
                MAX_CPU_TIME,
                SI00,
                MAX_TOTAL_JOBS,
                MAX_WAITING_JOBS,
                PROCESSORS,
                MAX_RAM,
                VO,
                TAG,
                TAGS,
                REQUIRED_TAG,
                REQUIRED_TAGS,
                SITE_SE,
                OS_COMPATIBILITY,
                BASE_SE,
                BACKEND_TYPE,
                SE_GROUP);
    }

    private static <T> DeclaredOption<T> nearest(String name, OptionType<T> type, String meaning) {
        return DeclaredOption.of(
                "Resources/Sites/[{grid}/]{site}/[CEs/{ce}/[Queues/{queue}/]]" + name,
                type,
                meaning,
                "Framework reference 1.6");
    }

    private static DeclaredOption<Integer> nearest(String name, String standard, String meaning) {
        return DeclaredOption.of(
                "Resources/Sites/[{grid}/]{site}/[CEs/{ce}/[Queues/{queue}/]]" + name,
                OptionType.smallNumber(0),
                standard,
                meaning,
                "Framework reference 1.6");
    }

    private static DeclaredOption<List<String>> joined(String name, String meaning) {
        return DeclaredOption.of(
                "Resources/Sites/[{grid}/]{site}/CEs/{ce}/[Queues/{queue}/]" + name,
                OptionType.texts(),
                "",
                meaning,
                "Framework reference 1.6");
    }
}
