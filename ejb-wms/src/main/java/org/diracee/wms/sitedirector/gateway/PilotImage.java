/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The pilot's image with the certificates that it trusts, as one archive that says the same for the same files. */
final class PilotImage {

    private static final int BLOCK = 512;
    private static final int BUFFER = 64 * 1024;
    private static final int PREFIX = 155;
    private static final int NAME = 100;
    private static final String CA_FILE = "ca.pem";

    private final Map<String, Path> files = new TreeMap<>();

    private PilotImage() {}

    static PilotImage of(Path directory, Optional<Path> caFile) throws IOException {
        PilotImage image = new PilotImage();
        try (Stream<Path> found = Files.walk(directory)) {
            found.filter(path -> !path.equals(directory))
                    .forEach(path -> image.files.put(directory.relativize(path).toString(), path));
        }
        caFile.ifPresent(file -> image.files.put(CA_FILE, file));
        return image;
    }

    /** Changes when a file does; cheap, for those who ask often. */
    String fingerprint() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            text.append(file.getKey())
                    .append(' ')
                    .append(file.getValue())
                    .append(' ')
                    .append(Files.getLastModifiedTime(file.getValue(), LinkOption.NOFOLLOW_LINKS))
                    .append('\n');
        }
        return text.toString();
    }

    /** Names what is in the archive. */
    String digest() throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream counted = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            archive(counted);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /**
     * The SHA-256 of what {@code find . ! -type d | LC_ALL=C sort | xargs sha256sum} says in the unpacked archive, by which a worker
     * node knows whether a copy is whole.
     */
    String contents() throws IOException {
        MessageDigest all = sha256();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (!Files.isDirectory(file.getValue(), LinkOption.NOFOLLOW_LINKS)) {
                MessageDigest one = sha256();
                try (OutputStream digested = new DigestOutputStream(OutputStream.nullOutputStream(), one)) {
                    Files.copy(file.getValue(), digested);
                }
                String line = HexFormat.of().formatHex(one.digest()) + "  ./" + file.getKey() + "\n";
                all.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(all.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes the archive, compressed. */
    void writeTo(OutputStream target) throws IOException {
        try (OutputStream compressed = new GZIPOutputStream(target, BUFFER)) {
            archive(compressed);
        }
    }

    /** In the format of POSIX.1-1988, which every tar reads; links are kept, as between the licences of an image. */
    private void archive(OutputStream target) throws IOException {
        OutputStream buffered = new BufferedOutputStream(target, BUFFER);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path path = file.getValue();
            if (Files.isSymbolicLink(path) && !file.getKey().equals(CA_FILE)) {
                buffered.write(header(
                        file.getKey(),
                        0777,
                        0,
                        '2',
                        Files.readSymbolicLink(path).toString()));
            } else if (Files.isDirectory(path)) {
                buffered.write(header(file.getKey() + "/", 0755, 0, '5', ""));
            } else {
                long size = Files.size(path);
                buffered.write(header(file.getKey(), Files.isExecutable(path) ? 0755 : 0644, size, '0', ""));
                if (Files.copy(path, buffered) != size) {
                    throw new IOException(path + " changed while it was read");
                }
                buffered.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
            }
        }
        buffered.write(new byte[2 * BLOCK]);
        buffered.flush();
    }

    private static byte[] header(String path, int mode, long size, char type, String link) throws IOException {
        byte[] header = new byte[BLOCK];
        int cut = path.length() <= NAME ? -1 : path.indexOf('/', path.length() - NAME - 1);
        if (path.length() > NAME && (cut <= 0 || cut > PREFIX) || link.length() > NAME) {
            throw new IOException("The name " + path + " is too long for an archive");
        }
        put(header, 0, path.substring(cut + 1));
        put(header, 100, String.format(Locale.ROOT, "%07o", mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format(Locale.ROOT, "%011o", size));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar");
        put(header, 263, "00");
        put(header, 345, cut < 0 ? "" : path.substring(0, cut));
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o", sum));
        header[154] = 0;
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
