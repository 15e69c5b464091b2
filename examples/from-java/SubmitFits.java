import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.diracee.client.ApiClient;
import org.diracee.client.Job;
import org.diracee.client.Jobs;
import org.diracee.client.Sandboxes;
import org.diracee.client.TokenSource;
import org.diracee.client.sandbox.PackedSandbox;
import org.diracee.client.sandbox.SandboxPacker;

/** Submits a sweep of fits with a script of this directory. */
class SubmitFits {

    public static void main(String[] arguments) throws Exception {
        ApiClient client = ApiClient.builder(URI.create(arguments[0]))
                .tokens(TokenSource.fixed(System.getenv("DIRAC_TOKEN")))
                .build();
        PackedSandbox packed = new SandboxPacker(SandboxPacker.Links.FOLLOW)
                .pack(List.of(Path.of("fit.sh")), Files.createTempFile("sandbox", ".tar.zst"));
        Job fits = new Job()
                .setName("fit %(Cut)s")
                .setExecutable("fit.sh", "%(Cut)s")
                .setInputSandbox(new Sandboxes(client).upload(packed))
                .setOutputSandbox("std.out", "std.err")
                .setParameterSequence("Cut", List.of(0.5, 1.0, 1.5))
                .setCPUTime(600)
                .setPriority(5);
        Jobs jobs = new Jobs(client);
        jobs.dryRun(List.of(fits.toMap())).forEach(check -> System.err.println(check.jobs() + " jobs"));
        jobs.submitDescriptions(List.of(fits.toMap()), UUID.randomUUID().toString())
                .forEach(job -> System.out.println(job.jobId()));
    }
}
