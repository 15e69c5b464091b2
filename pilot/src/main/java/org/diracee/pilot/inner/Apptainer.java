/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diracee.pilot.process.PayloadCommand;
import org.diracee.pilot.process.SearchPath;

/**
 * A container of Apptainer, or of Singularity before it.
 *
 * @param program {@code apptainer} or {@code singularity}
 * @param root the image, or the directory of an unpacked one
 * @param binds what payloads see of the worker node besides
 * @param options more words of the command line
 * @param gpus whether the drivers of graphics processors are needed
 */
public record Apptainer(Path program, String root, List<Bind> binds, List<String> options, boolean gpus)
        implements InnerCe {

    public Apptainer {
        binds = List.copyOf(binds);
        options = List.copyOf(options);
    }

    @Override
    public PayloadCommand around(PayloadCommand payload, Path temporary, boolean usesGpu) {
        Path job = payload.directory();
        List<String> words =
                new ArrayList<>(List.of(program.toString(), "--quiet", "exec", "--contain", "--pid", "--ipc"));
        words.addAll(List.of("--home", job.toString(), "--pwd", job.toString()));
        words.addAll(List.of("--bind", temporary + ":/tmp:rw", "--bind", temporary + ":/var/tmp:rw"));
        for (Bind bind : binds) {
            words.addAll(List.of("--bind", bind.toString()));
        }
        if (gpus && usesGpu) {
            words.add("--nv");
        }
        words.addAll(options);
        words.add(root);
        words.addAll(payload.command());
        return payload.enclosed(words, variables(payload.environment()));
    }

    /** The payload's variables under names by which they do nothing before the container is closed. */
    private Map<String, String> variables(Map<String, String> payload) {
        String prefix = program.endsWith("singularity") ? "SINGULARITYENV_" : "APPTAINERENV_";
        Map<String, String> environment = new HashMap<>(payload);
        environment.put("TMPDIR", "/tmp");
        // the first is an option, and of the second the container has its own
        environment.remove("HOME");
        environment.remove("PATH", SearchPath.ofThisProcess().text());
        Map<String, String> prefixed = new HashMap<>();
        environment.forEach((name, value) -> prefixed.put(prefix + name, value));
        return prefixed;
    }

    @Override
    public boolean showsSystem() {
        return false;
    }

    @Override
    public boolean shows(Path path) {
        return binds.stream().anyMatch(bind -> path.startsWith(bind.source()));
    }

    @Override
    public boolean isIsolated() {
        return true;
    }

    @Override
    public String toString() {
        return "Apptainer with " + root;
    }
}
