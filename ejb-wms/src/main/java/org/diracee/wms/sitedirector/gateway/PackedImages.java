/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.error.DiracException;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotImages;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;

/**
 * Packs images, each once for what is in it, into files of the server. The same image gives the same bytes on every node, so a node
 * packs what another one named.
 */
@ApplicationScoped
public class PackedImages implements PilotImages {

    /** Pilots wait in queues for days before they fetch their image. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** Everybody may ask for what is not there. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** By what tells cheaply that an image is still the same. */
    private final Map<String, PackedImage> packed = new HashMap<>();

    private Instant looked = Instant.EPOCH;
    private PilotSettings settings;
    private SiteDirectorSettings queues;
    private ConfigurationService configuration;
    private Clock clock;
    private Path directory;

    protected PackedImages() {} // for the container's proxy

    @Inject
    public PackedImages(
            PilotSettings settings, SiteDirectorSettings queues, ConfigurationService configuration, Clock clock) {
        this(settings, queues, configuration, clock, dataDirectory().resolve("pilot-images"));
    }

    PackedImages(
            PilotSettings settings,
            SiteDirectorSettings queues,
            ConfigurationService configuration,
            Clock clock,
            Path directory) {
        this.settings = settings;
        this.queues = queues;
        this.configuration = configuration;
        this.clock = clock;
        this.directory = directory;
    }

    /** @throws ComputingElementFailure if there is none, or it cannot be read */
    PackedImage of(CeQueue queue) {
        Path image = settings.image(queue);
        try {
            return pack(image);
        } catch (IOException failure) {
            throw new ComputingElementFailure("The pilot's image " + image + " cannot be packed: " + failure, failure);
        }
    }

    @Override
    public Optional<Path> archive(String sha256) {
        Path file = directory.resolve(sha256 + ".tar.gz");
        if (!Files.isRegularFile(file)) {
            packAll();
        }
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private synchronized void packAll() {
        if (looked.plus(BETWEEN_LOOKS).isAfter(clock.instant())) {
            return;
        }
        looked = clock.instant();
        List<Path> images = queues.queues(configuration.current()).stream()
                .flatMap(queue -> image(queue).stream())
                .distinct()
                .toList();
        for (Path image : images) {
            try {
                pack(image);
            } catch (IOException failure) {
                LOG.imageNotPacked(image.toString(), failure.toString());
            }
        }
    }

    private Optional<Path> image(CeQueue queue) {
        try {
            return Optional.of(settings.image(queue));
        } catch (DiracException none) {
            return Optional.empty(); // told where it is needed
        }
    }

    private synchronized PackedImage pack(Path unpacked) throws IOException {
        PilotImage image = PilotImage.of(unpacked, Optional.empty());
        String fingerprint = image.fingerprint();
        PackedImage known = packed.get(fingerprint);
        if (known == null || !Files.isRegularFile(known.file())) {
            known = write(image);
            packed.put(fingerprint, known);
        }
        Files.setLastModifiedTime(known.file(), FileTime.from(clock.instant()));
        return known;
    }

    private PackedImage write(PilotImage image) throws IOException {
        Files.createDirectories(directory);
        removeOld();
        Path part = Files.createTempFile(directory, "part", ".tmp");
        try {
            String sha256;
            try (OutputStream file = Files.newOutputStream(part);
                    DigestOutputStream digested = new DigestOutputStream(file, PilotImage.sha256())) {
                image.writeTo(digested);
                sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
            }
            Path whole = directory.resolve(sha256 + ".tar.gz");
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new PackedImage(whole, sha256, image.contents());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void removeOld() throws IOException {
        Instant limit = clock.instant().minus(KEPT);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Path dataDirectory() {
        return Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
    }
}
