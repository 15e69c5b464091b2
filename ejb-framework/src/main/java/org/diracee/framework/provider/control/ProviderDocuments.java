/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** The discovery documents and keys of the providers, as this node knows them. */
@ApplicationScoped
public class ProviderDocuments {

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final Map<String, KeptDocument<ProviderMetadata>> metadata = new ConcurrentHashMap<>();
    private final Map<URI, KeptDocument<List<JsonWebKey>>> keys = new ConcurrentHashMap<>();
    private ProviderConnection connection;
    private Clock clock;

    protected ProviderDocuments() {} // for the container's proxy

    @Inject
    public ProviderDocuments(ProviderConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** @throws ProviderFailed if it is not known and cannot be read */
    public ProviderMetadata metadata(IdentityProvider provider) {
        String place = provider.url() + " " + provider.isLoopbackHttpAllowed();
        try {
            return metadata.computeIfAbsent(place, none -> new KeptDocument<>(clock))
                    .get(() -> readMetadata(provider));
        } catch (IOException unreadable) {
            throw failed(provider, unreadable);
        }
    }

    /**
     * The keys that fit; if none of those known does, they are read anew, though not again and again.
     *
     * @throws ProviderFailed if no keys are known and none can be read
     */
    public List<JsonWebKey> keys(IdentityProvider provider, Predicate<JsonWebKey> fitting) {
        URI address = metadata(provider).keys();
        KeptDocument<List<JsonWebKey>> kept = keys.computeIfAbsent(address, none -> new KeptDocument<>(clock));
        KeptDocument.Source<List<JsonWebKey>> source = () -> readKeys(provider, address);
        try {
            List<JsonWebKey> found = kept.get(source).stream().filter(fitting).toList();
            return found.isEmpty() ? kept.again(source).stream().filter(fitting).toList() : found;
        } catch (IOException unreadable) {
            throw failed(provider, unreadable);
        }
    }

    private ProviderMetadata readMetadata(IdentityProvider provider) throws IOException {
        Map<String, Object> document =
                document(provider, URI.create(withoutSlash(provider.url().toString()) + DISCOVERY));
        String issuer = text(document, "issuer");
        // some write the slash at the end here and not there
        if (!withoutSlash(issuer).equals(withoutSlash(provider.url().toString()))) {
            throw logged(provider, new IOException("the discovery document is that of another issuer, " + issuer));
        }
        return new ProviderMetadata(
                issuer,
                address(provider, document, "authorization_endpoint"),
                address(provider, document, "token_endpoint"),
                address(provider, document, "jwks_uri"),
                document.containsKey("revocation_endpoint")
                        ? Optional.of(address(provider, document, "revocation_endpoint"))
                        : Optional.empty(),
                texts(document, "grant_types_supported"));
    }

    private List<JsonWebKey> readKeys(IdentityProvider provider, URI address) throws IOException {
        String text = body(provider, address);
        try {
            // keys of kinds that we do not know are left out
            return List.copyOf(new JsonWebKeySet(text).getJsonWebKeys());
        } catch (JoseException unreadable) {
            throw logged(provider, new IOException("the keys at " + address + " are unreadable", unreadable));
        }
    }

    private Map<String, Object> document(IdentityProvider provider, URI address) throws IOException {
        String text = body(provider, address);
        try {
            return JsonUtil.parseJson(text);
        } catch (JoseException unreadable) {
            throw logged(provider, new IOException("what lies at " + address + " is no JSON object", unreadable));
        }
    }

    private String body(IdentityProvider provider, URI address) throws IOException {
        try {
            ProviderConnection.Answer answer = connection.get(address);
            if (answer.status() != 200) {
                throw new IOException("status " + answer.status() + " from " + address);
            }
            return answer.body();
        } catch (IOException failed) {
            throw logged(provider, failed);
        }
    }

    private static URI address(IdentityProvider provider, Map<String, Object> document, String name)
            throws IOException {
        String text = text(document, name);
        try {
            URI address = URI.create(text);
            if (ProviderOptions.isAllowed(address, provider.isLoopbackHttpAllowed())) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // told below
        }
        throw logged(provider, new IOException("the " + name + " is no https address: " + text));
    }

    private static String text(Map<String, Object> document, String name) throws IOException {
        if (document.get(name) instanceof String text) {
            return text;
        }
        throw new IOException("the discovery document has no " + name);
    }

    private static Set<String> texts(Map<String, Object> document, String name) {
        return document.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static IOException logged(IdentityProvider provider, IOException failure) {
        LOG.providerFailed(provider.vo(), provider.url().toString(), failure.toString());
        return failure;
    }

    private static ProviderFailed failed(IdentityProvider provider, IOException failure) {
        return new ProviderFailed(provider.vo(), "does not answer as it should; please try again in a while", failure);
    }

    static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
