import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Builds the pilot's image: a runtime by jlink, the pilot's jars beside it, a launcher. Run by the build with the JDK to link
 * from, the image's directory, the pilot's jar, the launcher and the class path. Does nothing if the image is made of the same
 * things already.
 */
public class PilotImage {

    private static final String MODULES = "java.base,java.logging,java.net.http,jdk.crypto.ec";

    private final Path jdk;
    private final Path image;
    private final List<Path> jars;
    private final Path launcher;

    private PilotImage(Path jdk, Path image, List<Path> jars, Path launcher) {
        this.jdk = jdk;
        this.image = image;
        this.jars = jars;
        this.launcher = launcher;
    }

    public static void main(String[] words) throws Exception {
        List<Path> jars = new ArrayList<>(List.of(Path.of(words[2])));
        for (String entry : words[4].split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                jars.add(Path.of(entry));
            }
        }
        new PilotImage(Path.of(words[0]), Path.of(words[1]), jars, Path.of(words[3])).build();
    }

    private void build() throws Exception {
        Properties release = new Properties();
        try (InputStream file = Files.newInputStream(jdk.resolve("release"))) {
            release.load(file);
        } catch (IOException missing) {
            fail(jdk + " is no JDK: choose one with -Dpilot.jdk=DIRECTORY");
        }
        String runtime = digest(List.of(jdk.resolve("release")), MODULES + jdk.toRealPath());
        List<Path> parts = new ArrayList<>(jars);
        parts.add(launcher);
        parts.add(Path.of(System.getProperty("pilot.image.source")));
        String whole = digest(parts, runtime);
        Path runtimeMark = image.resolve("lib/runtime.sha256");
        Path wholeMark = image.resolve("lib/image.sha256");
        if (!has(wholeMark, whole)) {
            if (!has(runtimeMark, runtime)) {
                link(release);
                Files.writeString(runtimeMark, runtime);
            }
            add(release);
            Files.writeString(wholeMark, whole);
        }
        tell(release);
    }

    private void link(Properties release) throws Exception {
        delete(image);
        int feature = Integer.parseInt(text(release, "JAVA_VERSION").split("[.+-]")[0]);
        run(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress=" + (feature < 21 ? "2" : "zip-6"),
                "--output",
                image.toString());
        // the class data archive halves the time to start
        run(image.resolve("bin/java").toString(), "-Xshare:dump", "-XX:+UseSerialGC", "-Xmx128m");
    }

    private void add(Properties release) throws IOException {
        Path app = image.resolve("app");
        delete(app);
        Files.createDirectories(app);
        String arch = text(release, "OS_ARCH").equals("x86_64") ? "amd64" : text(release, "OS_ARCH");
        for (Path jar : jars) {
            if (jar.getFileName().toString().startsWith("zstd-jni")) {
                addZstd(jar, app, "linux/" + arch + "/");
            } else {
                Files.copy(jar, app.resolve(jar.getFileName()));
            }
        }
        Path target = image.resolve("bin/dirac-pilot");
        Files.deleteIfExists(target);
        Files.copy(launcher, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Takes from the jar the library of one platform, unpacked, so that the pilot need not unpack it at each start. */
    private void addZstd(Path jar, Path app, String directory) throws IOException {
        boolean found = false;
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(app.resolve(jar.getFileName())))) {
            for (ZipEntry entry : in.stream().toList()) {
                try (InputStream content = in.getInputStream(entry)) {
                    if (entry.getName().startsWith(directory) && entry.getName().endsWith(".so")) {
                        Path library = image.resolve("lib/libzstd-jni.so");
                        Files.deleteIfExists(library);
                        Files.copy(content, library);
                        found = true;
                    } else if (entry.getName().endsWith(".class")) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        content.transferTo(out);
                        out.closeEntry();
                    }
                }
            }
        }
        if (!found) {
            fail(jar.getFileName() + " has no library for " + directory);
        }
    }

    private void tell(Properties release) throws IOException {
        long bytes = 0;
        TreeSet<Integer> glibc = new TreeSet<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(image)) {
            files = walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        Pattern needed = Pattern.compile("GLIBC_2\\.([0-9]+)");
        for (Path file : files) {
            bytes += Files.size(file);
            if (isElf(file)) {
                Matcher matcher = needed.matcher(new String(Files.readAllBytes(file), ISO_8859_1));
                while (matcher.find()) {
                    glibc.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        System.out.printf(
                "pilot image: Java %s, %s, %d MB, needs glibc %s on the worker node%n",
                text(release, "JAVA_VERSION"),
                text(release, "OS_ARCH"),
                Math.round(bytes / 1e6),
                glibc.isEmpty() ? "of any version" : "2." + glibc.last());
    }

    private static boolean isElf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4 && magic[0] == 0x7f && magic[1] == 'E' && magic[2] == 'L' && magic[3] == 'F';
        }
    }

    private static String digest(List<Path> files, String seed) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(seed.getBytes(UTF_8));
        for (Path file : files) {
            digest.update(file.getFileName().toString().getBytes(UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean has(Path mark, String value) throws IOException {
        return Files.exists(mark) && Files.readString(mark).equals(value);
    }

    private static String text(Properties release, String name) {
        return release.getProperty(name, "").replace("\"", "");
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            fail(String.join(" ", command) + " failed:\n" + output);
        }
    }

    private static void delete(Path top) throws IOException {
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(top)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    private static void fail(String message) {
        System.err.println("pilot image: " + message);
        System.exit(1);
    }
}
