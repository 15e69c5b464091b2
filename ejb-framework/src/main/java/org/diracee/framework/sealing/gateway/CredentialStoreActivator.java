/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jboss.msc.Service;
import org.jboss.msc.service.ServiceActivator;
import org.jboss.msc.service.ServiceActivatorContext;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;
import org.wildfly.security.credential.store.CredentialStore;

/**
 * Makes the deployment depend on the server's credential store and hands that to the application: the server offers no other way
 * to one of its stores, whatever kind the installation has made it.
 */
public final class CredentialStoreActivator implements ServiceActivator {

    private static final ServiceName STORE = ServiceName.parse("org.wildfly.security.credential-store.dirac");
    private static final ServiceName OURS = ServiceName.parse("org.diracee.credential-store");

    private static volatile CompletableFuture<CredentialStore> found = new CompletableFuture<>();

    /** The store, as soon as the server has started it. */
    static CompletableFuture<CredentialStore> store() {
        return found;
    }

    @Override
    public void activate(ServiceActivatorContext context) {
        ServiceBuilder<?> builder = context.getServiceTarget().addService(OURS);
        Supplier<CredentialStore> store = builder.requires(STORE);
        builder.setInstance(new Handover(store));
        builder.install();
    }

    /** Lives as long as the deployment does. */
    private record Handover(Supplier<CredentialStore> store) implements Service {

        @Override
        public void start(StartContext context) {
            found.complete(store.get());
        }

        @Override
        public void stop(StopContext context) {
            found = new CompletableFuture<>();
        }
    }
}
