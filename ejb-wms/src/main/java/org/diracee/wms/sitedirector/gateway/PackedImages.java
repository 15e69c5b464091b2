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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.ImageShelf;
import org.diracee.wms.sitedirector.control.PilotImages;

/**
 * Packs images, each once for what is in it, into files of the server. What pilots are sent for is kept for the other nodes, and for the time
 * after the image was replaced, before the first of them is sent.
 */
@ApplicationScoped
public class PackedImages implements PilotImages {

    /** Pilots wait in queues for days before they fetch their image. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Duration BETWEEN_NOTES = Duration.ofDays(1);

    /** By what tells cheaply that an image is still the same. */
    private final Map<String, PackedImage> packed = new HashMap<>();

    /** When the shelf was last told of those that are used, by their checksums. */
    private final Map<String, Instant> noted = new HashMap<>();

    private PilotSettings settings;
    private ImageShelf shelf;
    private Clock clock;
    private Path directory;

    protected PackedImages() {} // for the container's proxy

    @Inject
    public PackedImages(PilotSettings settings, ImageShelf shelf, Clock clock) {
        this(settings, shelf, clock, LocalSettings.dataDirectory().resolve("pilot-images"));
    }

    PackedImages(PilotSettings settings, ImageShelf shelf, Clock clock, Path directory) {
        this.settings = settings;
        this.shelf = shelf;
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
        Path file = file(sha256);
        try {
            if (!Files.isRegularFile(file) && shelf.has(sha256)) {
                take(sha256);
            }
        } catch (IOException failure) {
            LOG.imageNotFetched(sha256, failure.toString());
        }
        return Optional.of(file).filter(Files::isRegularFile);
    }

    /** Takes what another node, or this one before it lost its files, has kept. */
    private synchronized void take(String sha256) throws IOException {
        if (Files.isRegularFile(file(sha256))) {
            return; // others wanted it at the same time
        }
        store(target -> shelf.fetch(sha256, target), Optional.of(sha256));
    }

    private synchronized PackedImage pack(Path unpacked) throws IOException {
        PilotImage image = PilotImage.of(unpacked, Optional.empty());
        String fingerprint = image.fingerprint();
        PackedImage known = packed.get(fingerprint);
        if (known == null || !Files.isRegularFile(known.file())) {
            known = write(image);
            packed.put(fingerprint, known);
        }
        Instant now = clock.instant();
        Files.setLastModifiedTime(known.file(), FileTime.from(now));
        if (noted.getOrDefault(known.sha256(), Instant.EPOCH)
                .plus(BETWEEN_NOTES)
                .isBefore(now)) {
            shelf.keep(known.sha256(), known.file());
            noted.put(known.sha256(), now);
        }
        return known;
    }

    private PackedImage write(PilotImage image) throws IOException {
        removeOld();
        String sha256 = store(image::writeTo, Optional.empty());
        return new PackedImage(file(sha256), sha256, image.contents());
    }

    /** Writes an archive. */
    @FunctionalInterface
    private interface Source {
        void writeTo(OutputStream target) throws IOException;
    }

    /** Makes a file of an archive that comes whole, and with the checksum that is wanted, if one is; its checksum. */
    private String store(Source source, Optional<String> wanted) throws IOException {
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "part", ".tmp");
        try {
            String sha256;
            try (OutputStream file = Files.newOutputStream(part);
                    DigestOutputStream digested = new DigestOutputStream(file, PilotImage.sha256())) {
                source.writeTo(digested);
                sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
            }
            if (wanted.filter(other -> !other.equals(sha256)).isPresent()) {
                throw new IOException("its checksum is " + sha256);
            }
            Files.move(part, file(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return sha256;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path file(String sha256) {
        return directory.resolve(sha256 + ".tar.gz");
    }

    private void removeOld() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Instant limit = clock.instant().minus(KEPT);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
