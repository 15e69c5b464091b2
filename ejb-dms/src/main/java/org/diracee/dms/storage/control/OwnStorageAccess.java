/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.dms.storage.boundary.AccessPurpose;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.exchange.boundary.ServiceToken;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/** Where clients find the files of our own storage elements, and by which tokens they get at them. */
@ApplicationScoped
public class OwnStorageAccess {

    /** The path of what takes and gives the bytes; the name of the storage element and the LFN follow. */
    public static final String PATH = "/api/storage-data/";

    /** Whom tokens are for that are given to whoever may have the file. */
    private static final String ACCOUNT = "storage";

    private Deployment deployment = new Deployment();
    private StorageTokens tokens;

    protected OwnStorageAccess() {} // for the container's proxy

    @Inject
    public OwnStorageAccess(Deployment deployment, StorageTokens tokens) {
        this.deployment = deployment;
        this.tokens = tokens;
    }

    /** A leave for the file, for whatever size; for reading, and for those who test a storage element. */
    public ClientAccess grant(StoragePlace file, AccessPurpose purpose) {
        return grant(file, purpose, ACCOUNT, OptionalLong.empty());
    }

    /** A leave to write so many bytes as that upload. */
    public ClientAccess grantFor(String upload, StoragePlace file, long size) {
        return grant(file, AccessPurpose.CREATE, ACCOUNT + "-" + upload, OptionalLong.of(size));
    }

    private ClientAccess grant(StoragePlace file, AccessPurpose purpose, String subject, OptionalLong size) {
        StorageAction action =
                switch (purpose) {
                    case READ -> StorageAction.READ;
                    case CREATE -> StorageAction.CREATE;
                };
        ServiceToken token = tokens.mint(
                file.vo(),
                subject,
                audience(file.endpoint().se()),
                Set.of(action),
                file.lfn().text(),
                size);
        return new ClientAccess(
                url(file.endpoint().se(), file.lfn()),
                purpose == AccessPurpose.READ ? "GET" : "PUT",
                Map.of("Authorization", "Bearer " + token.text()),
                token.expires());
    }

    /**
     * What the holder of a token may do at the storage element.
     *
     * @throws org.diracee.kernel.error.InvalidToken unless it is a token of ours for it that has not expired
     */
    public StorageLeave verify(String token, SeName se) {
        return tokens.verify(token, audience(se));
    }

    private String audience(SeName se) {
        return deployment.publicUrl() + PATH + se;
    }

    private URI url(SeName se, Lfn file) {
        return URI.create(audience(se)
                + Arrays.stream(file.text().split("/", -1))
                        .map(part ->
                                URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                        .collect(Collectors.joining("/")));
    }
}
