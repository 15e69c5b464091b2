/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diracee.kernel.error.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataQueryTest {

    private static final Map<String, Object> OPERANDS =
            Map.of("=", 5, "!=", 6, ">", 1, "<", 9, ">=", 2, "<=", 8, "in", List.of(4, 5), "nin", List.of(6, 7));

    static Stream<Map<String, Object>> pairs() {
        return OPERANDS.entrySet().stream().flatMap(one -> OPERANDS.entrySet().stream()
                .filter(other -> one.getKey().compareTo(other.getKey()) < 0)
                .map(other -> Map.of(one.getKey(), one.getValue(), other.getKey(), other.getValue())));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void isTheSameAfterItWasStored(Map<String, Object> operators) {
        MetadataQuery query = MetadataQuery.of(Map.of("run", operators));

        assertThat(MetadataQuery.of(query.object()).asks(query)).isTrue();
    }

    @Test
    void excludesWhatEitherListExcludes() {
        MetadataQuery query = MetadataQuery.of(Map.of("run", Map.of("!=", 5, "nin", List.of(6, 7))));

        assertThat(query.conditions()).singleElement().satisfies(condition -> assertThat(condition.values())
                .containsExactlyInAnyOrder("5", "6", "7"));
    }

    @Test
    void refusesTwoListsOfWhatIsAllowed() {
        assertThatThrownBy(() -> MetadataQuery.of(Map.of("run", Map.of("=", List.of(5), "in", List.of(6)))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'run'");
    }

    @Test
    void excludesNoMoreValuesByTwoListsThanByOne() {
        List<Integer> most = IntStream.range(0, 1000).boxed().toList();

        assertThatThrownBy(() -> MetadataQuery.of(Map.of("run", Map.of("!=", 1000, "nin", most))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("1001 values");
    }
}
