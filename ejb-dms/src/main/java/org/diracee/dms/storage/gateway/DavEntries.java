/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.StoredEntry;

/**
 * Reads what WebDAV servers tell of files and directories, one after the other, however many there are. Nothing outside of the document
 * is looked at.
 *
 * @see "RFC 4918 9.1 and 14; RFC 4331"
 */
final class DavEntries {

    /** What a million entries with long names take. */
    static final long MOST_BYTES = 1L << 30;

    /** What is said of one entry, and of some below it where that was not asked for. */
    static final long MOST_BYTES_OF_ONE = 1L << 20;

    private static final int LONGEST_TEXT = 65_536;

    private static final String DAV = "DAV:";

    private DavEntries() {}

    /**
     * One resource.
     *
     * @param path decoded, without a slash at its end
     * @param quotaAvailable of its directory, in bytes; empty if it is not told
     */
    record Resource(String path, StoredEntry entry, Optional<Long> quotaAvailable, Optional<Long> quotaUsed) {}

    /** @throws IOException if it is no such document, or longer, or the connection breaks */
    static void read(InputStream xml, long mostBytes, Consumer<Resource> receiver) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new Bounded(xml, mostBytes));
            boolean isMultistatus = false;
            Reading reading = new Reading();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamReader.START_ELEMENT && DAV.equals(reader.getNamespaceURI())) {
                    isMultistatus |= reader.getLocalName().equals("multistatus");
                    reading.element(reader);
                } else if (event == XMLStreamReader.END_ELEMENT
                        && DAV.equals(reader.getNamespaceURI())
                        && reader.getLocalName().equals("response")) {
                    receiver.accept(reading.resource());
                    reading = new Reading();
                }
            }
            if (!isMultistatus) {
                throw new XMLStreamException("it is no multistatus of WebDAV");
            }
        } catch (XMLStreamException | IllegalArgumentException malformed) {
            if (malformed.getCause() instanceof IOException broken) {
                throw broken;
            }
            if (malformed instanceof XMLStreamException nested
                    && nested.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException(
                    "the answer cannot be read: " + HttpCalls.why(malformed).replaceAll("\\s+", " "), malformed);
        }
    }

    /** What was read of one response so far. */
    private static final class Reading {

        private String href = "";
        private boolean directory;
        private long size;
        private Optional<Instant> modified = Optional.empty();
        private Optional<Long> available = Optional.empty();
        private Optional<Long> used = Optional.empty();

        void element(XMLStreamReader reader) throws XMLStreamException {
            switch (reader.getLocalName()) {
                case "href" -> href = href.isEmpty() ? text(reader) : href;
                case "collection" -> directory = true;
                case "getcontentlength" -> size = number(reader).orElse(size);
                case "getlastmodified" -> modified = time(text(reader));
                case "quota-available-bytes" -> available = number(reader);
                case "quota-used-bytes" -> used = number(reader);
                default -> {
                    // of no interest here
                }
            }
        }

        Resource resource() {
            String path = decoded(href).replaceAll("/+$", "");
            return new Resource(
                    path,
                    new StoredEntry(
                            path.substring(path.lastIndexOf('/') + 1),
                            directory,
                            directory ? 0 : size,
                            modified,
                            new Checksums(Optional.empty(), Optional.empty())),
                    available,
                    used);
        }

        /** As {@code getElementText} has it, which would gather whatever comes. */
        private static String text(XMLStreamReader reader) throws XMLStreamException {
            StringBuilder text = new StringBuilder();
            for (int event = reader.next(); event != XMLStreamReader.END_ELEMENT; event = reader.next()) {
                if (reader.isStartElement()) {
                    throw new XMLStreamException("an element is in what should be a text");
                }
                if (reader.hasText() && event != XMLStreamReader.COMMENT) {
                    text.append(reader.getText());
                }
                if (text.length() > LONGEST_TEXT) {
                    throw new XMLStreamException("a text is longer than " + LONGEST_TEXT + " characters");
                }
            }
            return text.toString().strip();
        }

        private static Optional<Long> number(XMLStreamReader reader) throws XMLStreamException {
            String text = text(reader);
            return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
        }

        private static Optional<Instant> time(String text) {
            try {
                return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
            } catch (DateTimeException nonsense) {
                return Optional.empty();
            }
        }

        /** A path, or a whole URL; some servers leave characters as they are that should be written as {@code %XX}. */
        private static String decoded(String href) {
            String path = href;
            int scheme = href.indexOf("://");
            if (scheme > 0 && !href.startsWith("/")) {
                int begin = href.indexOf('/', scheme + 3);
                path = begin < 0 ? "/" : href.substring(begin);
            }
            try {
                return String.valueOf(URI.create(path.replaceAll("^/+", "/")).getPath());
            } catch (IllegalArgumentException raw) {
                return path;
            }
        }
    }

    /** Ends what does not end. */
    private static final class Bounded extends FilterInputStream {

        private final long most;
        private long left;

        Bounded(InputStream stream, long most) {
            super(stream);
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException("the answer is longer than " + most + " bytes");
            }
            return read;
        }
    }
}
