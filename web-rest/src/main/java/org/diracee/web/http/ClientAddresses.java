/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.diracee.framework.access.boundary.AddressRange;
import org.diracee.framework.access.boundary.ApiSettings;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.PerRevision;
import org.diracee.web.WebLog;

/**
 * The address that a request comes from. Behind a reverse proxy that is the last address in {@code X-Forwarded-For} which no
 * trusted proxy has; what stands before it, anybody could have written.
 */
@ApplicationScoped
public class ClientAddresses {

    private static final String FORWARDED = "X-Forwarded-For";

    private final PerRevision<List<AddressRange>> proxies = new PerRevision<>(ClientAddresses::read);
    private ConfigurationService configuration;

    protected ClientAddresses() {} // for the container's proxy

    @Inject
    public ClientAddresses(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    String client(HttpServletRequest request) {
        String peer = String.valueOf(request.getRemoteAddr());
        List<AddressRange> trusted = proxies.of(configuration.current());
        if (trusted.isEmpty() || !isIn(trusted, peer)) {
            return peer;
        }
        return client(peer, Collections.list(request.getHeaders(FORWARDED)), trusted);
    }

    static String client(String peer, List<String> headers, List<AddressRange> trusted) {
        List<String> hops = new ArrayList<>();
        headers.forEach(header -> hops.addAll(List.of(header.split(",", -1))));
        String client = peer;
        for (int hop = hops.size() - 1; hop >= 0 && isIn(trusted, client); hop--) {
            String named = hops.get(hop).strip();
            if (!AddressRange.of("0.0.0.0/0").contains(named)
                    && !AddressRange.of("::/0").contains(named)) {
                break;
            }
            client = named;
        }
        return client;
    }

    private static boolean isIn(List<AddressRange> ranges, String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<AddressRange> read(Configuration configuration) {
        try {
            return ApiSettings.trustedProxies(configuration);
        } catch (InvalidOption wrong) {
            WebLog.LOG.proxiesLeftOut(configuration.revision(), wrong.detail());
            return List.of();
        }
    }
}
