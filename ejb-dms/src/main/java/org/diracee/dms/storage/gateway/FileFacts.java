/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.VoName;

/** What is kept beside a file, as extended attributes that move, are copied and vanish with it. */
final class FileFacts {

    private static final String ADLER32 = "diracee.adler32";
    private static final String SHA256 = "diracee.sha256";
    private static final String ANNOUNCED = "diracee.announced";
    private static final int LONGEST = 64;

    private FileFacts() {}

    static void setChecksums(Path file, Checksums checksums) throws IOException {
        if (checksums.adler32().isPresent()) {
            set(file, ADLER32, checksums.adler32().get());
        }
        if (checksums.sha256().isPresent()) {
            set(file, SHA256, checksums.sha256().get());
        }
    }

    /** Those that were kept; none for a file that somebody else put there. */
    static Checksums checksums(Path file) throws IOException {
        try {
            return new Checksums(get(file, ADLER32), get(file, SHA256));
        } catch (InvalidValue notOurs) {
            return new Checksums(Optional.empty(), Optional.empty());
        }
    }

    /** A file whose bytes are arriving. */
    record Announced(long size, VoName vo) {}

    static void setAnnounced(Path part, Announced announced) throws IOException {
        set(part, ANNOUNCED, announced.size() + " " + announced.vo());
    }

    static Optional<Announced> announced(Path part) throws IOException {
        try {
            return get(part, ANNOUNCED)
                    .filter(text -> text.matches("[0-9]{1,18} .+"))
                    .map(text -> new Announced(
                            Long.parseLong(text.substring(0, text.indexOf(' '))),
                            new VoName(text.substring(text.indexOf(' ') + 1))));
        } catch (InvalidValue notOurs) {
            return Optional.empty();
        }
    }

    static void forgetAnnounced(Path part) throws IOException {
        view(part).delete(ANNOUNCED);
    }

    private static void set(Path file, String name, String value) throws IOException {
        view(file).write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Optional<String> get(Path file, String name) throws IOException {
        UserDefinedFileAttributeView view = view(file);
        ByteBuffer value = ByteBuffer.allocate(LONGEST);
        try {
            view.read(name, value);
        } catch (FileSystemException absent) {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw absent;
            }
            return Optional.empty();
        }
        value.flip();
        return Optional.of(StandardCharsets.US_ASCII.decode(value).toString());
    }

    private static UserDefinedFileAttributeView view(Path file) throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new FileSystemException(file.toString(), null, "the file system keeps no extended attributes");
        }
        return view;
    }
}
