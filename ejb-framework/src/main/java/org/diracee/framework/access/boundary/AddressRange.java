/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diracee.kernel.value.InvalidValue;

/** A network, or a single address, of either version of IP. */
public final class AddressRange {

    /** What cannot be a host name: Java would ask the name service for one. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private final byte[] network;
    private final int prefix;
    private final String text;

    private AddressRange(byte[] network, int prefix, String text) {
        this.network = network;
        this.prefix = prefix;
        this.text = text;
    }

    /** @throws InvalidValue unless the text is an address, or one with the length of a prefix */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            throw invalid(text);
        }
        int bits = address.get().length * 8;
        if (slash < 0) {
            return new AddressRange(address.get(), bits, text);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
            throw invalid(text);
        }
        return new AddressRange(address.get(), Integer.parseInt(length), text);
    }

    /** Whether the address lies in this network; a text that is no address lies in none. */
    public boolean contains(String address) {
        return bytes(address)
                .filter(found -> found.length == network.length)
                .filter(found -> head(found).equals(head(network)))
                .isPresent();
    }

    @Override
    public String toString() {
        return text;
    }

    private BigInteger head(byte[] address) {
        return new BigInteger(1, address).shiftRight(address.length * 8 - prefix);
    }

    private static Optional<byte[]> bytes(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (!ADDRESS.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(plain).getAddress());
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    private static InvalidValue invalid(String text) {
        return new InvalidValue("address", text, "an address, or a network such as 192.0.2.0/24 or 2001:db8::/32");
    }
}
