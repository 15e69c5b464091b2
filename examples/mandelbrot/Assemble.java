/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Puts the tiles of the sweep together: {@code java Assemble.java VIEW OUTPUTS PICTURE.png}, where OUTPUTS is the directory into
 * which {@code dirac-ee job output} fetched the jobs' sandboxes. Refuses to paint a picture with holes.
 */
public final class Assemble {

    private static final Pattern TILE = Pattern.compile("tile-0*([0-9]+)\\.ppm");

    private Assemble() {}

    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("usage: java Assemble.java VIEW OUTPUTS PICTURE.png");
            System.exit(2);
        }
        try {
            assemble(arguments);
        } catch (IOException failed) {
            System.err.println("Assemble: " + failed.getMessage());
            System.exit(1);
        }
    }

    private static void assemble(String[] arguments) throws IOException {
        Map<String, Double> view = view(Path.of(arguments[0]));
        int columns = view.get("columns").intValue();
        int rows = view.get("rows").intValue();
        int size = view.get("tile").intValue();
        BufferedImage picture = new BufferedImage(columns * size, rows * size, BufferedImage.TYPE_INT_RGB);

        Map<Integer, Path> tiles = tiles(Path.of(arguments[1]));
        for (int number = 0; number < columns * rows; number++) {
            Path tile = tiles.remove(number);
            if (tile == null) {
                throw new IOException("There is no tile " + number + " below " + arguments[1]);
            }
            paint(tile, picture, number % columns * size, number / columns * size, size);
        }
        if (!tiles.isEmpty()) {
            throw new IOException("These are no tiles of this view: " + tiles.values());
        }
        ImageIO.write(picture, "png", Path.of(arguments[2]).toFile());
        System.out.println(columns * rows + " tiles, " + picture.getWidth() + " x " + picture.getHeight() + " pixels: "
                + arguments[2]);
    }

    private static Map<String, Double> view(Path file) throws IOException {
        Map<String, Double> view = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 2 && !words[0].startsWith("#")) {
                view.put(words[0], Double.valueOf(words[1]));
            }
        }
        return view;
    }

    private static Map<Integer, Path> tiles(Path directory) throws IOException {
        Map<Integer, Path> tiles = new HashMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = TILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    Path other = tiles.put(Integer.valueOf(name.group(1)), file);
                    if (other != null) {
                        throw new IOException("The same tile is there twice: " + other + " and " + file
                                + "; fetch each sweep into a directory of its own");
                    }
                }
            }
        }
        return tiles;
    }

    private static void paint(Path tile, BufferedImage picture, int left, int top, int size) throws IOException {
        try (Scanner numbers = new Scanner(tile, StandardCharsets.US_ASCII)) {
            if (!numbers.next().equals("P3") || numbers.nextInt() != size || numbers.nextInt() != size
                    || numbers.nextInt() != 255) {
                throw new IOException(tile + " is no picture of " + size + " x " + size + " pixels in PPM text form");
            }
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    int colour = numbers.nextInt() << 16 | numbers.nextInt() << 8 | numbers.nextInt();
                    picture.setRGB(left + x, top + y, colour);
                }
            }
        } catch (java.util.NoSuchElementException early) {
            throw new IOException(tile + " ends early or holds something else than numbers", early);
        }
    }
}
