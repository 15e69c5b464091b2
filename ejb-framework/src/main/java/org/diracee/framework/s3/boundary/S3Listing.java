/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.s3.boundary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of a bucket's list, as the XML of the store has it.
 *
 * @param prefixes what keys begin with that have the delimiter after what was asked for
 * @param next the key after which the list goes on, empty at its end
 * @param continuation the same in the store's own words
 */
public record S3Listing(
        List<StoredObject> objects, List<String> prefixes, Optional<String> next, Optional<String> continuation) {

    /** One object of the list. */
    public record StoredObject(String key, Instant modified, long size) {}

    public S3Listing {
        objects = List.copyOf(objects);
        prefixes = List.copyOf(prefixes);
    }

    /** @throws IOException if it is no such list */
    public static S3Listing read(byte[] xml) throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        boolean goesOn = false;
        boolean isCommon = false;
        String key = "";
        Instant modified = Instant.EPOCH;
        Optional<String> continuation = Optional.empty();
        try {
            XMLStreamReader reader = reader(xml);
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamReader.END_ELEMENT
                        && reader.getLocalName().equals("CommonPrefixes")) {
                    isCommon = false;
                } else if (event == XMLStreamReader.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "IsTruncated" -> goesOn = Boolean.parseBoolean(reader.getElementText());
                        case "Key" -> key = reader.getElementText();
                        case "LastModified" -> modified = Instant.parse(reader.getElementText());
                        case "Size" ->
                            objects.add(new StoredObject(
                                    key,
                                    modified,
                                    Long.parseLong(reader.getElementText().strip())));
                        case "CommonPrefixes" -> isCommon = true;
                        case "Prefix" -> {
                            if (isCommon) {
                                prefixes.add(reader.getElementText());
                            }
                        }
                        case "NextContinuationToken" -> continuation = Optional.of(reader.getElementText());
                        default -> {
                            // of no interest here
                        }
                    }
                }
            }
        } catch (XMLStreamException | DateTimeException | NumberFormatException malformed) {
            throw new IOException("the list of the bucket cannot be read: " + malformed.getMessage(), malformed);
        }
        return new S3Listing(
                objects,
                prefixes,
                goesOn && !key.isEmpty() ? Optional.of(key) : Optional.empty(),
                goesOn ? continuation : Optional.empty());
    }

    /** The code of an error document behind a space; empty if there is none. */
    public static String errorCode(byte[] xml) {
        if (xml.length == 0) {
            return "";
        }
        try {
            XMLStreamReader reader = reader(xml);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("Code")) {
                    return " " + reader.getElementText();
                }
            }
            return "";
        } catch (XMLStreamException otherThanXml) {
            return "";
        }
    }

    private static XMLStreamReader reader(byte[] xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    }
}
