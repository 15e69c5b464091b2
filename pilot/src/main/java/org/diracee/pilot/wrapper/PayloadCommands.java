/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diracee.kernel.value.JobId;
import org.diracee.pilot.inner.InnerCe;
import org.diracee.pilot.process.PayloadCommand;
import org.diracee.pilot.process.SearchPath;
import org.jspecify.annotations.Nullable;

/** Makes the command of a job: which file its executable is, and the clean environment it runs in. */
final class PayloadCommands {

    private static final String VISIBLE_GPUS = "CUDA_VISIBLE_DEVICES";

    private final SearchPath path;
    private final InnerCe innerCe;

    PayloadCommands(SearchPath path, InnerCe innerCe) {
        this.path = path;
        this.innerCe = innerCe;
    }

    /** @throws JobFailure if there is no such executable */
    PayloadCommand command(JobDescription job, JobId id, WorkDirectory directory, SlotFacts slot, JobShare share) {
        List<String> words = new ArrayList<>();
        words.add(executable(job.executable(), directory.job()));
        words.addAll(job.arguments());
        PayloadCommand payload = new PayloadCommand(
                words,
                directory.job(),
                directory.job().resolve(job.standardOutput()),
                directory.job().resolve(job.standardError()),
                environment(job, id, directory, slot, share),
                false);
        return innerCe.around(payload, directory.temporary(), job.usesGpu());
    }

    /** An absolute path counts as it is; a file of the sandbox goes before a command of the search path. */
    private String executable(String name, Path directory) {
        if (name.startsWith("/")) {
            return absolute(name);
        }
        Path inSandbox = directory.resolve(name).normalize();
        if (!inSandbox.startsWith(directory)) {
            throw notFound("Executable '" + name + "' leads out of the job's directory");
        }
        if (Files.isRegularFile(inSandbox)) {
            makeExecutable(inSandbox);
            return inSandbox.toString();
        }
        if (name.contains("/")) {
            throw notFound("Executable '" + name + "' is not in the input sandbox");
        }
        if (!innerCe.showsSystem()) {
            return name;
        }
        return path.find(name)
                .map(Path::toString)
                .orElseThrow(() -> notFound(
                        "Executable '" + name + "' is neither in the input sandbox nor a command of this worker node"));
    }

    private String absolute(String name) {
        if (!innerCe.showsSystem()) {
            return name;
        }
        Path absolute = Path.of(name);
        if (!Files.isRegularFile(absolute) || !Files.isExecutable(absolute)) {
            throw notFound("Executable '" + name + "' is no executable file on this worker node");
        }
        if (!innerCe.shows(absolute.normalize())) {
            throw notFound("Executable '" + name + "' is not shown to jobs on this worker node, which isolates them by "
                    + innerCe + "; the site can show more directories (--bind)");
        }
        return name;
    }

    private static void makeExecutable(Path file) {
        try {
            Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(file));
            permissions.add(PosixFilePermission.OWNER_READ);
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        } catch (IOException notOurs) {
            throw notFound("Executable '" + file.getFileName() + "' cannot be made executable");
        }
    }

    private static JobFailure notFound(String reason) {
        return new JobFailure(MinorStatus.APPLICATION_NOT_FOUND, reason);
    }

    private Map<String, String> environment(
            JobDescription job, JobId id, WorkDirectory directory, SlotFacts slot, JobShare share) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", path.text());
        environment.put("HOME", directory.job().toString());
        environment.put("TMPDIR", directory.temporary().toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("USER", slot.localAccount());
        environment.put("LOGNAME", slot.localAccount());
        environment.put("DIRACJOBID", id.toString());
        environment.put("DIRACSITE", slot.site());
        environment.put("DIRAC_PROCESSORS", Integer.toString(slot.processors()));
        environment.put("DIRAC_JOB_PROCESSORS", Integer.toString(share.processors()));
        environment.put("DIRAC_WHOLENODE", job.wholeNode() ? "True" : "False");
        // which graphics processors the batch system gave to the slot
        @Nullable String gpus = System.getenv(VISIBLE_GPUS);
        if (gpus != null) {
            environment.put(VISIBLE_GPUS, gpus);
        }
        environment.putAll(job.environment());
        return environment;
    }
}
