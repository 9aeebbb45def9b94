package io.sparkconv.spark;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Pictures in colour of a few sizes, always the same, in the ways in which tables store them. */
final class Pictures {
    private Pictures() {}

    /** Whole numbers from 0 to 255 by the picture's name. */
    static Map<String, FeatureMap> all() {
        Map<String, FeatureMap> pictures = new TreeMap<>();
        int[][] sizes = {{53, 41}, {37, 54}, {2, 2}, {16, 16}, {9, 120}};
        Random random = new Random(20260102);
        for (int i = 0; i < sizes.length; i++) {
            FeatureMap picture = FeatureMap.zeros(new Shape(3, 1, sizes[i][0], sizes[i][1]));
            for (int k = 0; k < picture.values().length; k++) {
                picture.values()[k] = random.nextInt(256);
            }
            pictures.put("picture" + i + ".png", picture);
        }
        return pictures;
    }

    /** A picture as a PNG file, written by the JDK. */
    static byte[] png(FeatureMap picture) {
        Shape shape = picture.shape();
        BufferedImage image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                image.setRGB(
                        x,
                        y,
                        sample(picture, 0, y, x) << 16 | sample(picture, 1, y, x) << 8 | sample(picture, 2, y, x));
            }
        }
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageIO.write(image, "png", file);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture as the data of Spark's image struct: row by row, blue, green, red. */
    static byte[] bgr(FeatureMap picture) {
        Shape shape = picture.shape();
        byte[] data = new byte[shape.arrayLength()];
        int position = 0;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int channel = 2; channel >= 0; channel--) {
                    data[position++] = (byte) sample(picture, channel, y, x);
                }
            }
        }
        return data;
    }

    private static int sample(FeatureMap picture, int channel, int y, int x) {
        return (int) picture.value(channel, 0, y, x);
    }

    /** The pictures as rows of {@link Tables#BINARY_FILES}. */
    static List<Row> binaryFiles() {
        List<Row> rows = new ArrayList<>();
        all().forEach((name, picture) -> {
            byte[] content = png(picture);
            rows.add(RowFactory.create(name, null, (long) content.length, content));
        });
        return rows;
    }

    /** The pictures as rows of {@link Tables#TILES}, cut into tiles of a size (z, y, x). */
    static List<Row> tiles(int... size) {
        List<Row> rows = new ArrayList<>();
        all().forEach((name, picture) -> rows.addAll(Tables.tiles(name, "image", picture, size)));
        return rows;
    }
}
