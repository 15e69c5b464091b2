/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diracee.client.ApiClient;
import org.diracee.client.TokenSource;

/** Measures DiracX, which {@code benchmarks/peer} started, and notes it in results that are there. */
final class DiracxPeer {

    private DiracxPeer() {}

    /** @param directory has the peer's {@code version} and an access {@code token} for it */
    static void measure(URI server, Path directory, Path results, List<String> names) throws Exception {
        String version = Files.readString(directory.resolve("version")).strip();
        ApiClient user = ApiClient.builder(server)
                .build()
                .withTokens(TokenSource.fixed(
                        Files.readString(directory.resolve("token")).strip()));
        for (String name : names) {
            System.out.println(name + " of DiracX: warming up");
            double value = Load.median(new DiracxBenchmarks(user).measure(name).runs());
            Result.read(results.resolve(name + ".json"))
                    .beside("DiracX", version, value)
                    .write(results);
        }
    }
}
