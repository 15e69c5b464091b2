/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.wms.description.boundary.JobText;

/** Keeps the descriptions of those submissions, read, whose jobs are being handed out; they never change. */
@ApplicationScoped
public class DescriptionCache {

    private static final int MOST_CHARACTERS = 2_000_000;

    private final Map<Long, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    /**
     * The descriptions of these submissions.
     *
     * @param missing reads the texts of those that are not kept
     */
    public Map<Long, JobText> of(Set<Long> submissions, Function<Collection<Long>, Map<Long, String>> missing) {
        Map<Long, JobText> found = new HashMap<>();
        synchronized (kept) {
            for (Long submission : submissions) {
                Kept text = kept.get(submission);
                if (text != null) {
                    found.put(submission, text.text);
                }
            }
        }
        if (found.size() < submissions.size()) {
            Map<Long, String> texts = missing.apply(submissions.stream()
                    .filter(submission -> !found.containsKey(submission))
                    .collect(Collectors.toSet()));
            texts.forEach((submission, text) -> {
                Kept read = new Kept(new JobText(text), text.length());
                found.put(submission, read.text);
                keep(submission, read);
            });
        }
        return found;
    }

    private void keep(long submission, Kept text) {
        synchronized (kept) {
            if (kept.put(submission, text) == null) {
                characters += text.characters;
            }
            while (characters > MOST_CHARACTERS) {
                Long eldest = kept.keySet().iterator().next();
                Kept gone = kept.remove(eldest);
                characters -= gone == null ? 0 : gone.characters;
            }
        }
    }

    private record Kept(JobText text, int characters) {}
}
