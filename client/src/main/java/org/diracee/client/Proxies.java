/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import org.diracee.client.wire.BegunProxyUpload;
import org.diracee.client.wire.CompleteProxyUpload;
import org.diracee.client.wire.CompletedProxyUpload;
import org.diracee.client.wire.DeliveredProxy;
import org.diracee.client.wire.OrderProxy;
import org.diracee.client.wire.ProxySummary;

/** The proxies that users entrust to the server. */
public final class Proxies {

    private static final String ROOT = "/api/proxies";

    private final ApiClient client;

    public Proxies(ApiClient client) {
        this.client = client;
    }

    /** The caller's proxies; those of everybody in the VO for who has ProxyManagement. */
    public List<ProxySummary> list() {
        return client.call(ApiRequest.get(ROOT), new TypeReference<>() {});
    }

    /** Has the server make a key pair for a proxy of the caller. */
    public BegunProxyUpload begin() {
        return client.call(ApiRequest.post(ROOT + "/requests"), BegunProxyUpload.class);
    }

    /**
     * Brings the signed proxy.
     *
     * @param chain in PEM
     * @throws ApiError 400 if it is refused, 404 if it comes too late
     */
    public CompletedProxyUpload complete(String id, String chain) {
        return client.call(
                ApiRequest.put(ROOT + "/requests/" + ApiRequest.segment(id)).json(new CompleteProxyUpload(chain)),
                CompletedProxyUpload.class);
    }

    /** Has a proxy made for the caller's key. */
    public DeliveredProxy order(OrderProxy order) {
        return client.call(ApiRequest.post(ROOT + "/deliveries").json(order), DeliveredProxy.class);
    }

    /**
     * Deletes a stored proxy.
     *
     * @throws ApiError 404 if there is none with this id that the caller may delete
     */
    public void delete(String id) {
        client.exchange(ApiRequest.delete(ROOT + "/" + ApiRequest.segment(id)));
    }
}
