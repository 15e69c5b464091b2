/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.sitedirector.gateway.PilotSettings.needed;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.of;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.option;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.path;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.wms.sitedirector.control.CeQueue;

/** Options of an SSH computing element beside those of its pilots. None holds a secret: a key is named, not given. */
@ApplicationScoped
public class SshSettings implements DeclaredOptions {

    private static final String SOURCE = "WMS reference 16";

    /** Not a character that means anything to a shell, and no way up. */
    private static final OptionType<String> REMOTE_PATH = OptionType.value(
            "a path of letters, digits and /._+@%,:=-, without ..",
            text -> matching(text, "(?!.*\\.\\.)[A-Za-z0-9/._+@%,:=][A-Za-z0-9/._+@%,:=-]*"));

    private static final OptionType<String> NAME = OptionType.value(
            "a word of letters, digits and ._@+:-", text -> matching(text, "[A-Za-z0-9_][A-Za-z0-9._@+:-]*"));

    private static final DeclaredOption<String> BATCH_SYSTEM = DeclaredOption.of(
            path("BatchSystem"),
            OptionType.choice(BatchSystem.wireNames()),
            "Host",
            "What runs pilots there (CEType SSH); Host: the host itself.",
            SOURCE);
    private static final DeclaredOption<String> HOST = option(
            "SSHHost", NAME, "The host to log in at (CEType SSH); by default the name of the computing element.");
    private static final DeclaredOption<Integer> PORT =
            option("SSHPort", OptionType.smallNumber(1), "Its port (CEType SSH); by default 22.");
    private static final DeclaredOption<String> USER =
            option("SSHUser", NAME, "The account that pilots run under (CEType SSH); needed.");
    private static final DeclaredOption<String> KEY = option(
            "SSHKey",
            OptionType.text(),
            "Where our private key lies (CEType SSH): credential:<alias>, or the path of a file on the server; needed.");
    private static final DeclaredOption<Path> KNOWN_HOSTS = option(
            "SSHKnownHosts",
            OptionType.filePath().as(Path::of),
            "The file on the server with the host's key, as OpenSSH keeps it (CEType SSH); needed.");
    private static final DeclaredOption<String> SHARED_AREA = DeclaredOption.of(
            path("SharedArea"),
            REMOTE_PATH,
            "dirac-pilots",
            "The directory there that all worker nodes see (CEType SSH); a relative one lies in the account's home.",
            SOURCE);
    private static final DeclaredOption<String> WORK_AREA = option(
            "WorkArea",
            REMOTE_PATH,
            "A directory of each worker node in which jobs run (CEType SSH); by default they do in the shared area.");
    private static final DeclaredOption<String> QUEUE_NAME = option(
            "CEQueueName",
            NAME,
            "What the batch system calls the queue (CEType SSH); by default the queue's name, default means its default.");
    private static final DeclaredOption<String> ACCOUNT =
            option("Account", NAME, "The account that the batch system charges (CEType SSH).");
    private static final DeclaredOption<String> SUBMIT_OPTIONS = option(
            "SubmitOptions",
            OptionType.text(),
            "More words of the submit command, of Condor's submit description more lines (CEType SSH).");

    private Deployment deployment;

    protected SshSettings() {} // for the container's proxy

    @Inject
    public SshSettings(Deployment deployment) {
        this.deployment = deployment;
    }

    SshTarget target(CeQueue queue) {
        return new SshTarget(
                of(queue, HOST).orElse(queue.slot().computingElement()),
                of(queue, PORT).orElse(22),
                needed(queue, USER),
                CeCredentialSettings.file(deployment, queue, KEY, needed(queue, KEY)),
                needed(queue, KNOWN_HOSTS));
    }

    BatchSystem batchSystem(CeQueue queue) {
        return BatchSystem.of(
                of(queue, BATCH_SYSTEM).or(BATCH_SYSTEM::standardValue).orElseThrow());
    }

    String sharedArea(CeQueue queue) {
        return of(queue, SHARED_AREA).or(SHARED_AREA::standardValue).orElseThrow();
    }

    Optional<String> workArea(CeQueue queue) {
        return of(queue, WORK_AREA);
    }

    /** Empty for the batch system's own choice. */
    Optional<String> queueName(CeQueue queue) {
        return of(queue, QUEUE_NAME)
                .or(() -> Optional.of(queue.slot().queue()))
                .filter(name -> !name.equals("default"));
    }

    Optional<String> account(CeQueue queue) {
        return of(queue, ACCOUNT);
    }

    /** Words of a command line; lines, where submissions are described in a file. */
    List<String> submitOptions(CeQueue queue) {
        return of(queue, SUBMIT_OPTIONS)
                .map(text -> batchSystem(queue) == BatchSystem.CONDOR
                        ? text.lines().map(String::strip).toList()
                        : PilotSettings.words(text))
                .orElse(List.of());
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(
                BATCH_SYSTEM,
                HOST,
                PORT,
                USER,
                KEY,
                KNOWN_HOSTS,
                SHARED_AREA,
                WORK_AREA,
                QUEUE_NAME,
                ACCOUNT,
                SUBMIT_OPTIONS);
    }

    private static String matching(String text, String form) {
        if (!text.matches(form)) {
            throw new InvalidValue("option", text, "of the form " + form);
        }
        return text;
    }
}
