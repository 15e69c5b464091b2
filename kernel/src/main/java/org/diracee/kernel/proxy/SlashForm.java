/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.InvalidValue;

/** Writes the names in certificates as DIRAC and the registry do: in the one-line form of OpenSSL. */
public final class SlashForm {

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.41", "name"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("1.2.840.113549.1.9.2", "unstructuredName"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"));

    private SlashForm() {}

    /**
     * The name of a holder, to be compared with others.
     *
     * @throws InvalidCertificate if the name is empty, or another one would be written in the same way; the detail says why
     */
    public static Dn of(X500Principal principal) {
        X500Name name = X500Name.getInstance(principal.getEncoded());
        for (RDN rdn : name.getRDNs()) {
            if (rdn.isMultiValued()) {
                throw ambiguous(); // its parts stand in whatever order, and look like several
            }
            if (!(rdn.getFirst().getValue() instanceof ASN1String string)) {
                throw new InvalidCertificate("a name in it is no text");
            }
            String value = string.getString();
            if (value.indexOf('\\') >= 0 || Dn.isAmbiguous("/" + value) || Dn.isAmbiguous(value)) {
                throw ambiguous();
            }
        }
        try {
            return new Dn(text(name));
        } catch (InvalidValue noName) {
            throw new InvalidCertificate("it has no usable name", noName);
        }
    }

    /** The name for people to read, whatever it is. */
    static String text(X500Name name) {
        StringBuilder text = new StringBuilder();
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                String oid = attribute.getType().getId();
                text.append('/')
                        .append(LABELS.getOrDefault(oid, oid))
                        .append('=')
                        .append(printable(attribute.getValue()));
            }
        }
        return text.toString();
    }

    private static InvalidCertificate ambiguous() {
        return new InvalidCertificate("a name in it can be read in two ways");
    }

    private static String printable(ASN1Encodable value) {
        String plain = value instanceof ASN1String string ? string.getString() : value.toString();
        StringBuilder text = new StringBuilder();
        for (byte octet : plain.getBytes(StandardCharsets.UTF_8)) {
            if (octet < ' ' || octet > '~') { // a byte beyond ASCII is negative
                text.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(octet));
            } else {
                text.append((char) octet);
            }
        }
        return text.toString();
    }
}
