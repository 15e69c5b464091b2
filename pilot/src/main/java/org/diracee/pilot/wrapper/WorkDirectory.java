/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory of one job, for its owner's eyes only and gone after the job: {@code job} where the payload runs, {@code tmp} for
 * its temporary files, and the archives on their way beside them, so that they never get among the payload's own files.
 */
final class WorkDirectory implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path top;

    private WorkDirectory(Path top) {
        this.top = top;
    }

    static WorkDirectory create(Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        Path top = parent.toRealPath().resolve(name);
        delete(top);
        Files.createDirectory(top, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        WorkDirectory directory = new WorkDirectory(top);
        Files.createDirectory(directory.job(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.createDirectory(directory.temporary(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        return directory;
    }

    /** Where the payload runs and leaves its outputs. */
    Path job() {
        return top.resolve("job");
    }

    Path temporary() {
        return top.resolve("tmp");
    }

    Path inputArchive() {
        return top.resolve("input.archive");
    }

    Path outputArchive() {
        return top.resolve("output.tar.zst");
    }

    long freeBytes() {
        try {
            return Files.getFileStore(top).getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void close() throws IOException {
        delete(top);
    }

    private static void delete(Path top) throws IOException {
        if (!Files.exists(top, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                // a payload may have closed its directories against itself, which is us
                Files.setPosixFilePermissions(directory, OWNER_ONLY);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (Files.isDirectory(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(file, OWNER_ONLY);
                    delete(file);
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
