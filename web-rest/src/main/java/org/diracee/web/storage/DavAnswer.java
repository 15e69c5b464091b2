/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.storage;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.web.http.HttpDate;

/** What a file or directory is, as WebDAV tells it. @see "RFC 4918, section 9.1" */
final class DavAnswer {

    private static final String DAV = "DAV:";
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

    private DavAnswer() {}

    /** @param path of the entry, as the client wrote it */
    static byte[] of(String path, StoredEntry entry, List<StoredEntry> children) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            XMLStreamWriter xml = XML.createXMLStreamWriter(body, StandardCharsets.UTF_8.name());
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("D", "multistatus", DAV);
            xml.writeNamespace("D", DAV);
            String directory = path.endsWith("/") ? path : path + "/";
            write(xml, entry.directory() ? directory : path, entry);
            for (StoredEntry child : children) {
                String name =
                        URLEncoder.encode(child.name(), StandardCharsets.UTF_8).replace("+", "%20");
                write(xml, directory + name + (child.directory() ? "/" : ""), child);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
            return body.toByteArray();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("XML could not be written to memory", impossible);
        }
    }

    private static void write(XMLStreamWriter xml, String path, StoredEntry entry) throws XMLStreamException {
        xml.writeStartElement(DAV, "response");
        text(xml, "href", path);
        xml.writeStartElement(DAV, "propstat");
        xml.writeStartElement(DAV, "prop");
        xml.writeStartElement(DAV, "resourcetype");
        if (entry.directory()) {
            xml.writeEmptyElement(DAV, "collection");
        }
        xml.writeEndElement();
        if (!entry.directory()) {
            text(xml, "getcontentlength", Long.toString(entry.size()));
        }
        if (entry.modified().isPresent()) {
            text(xml, "getlastmodified", HttpDate.text(entry.modified().get()));
        }
        xml.writeEndElement();
        text(xml, "status", "HTTP/1.1 200 OK");
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(DAV, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
