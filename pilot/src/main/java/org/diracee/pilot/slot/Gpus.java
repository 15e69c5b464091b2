/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.pilot.process.SearchPath;
import org.diracee.pilot.process.ShortCommand;

/** The graphics processors of the slot, by the names of their models. */
public record Gpus(List<String> models) {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    public Gpus {
        models = List.copyOf(models);
    }

    /**
     * Asks {@code nvidia-smi}; where there is none, there are no graphics processors.
     *
     * @param visible what {@code CUDA_VISIBLE_DEVICES} says of those that the batch system gave to the slot
     */
    public static Gpus find(SearchPath path, Optional<String> visible) {
        long most = visible.map(Gpus::given).orElse(Long.MAX_VALUE);
        if (most == 0) {
            return new Gpus(List.of());
        }
        return path.find("nvidia-smi")
                .flatMap(program -> ShortCommand.run(
                        List.of(program.toString(), "--query-gpu=name", "--format=csv,noheader"), LONGEST))
                .filter(ShortCommand::isSuccess)
                .map(answer -> new Gpus(answer.output()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .limit(most)
                        .toList()))
                .orElse(new Gpus(List.of()));
    }

    /** As CUDA reads the list, which ends where something is no device. */
    private static long given(String visible) {
        return Stream.of(visible.split(","))
                .map(String::strip)
                .takeWhile(device -> !device.isEmpty() && !device.equals("-1") && !device.equals("NoDevFiles"))
                .count();
    }

    /** Returns the tags that they offer: {@code GPU}, and of several {@code 2GPU} and so on. */
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        for (int number = 1; number <= models.size(); number++) {
            tags.add(number == 1 ? "GPU" : number + "GPU");
        }
        return tags;
    }

    /** Whether a tag asks for graphics processors. */
    public static boolean isTag(String tag) {
        return tag.matches("[0-9]*GPU");
    }

    /** For people and parameters, as {@code 2 x NVIDIA A100}. */
    public Optional<String> description() {
        return models.isEmpty() ? Optional.empty() : Optional.of(models.size() + " x " + models.get(0));
    }
}
