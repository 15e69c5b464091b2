/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * HTTP proxies as {@code https_proxy}, {@code http_proxy} and {@code no_proxy} name them, which Java by itself does not heed. This
 * machine itself is never reached through one.
 */
public final class EnvironmentProxies extends ProxySelector {

    private static final int USUAL_PORT = 3128;

    private final Map<String, String> environment;

    public EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(
                proxy(uri).map(address -> new Proxy(Proxy.Type.HTTP, address)).orElse(Proxy.NO_PROXY));
    }

    /** Returns the proxy for this address, if there is one. */
    public Optional<InetSocketAddress> proxy(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        if (isThisMachine(host) || isExempt(host)) {
            return Optional.empty();
        }
        // HTTP_PROXY in capitals is what a web server makes of a header
        Stream<String> names =
                "https".equals(uri.getScheme()) ? Stream.of("https_proxy", "HTTPS_PROXY") : Stream.of("http_proxy");
        return names.map(name -> environment.getOrDefault(name, "").strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .flatMap(EnvironmentProxies::address);
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private boolean isExempt(String host) {
        String exempt = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return Stream.of(exempt.toLowerCase(Locale.ROOT).split("[, ]+"))
                .map(name -> name.replaceFirst("^\\*?\\.", "").replaceFirst(":[0-9]+$", ""))
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private static Optional<InetSocketAddress> address(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            return Optional.ofNullable(uri.getHost())
                    .map(host ->
                            InetSocketAddress.createUnresolved(host, uri.getPort() < 0 ? USUAL_PORT : uri.getPort()));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // whoever called is told
    }
}
