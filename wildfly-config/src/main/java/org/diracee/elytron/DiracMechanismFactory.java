/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.http.HttpServerAuthenticationMechanism;
import org.wildfly.security.http.HttpServerAuthenticationMechanismFactory;

/** Makes the mechanism {@code DIRAC}; the server finds it as a service of the module. */
public class DiracMechanismFactory implements HttpServerAuthenticationMechanismFactory {

    /** Called by the service loader. */
    public DiracMechanismFactory() {}

    @Override
    public String[] getMechanismNames(Map<String, ?> properties) {
        return new String[] {DiracMechanism.NAME};
    }

    @Override
    public @Nullable HttpServerAuthenticationMechanism createAuthenticationMechanism(
            String name, Map<String, ?> properties, CallbackHandler handler) {
        return DiracMechanism.NAME.equals(name) ? new DiracMechanism(handler) : null;
    }
}
