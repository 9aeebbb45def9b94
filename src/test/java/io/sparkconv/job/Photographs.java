package io.sparkconv.job;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** The photographs of src/test/resources/photos, whole and in parts. */
public final class Photographs {
    /** Names of the files. */
    public static final List<String> NAMES = List.of("astronaut.jpg", "chelsea.png", "coffee.jpg", "rocket.jpg");

    private Photographs() {}

    /** A file of the test resources. */
    public static byte[] resource(String path) {
        try (InputStream stream = Photographs.class.getResourceAsStream(path)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A photograph's file. */
    public static byte[] file(String name) {
        return resource("/photos/" + name);
    }

    /** A part of one of the photographs, another for each number, as a file of a format. */
    public static byte[] part(int number, String format) {
        try {
            BufferedImage whole = ImageIO.read(new ByteArrayInputStream(file(NAMES.get(number % NAMES.size()))));
            int width = 60 + number % 7;
            int height = 50 + number % 5;
            BufferedImage part = whole.getSubimage(
                    number * 3 % (whole.getWidth() - width), number * 2 % (whole.getHeight() - height), width, height);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageIO.write(part, format, file);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
