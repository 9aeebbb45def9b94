package io.sparkconv.benchmark;

import io.sparkconv.job.Photographs;
import io.sparkconv.table.EncodedImageTable;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Parts of photographs at places drawn at random, the same each time; where one is larger than its photograph, this is mirrored. */
final class PhotographCrops {
    private static final int OPEN_CV_BYTES_OF_3_CHANNELS = 16;

    private final int height;
    private final int width;

    PhotographCrops(int height, int width) {
        this.height = height;
        this.width = width;
    }

    /** Writes a table of JPEG files: what {@code ingest} writes. */
    void writeJpeg(SparkSession session, int count, int files, String table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (BufferedImage crop : crops(count)) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageIO.write(crop, "jpg", file);
            rows.add(RowFactory.create(name(rows.size()) + ".jpg", file.toByteArray()));
        }
        write(session, rows, EncodedImageTable.SCHEMA, files, table);
    }

    /** Writes a table of Spark's image structs: pixels that need no decoder. */
    void writePixels(SparkSession session, int count, int files, String table) throws IOException {
        StructType struct = new StructType()
                .add("origin", DataTypes.StringType)
                .add("height", DataTypes.IntegerType)
                .add("width", DataTypes.IntegerType)
                .add("nChannels", DataTypes.IntegerType)
                .add("mode", DataTypes.IntegerType)
                .add("data", DataTypes.BinaryType);
        List<Row> rows = new ArrayList<>();
        for (BufferedImage crop : crops(count)) {
            byte[] data = ((DataBufferByte) crop.getRaster().getDataBuffer()).getData(); // (y, x, blue green red)
            rows.add(RowFactory.create(
                    RowFactory.create(name(rows.size()), height, width, 3, OPEN_CV_BYTES_OF_3_CHANNELS, data)));
        }
        write(session, rows, new StructType().add("image", struct), files, table);
    }

    private static String name(int number) {
        return "crop%05d".formatted(number);
    }

    private static void write(SparkSession session, List<Row> rows, StructType schema, int files, String table) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        session.createDataFrame(context.parallelize(rows, files), schema).write().parquet(table);
    }

    private List<BufferedImage> crops(int count) throws IOException {
        List<BufferedImage> photographs = new ArrayList<>();
        for (String name : Photographs.NAMES) {
            photographs.add(ImageIO.read(new ByteArrayInputStream(Photographs.file(name))));
        }
        Random random = new Random(42);
        List<BufferedImage> crops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            crops.add(crop(photographs.get(random.nextInt(photographs.size())), random));
        }
        return crops;
    }

    private BufferedImage crop(BufferedImage photograph, Random random) {
        int top = random.nextInt(Math.max(1, photograph.getHeight() - height + 1));
        int left = random.nextInt(Math.max(1, photograph.getWidth() - width + 1));
        BufferedImage crop = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int colours = photograph.getRGB(
                        mirrored(left + x, photograph.getWidth()), mirrored(top + y, photograph.getHeight()));
                crop.setRGB(x, y, colours);
            }
        }
        return crop;
    }

    private static int mirrored(int place, int extent) {
        int there = place % (2 * extent);
        return there < extent ? there : 2 * extent - 1 - there;
    }
}
