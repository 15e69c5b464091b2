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
 * @param next the key after which the list goes on, empty at its end
 */
public record S3Listing(List<StoredObject> objects, Optional<String> next) {

    /** One object of the list. */
    public record StoredObject(String key, Instant modified) {}

    public S3Listing {
        objects = List.copyOf(objects);
    }

    /** @throws IOException if it is no such list */
    public static S3Listing read(byte[] xml) throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        boolean goesOn = false;
        String key = "";
        try {
            XMLStreamReader reader = reader(xml);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "IsTruncated" -> goesOn = Boolean.parseBoolean(reader.getElementText());
                        case "Key" -> key = reader.getElementText();
                        case "LastModified" ->
                            objects.add(new StoredObject(key, Instant.parse(reader.getElementText())));
                        default -> {
                            // of no interest here
                        }
                    }
                }
            }
        } catch (XMLStreamException | DateTimeException malformed) {
            throw new IOException("the list of the bucket cannot be read: " + malformed.getMessage(), malformed);
        }
        return new S3Listing(objects, goesOn && !key.isEmpty() ? Optional.of(key) : Optional.empty());
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
