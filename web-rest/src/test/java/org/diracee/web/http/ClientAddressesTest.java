/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.diracee.framework.access.boundary.AddressRange;
import org.diracee.kernel.value.InvalidValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {

    private static final List<AddressRange> TRUSTED =
            List.of(AddressRange.of("127.0.0.1"), AddressRange.of("10.0.0.0/8"), AddressRange.of("2001:db8::/32"));

    @ParameterizedTest
    @CsvSource({
        // peer, header, client
        "198.51.100.1, 192.0.2.1, 198.51.100.1", // no trusted peer: the header is anybody's
        "127.0.0.1, 192.0.2.1, 192.0.2.1",
        "127.0.0.1, 1.1.1.1;192.0.2.1, 192.0.2.1", // what the client itself wrote before it
        "127.0.0.1, 1.1.1.1;192.0.2.1;10.1.2.3, 192.0.2.1",
        "127.0.0.1, 10.1.2.3, 10.1.2.3",
        "127.0.0.1, localhost, 127.0.0.1",
        "127.0.0.1, 192.0.2.1;unknown, 127.0.0.1",
        "2001:db8::7, 2001:db9::1, 2001:db9::1",
        "127.0.0.1, '', 127.0.0.1"
    })
    void believesTrustedProxiesOnly(String peer, String header, String client) {
        assertThat(ClientAddresses.client(peer, List.of(header.replace(';', ',')), TRUSTED))
                .isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "::/0, 192.0.2.1, false",
        "fe80::/10, fe80::1%eth0, true",
        "192.0.2.1, 192.0.2.1, true"
    })
    void knowsWhatLiesInANetwork(String network, String address, boolean isIn) {
        assertThat(AddressRange.of(network).contains(address)).isEqualTo(isIn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "192.0.2.0/33", "192.0.2", "::/129", "192.0.2.0/x", "999.0.0.1"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1,2.2.2.2,10.0.0.1"})
    void readsSeveralHeadersAsOne(String hops) {
        assertThat(ClientAddresses.client("127.0.0.1", Arrays.asList(hops.split(",")), TRUSTED))
                .isEqualTo("2.2.2.2");
    }
}
