/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.diracee.framework.registry.boundary.RegisteredHost;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.VoName;

/** The registry of one configuration, whichever layouts it uses; where both speak of a thing, the layout by VO counts. */
public record RegistryContents(Map<VoName, RegisteredVo> vos, List<RegisteredHost> hosts) {

    public RegistryContents {
        vos = Collections.unmodifiableMap(new LinkedHashMap<>(vos));
        hosts = List.copyOf(hosts);
    }

    /**
     * Reads what can be used; the rest is left out, so that one slip locks nobody else out.
     *
     * @param leftOut told the path of every entry left out and why
     */
    public static RegistryContents read(Configuration configuration, BiConsumer<String, String> leftOut) {
        TolerantReading reading = new TolerantReading(configuration, leftOut);
        ClassicLayout classic = new ClassicLayout(reading);
        Map<VoName, RegisteredVo> vos = new LinkedHashMap<>(new VoLayout(reading).vos());
        classic.vos().forEach((name, vo) -> vos.merge(name, vo, RegisteredVo::over));
        return new RegistryContents(vos, classic.hosts());
    }
}
