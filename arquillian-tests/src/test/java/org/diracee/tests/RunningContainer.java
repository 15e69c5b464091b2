/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * The running system as Arquillian's container. A test's WAR goes into the directory from which the server deploys, and is
 * called over http on this machine: WildFly's own adapter asks for JMX over remoting, a door that the server keeps closed.
 */
public class RunningContainer implements DeployableContainer<RunningContainer.Settings> {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RUNNER = "ArquillianServletRunnerEE9";

    /** There is nothing to set. */
    public static class Settings implements ContainerConfiguration {

        @Override
        public void validate() {}
    }

    @Override
    public Class<Settings> getConfigurationClass() {
        return Settings.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        RunningSystem system = RunningSystem.up();
        Path deployed = mark(archive, "deployed");
        Path failed = mark(archive, "failed");
        try {
            // whole under its name, or not at all
            Path whole = system.directory().resolve(archive.getName());
            archive.as(ZipExporter.class).exportTo(whole.toFile(), true);
            Files.move(whole, system.deployments().resolve(archive.getName()), StandardCopyOption.ATOMIC_MOVE);
            await(archive.getName() + " deployed")
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(deployed) || Files.exists(failed));
            if (Files.exists(failed)) {
                throw new DeploymentException(archive.getName() + ": " + Files.readString(failed));
            }
        } catch (IOException broken) {
            throw new DeploymentException(archive.getName() + " could not be laid down", broken);
        }
        String context = "/" + archive.getName().replaceFirst("\\.war$", "");
        return new ProtocolMetaData()
                .addContext(new HTTPContext("127.0.0.1", system.localPort()).add(new Servlet(RUNNER, context)));
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        try {
            Files.deleteIfExists(mark(archive, "deployed"));
            await(archive.getName() + " undeployed")
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(mark(archive, "undeployed")));
            Files.deleteIfExists(RunningSystem.up().deployments().resolve(archive.getName()));
        } catch (IOException broken) {
            throw new DeploymentException(archive.getName() + " could not be taken away", broken);
        }
    }

    private static Path mark(Archive<?> archive, String state) {
        return RunningSystem.up().deployments().resolve(archive.getName() + "." + state);
    }
}
