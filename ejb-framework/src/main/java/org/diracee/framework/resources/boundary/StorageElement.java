/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/**
 * A storage as jobs and users name it.
 *
 * @param options its own and those inherited from its base
 * @param protocols the options of each way to reach it, its own over its base's; those of a section in it as {@code VOPath/demo}
 */
public record StorageElement(String name, Map<String, String> options, Map<String, Map<String, String>> protocols) {

    private static final Pattern TIERS = Pattern.compile("T(\\d)D(\\d)");
    private static final Set<String> READABLE = Set.of("Active", "Degraded");

    public StorageElement {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        protocols = Collections.unmodifiableMap(new LinkedHashMap<>(protocols));
    }

    /**
     * Whether what is there is on tape and on no disk, so that it must be staged before it is read.
     *
     * @see "DMS reference 4.1"
     */
    public boolean isTapeAlone() {
        Matcher type = TIERS.matcher(option("SEType"));
        return type.matches()
                ? !type.group(1).equals("0") && type.group(2).equals("0")
                : option("BackendType").equalsIgnoreCase("tape");
    }

    /** Whether the configuration lets the VO read there. */
    public boolean mayBeReadBy(VoName vo) {
        String access = option("ReadAccess");
        List<String> vos = OptionType.texts().parse(option("VO")).orElse(List.of());
        return (access.isEmpty() || READABLE.contains(access)) && (vos.isEmpty() || vos.contains(vo.text()));
    }

    private String option(String name) {
        return options.getOrDefault(name, "").strip();
    }
}
