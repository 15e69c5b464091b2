/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.VoName;

/**
 * Which VOMS servers say what the members of VOs are.
 *
 * @param configuration the snapshot they are read from
 */
public record VomsSettings(Configuration configuration) {

    private static final String DN_MEANING =
            "Name of the certificate of the VOMS server; without it the server is not asked.";
    private static final String PORT_MEANING = "Port of the VOMS server.";
    private static final String CLASSIC = "Framework reference 1.5";
    private static final OptionType<Dn> DN_TYPE =
            OptionType.value("a distinguished name such as /DC=org/CN=host", Dn::new);
    private static final OptionType<Integer> PORT_TYPE =
            OptionType.wholeNumber(1, 65_535).as(Math::toIntExact);

    private static final DeclaredOption<Dn> DN =
            DeclaredOption.of("Registry/{vo}/VOMSServers/{host}/DN", DN_TYPE, DN_MEANING, "DIRAC EE");
    private static final DeclaredOption<Integer> PORT =
            DeclaredOption.of("Registry/{vo}/VOMSServers/{host}/Port", PORT_TYPE, "8443", PORT_MEANING, "DIRAC EE");
    private static final DeclaredOption<Dn> CLASSIC_DN =
            DeclaredOption.of("Registry/VO/{vo}/VOMSServers/{host}/DN", DN_TYPE, DN_MEANING, CLASSIC);
    private static final DeclaredOption<Integer> CLASSIC_PORT =
            DeclaredOption.of("Registry/VO/{vo}/VOMSServers/{host}/Port", PORT_TYPE, "8443", PORT_MEANING, CLASSIC);

    /** The servers of the VO, in the order of the configuration. */
    public List<VomsServer> servers(VoName vo) {
        Map<String, VomsServer> servers = new LinkedHashMap<>();
        collect("Registry/" + vo, DN, PORT, vo, servers);
        collect("Registry/VO/" + vo, CLASSIC_DN, CLASSIC_PORT, vo, servers);
        return List.copyOf(servers.values());
    }

    private void collect(
            String section,
            DeclaredOption<Dn> dn,
            DeclaredOption<Integer> port,
            VoName vo,
            Map<String, VomsServer> servers) {
        for (String host : configuration.names(section + "/VOMSServers")) {
            dn.find(configuration, vo.text(), host)
                    .ifPresent(name -> servers.putIfAbsent(
                            host, new VomsServer(host, port.read(configuration, vo.text(), host), name)));
        }
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(DN, PORT, CLASSIC_DN, CLASSIC_PORT);
        }
    }
}
