/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.italiangrid.voms.VOMSError;
import org.italiangrid.voms.store.LSCInfo;
import org.italiangrid.voms.store.VOMSTrustStore;
import org.italiangrid.voms.store.VOMSTrustStoreStatusListener;
import org.italiangrid.voms.store.impl.DefaultLSCFileParser;
import org.italiangrid.voms.store.impl.LSCFile;
import org.jspecify.annotations.Nullable;

/**
 * The VOMS servers that we trust, {@code <vo>/<host>.lsc}, read when they are asked for. Certificates of servers in that directory,
 * the way before LSC files, do not count.
 */
final class LscDirectory implements VOMSTrustStore {

    /** VO and host come from what a stranger sent, and become the name of a file. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");

    private final Path directory;
    private final WatchedFiles<LSCFile> files;

    LscDirectory(Path directory, Clock clock) {
        this.directory = directory;
        this.files = new WatchedFiles<>(file -> parse(directory.relativize(file), file), clock);
    }

    private static LSCFile parse(Path place, Path file) throws IOException {
        String name = place.getFileName().toString();
        try {
            return new DefaultLSCFileParser()
                    .parse(
                            place.getName(0).toString(),
                            name.substring(0, name.length() - ".lsc".length()),
                            file.toFile());
        } catch (VOMSError broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    @Override
    public @Nullable LSCInfo getLSC(String vo, String host) {
        if (!NAME.matcher(vo).matches() || !NAME.matcher(host).matches()) {
            return null;
        }
        Path file = directory.resolve(vo).resolve(host + ".lsc");
        try {
            return files.read(file).orElse(null);
        } catch (IOException broken) {
            LOG.lscFileBroken(file.toString(), String.valueOf(broken.getMessage()));
            return null;
        }
    }

    @Override
    public @Nullable X509Certificate getAACertificateBySubject(X500Principal subject) {
        return null;
    }

    @Override
    public List<String> getLocalTrustedDirectories() {
        return List.of(directory.toString());
    }

    @Override
    public List<X509Certificate> getLocalAACertificates() {
        return List.of();
    }

    @Override
    public Map<String, Set<LSCInfo>> getAllLSCInfo() {
        return Map.of();
    }

    @Override
    public void loadTrustInformation() {}

    @Override
    public void setStatusListener(VOMSTrustStoreStatusListener listener) {}
}
