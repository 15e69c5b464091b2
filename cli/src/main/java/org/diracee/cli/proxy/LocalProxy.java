/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.proxy.GridCertificate;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyPolicy;

/**
 * What a proxy file on this machine says of itself.
 *
 * @param type what kind of proxy it is, in words
 * @param fqans groups and roles of VOMS, whose signature nobody has checked
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record LocalProxy(
        String file,
        String subject,
        String issuer,
        String identity,
        String type,
        boolean limited,
        String key,
        Optional<String> group,
        List<String> fqans,
        Instant expires) {

    static LocalProxy of(String file, ProxyChain chain) {
        GridCertificate leaf = chain.leaf();
        return new LocalProxy(
                file,
                leaf.dn(),
                leaf.issuerDn(),
                chain.dn(),
                type(chain),
                chain.isLimited(),
                leaf.keyText(),
                chain.diracGroup(),
                chain.unverifiedFqans(),
                chain.expires());
    }

    private static String type(ProxyChain chain) {
        if (!chain.leaf().isProxy()) {
            return "certificate";
        }
        String kind = chain.leaf().policy().map(LocalProxy::kind).orElse("proxy from before RFC 3820");
        return chain.isLimited() && !kind.contains("limited") ? kind + " of a limited one" : kind;
    }

    private static String kind(ProxyPolicy policy) {
        return switch (policy) {
            case FULL -> "RFC 3820 proxy";
            case LIMITED -> "RFC 3820 limited proxy";
            case INDEPENDENT -> "RFC 3820 independent proxy";
            case OTHER -> "RFC 3820 proxy with a policy of its own";
        };
    }
}
