/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.Adler32;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/** Tests a storage element with a small file from here, and lets the client try the same by itself. No catalogue hears of that file. */
@ApplicationScoped // no pooled bean: it waits for others
public class StorageTests {

    private static final Caller OURSELVES = new Caller.System("StorageTests");
    private static final byte[] CONTENT =
            "A test of this storage element by DIRAC EE; it may be removed.\n".getBytes(StandardCharsets.US_ASCII);

    private StorageFiles files;
    private StorageElements elements;
    private Clock clock;

    protected StorageTests() {} // for the container's proxy

    @Inject
    public StorageTests(StorageFiles files, StorageElements elements, Clock clock) {
        this.files = files;
        this.elements = elements;
        this.clock = clock;
    }

    /**
     * Writes, looks at, reads and removes a file of the caller's VO, and gives the caller leave to do so.
     *
     * @throws NoSuchStorageElement if there is none for the VO
     */
    @Requires(
            value = {Property.OPERATOR, Property.SERVICE_ADMINISTRATOR},
            unlimited = true)
    public StorageTest start(Caller caller, SeName name) {
        SeName se = elements.show(caller, name).name();
        UUID id = UUID.randomUUID();
        Run run = new Run(vo(caller), se, file(vo(caller), id));
        boolean well = run.step("write", run::write);
        well = well && run.step("look", run::look);
        well = well && run.step("read", run::read);
        if (!run.steps.get(0).failure().isPresent()) {
            well = run.step("remove", run::remove) && well;
        }
        Optional<ClientAccess> upload = Optional.empty();
        Optional<ClientAccess> download = Optional.empty();
        if (well) {
            upload = files.access(
                    OURSELVES, run.vo, se, run.file, AccessPurpose.CREATE, OptionalLong.of(CONTENT.length));
            download = files.access(OURSELVES, run.vo, se, run.file, AccessPurpose.READ, OptionalLong.empty());
        }
        return new StorageTest(id, run.steps, upload, download);
    }

    /** Removes what the client has written; whether it was there. */
    @Requires({Property.OPERATOR, Property.SERVICE_ADMINISTRATOR})
    public boolean end(Caller caller, SeName name, UUID id) {
        SeName se = elements.show(caller, name).name();
        return files.remove(OURSELVES, vo(caller), se, file(vo(caller), id));
    }

    private static Lfn file(VoName vo, UUID id) {
        return new Lfn("/" + vo + "/.dirac-ee-test/" + id);
    }

    private static VoName vo(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user.vo();
        }
        throw new Forbidden("Storage elements are tested by users");
    }

    /** What a step does. */
    private interface Deed {
        void doIt() throws IOException;
    }

    /** One test under way. */
    private final class Run {

        private final VoName vo;
        private final SeName se;
        private final Lfn file;
        private final List<StorageTest.Step> steps = new ArrayList<>();

        Run(VoName vo, SeName se, Lfn file) {
            this.vo = vo;
            this.se = se;
            this.file = file;
        }

        boolean step(String name, Deed deed) {
            Instant begun = clock.instant();
            Optional<String> failure = Optional.empty();
            try {
                deed.doIt();
            } catch (DiracException known) {
                failure = Optional.of(known.detail());
            } catch (IOException broken) {
                failure = Optional.of("The bytes broke off");
            }
            steps.add(new StorageTest.Step(
                    name, Duration.between(begun, clock.instant()).toMillis(), failure));
            return failure.isEmpty();
        }

        void write() {
            files.write(OURSELVES, vo, se, file, CONTENT.length, checksums(), new ByteArrayInputStream(CONTENT));
        }

        void look() {
            StoredEntry found = files.stat(OURSELVES, vo, se, file)
                    .orElseThrow(() -> new StorageFailure(Reason.BROKEN, "What was written is not there"));
            if (found.size() != CONTENT.length || found.checksums().contradict(checksums())) {
                throw new StorageFailure(Reason.OTHER_CONTENT, "What was written has another size or checksum there");
            }
        }

        void read() throws IOException {
            try (StorageContent content = files.read(OURSELVES, vo, se, file, 0, OptionalLong.empty())) {
                if (!Arrays.equals(content.content().readNBytes(CONTENT.length + 1), CONTENT)) {
                    throw new StorageFailure(Reason.OTHER_CONTENT, "Other bytes came than were written");
                }
            }
        }

        void remove() {
            if (!files.remove(OURSELVES, vo, se, file)) {
                throw new StorageFailure(Reason.BROKEN, "What was written was gone when it was to be removed");
            }
        }

        private static Checksums checksums() {
            Adler32 adler32 = new Adler32();
            adler32.update(CONTENT);
            return new Checksums(Optional.of(Checksums.text(adler32)), Optional.empty());
        }
    }
}
