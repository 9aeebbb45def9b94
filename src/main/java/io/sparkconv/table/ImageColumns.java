package io.sparkconv.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where a table of images keeps them, recognised by its columns.
 *
 * @param form how images are stored
 * @param image the column that holds them, in Spark's notation: a field of a struct as {@code column.field}, a name
 *     with other characters than letters, digits and underscores in backticks
 * @param id the column with the image's id in the same notation, or empty for none
 */
public record ImageColumns(Form form, String image, Optional<String> id) {

    /** The ways in which tables store images. */
    public enum Form {
        /** Files as bytes: {@code binaryFile}, Hugging Face's {@code struct<bytes, path>}, any binary column. */
        ENCODED,
        /** Spark's {@code image} struct of rows of BGR pixels. */
        PIXELS,
        /** A tile table. */
        TILES
    }

    /** The fields of Spark's image struct that are read, with their types. */
    private static final StructType SPARK_IMAGE = new StructType()
            .add("origin", DataTypes.StringType)
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("nChannels", DataTypes.IntegerType)
            .add("mode", DataTypes.IntegerType)
            .add("data", DataTypes.BinaryType);

    /** Columns that hold an id, in the order in which they are tried. */
    private static final List<String> ID_NAMES =
            List.of("image_id", "id", "path", "file_name", "filename", "name", "key");

    /**
     * Finds the images of a table.
     *
     * @param schema the table's columns
     * @param imageColumn the column with the images, or empty to recognise it
     * @param idColumn the column with the ids, or empty to recognise it
     * @throws IllegalArgumentException if a named column is absent or of a wrong type, or none or several columns could
     *     hold images; the message lists the columns there are
     */
    public static ImageColumns recognise(StructType schema, Optional<String> imageColumn, Optional<String> idColumn) {
        idColumn.ifPresent(name -> requireIdType(schema, field(schema, name)));
        if (imageColumn.isEmpty() && TileTable.matches(schema)) {
            return new ImageColumns(Form.TILES, TileTable.DATA, Optional.of(TileTable.IMAGE_ID));
        }
        StructField image = imageColumn.map(name -> field(schema, name)).orElseGet(() -> onlyCandidate(schema));
        Optional<String> nested = formField(image);
        if (nested.isEmpty()) {
            throw new IllegalArgumentException("Cannot read images from column '" + image.name() + "' of type "
                    + image.dataType().catalogString()
                    + ": allowed are binary, struct<bytes, path> and Spark's image struct");
        }
        Form form = isSparkImage(image) ? Form.PIXELS : Form.ENCODED;
        return new ImageColumns(
                form, nested.get(), idColumn.map(ImageColumns::quoted).or(() -> recogniseId(schema, image)));
    }

    /** The column or field that holds the image, if the column can hold one. */
    private static Optional<String> formField(StructField column) {
        if (column.dataType().equals(DataTypes.BinaryType) || isSparkImage(column)) {
            return Optional.of(quoted(column.name()));
        }
        return hasField(column, "bytes", DataTypes.BinaryType)
                ? Optional.of(quoted(column.name()) + ".bytes")
                : Optional.empty();
    }

    private static String quoted(String name) {
        return name.matches("\\w+") ? name : "`" + name.replace("`", "``") + "`";
    }

    private static boolean isSparkImage(StructField column) {
        return Arrays.stream(SPARK_IMAGE.fields()).allMatch(field -> hasField(column, field.name(), field.dataType()));
    }

    private static boolean hasField(StructField column, String name, Object type) {
        return column.dataType() instanceof StructType struct
                && Arrays.stream(struct.fields())
                        .anyMatch(field ->
                                field.name().equals(name) && field.dataType().equals(type));
    }

    private static Optional<String> recogniseId(StructType schema, StructField image) {
        if (isSparkImage(image)) {
            return Optional.of(quoted(image.name()) + ".origin");
        }
        if (hasField(image, "path", DataTypes.StringType)) {
            return Optional.of(quoted(image.name()) + ".path");
        }
        return ID_NAMES.stream()
                .filter(name -> Arrays.stream(schema.fields())
                        .anyMatch(field -> field.name().equals(name) && isIdType(field)))
                .findFirst();
    }

    private static StructField onlyCandidate(StructType schema) {
        List<StructField> candidates = Arrays.stream(schema.fields())
                .filter(field -> formField(field).isPresent())
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        String found = candidates.isEmpty()
                ? "no column holds images"
                : "several columns could hold images ("
                        + candidates.stream().map(StructField::name).collect(Collectors.joining(", "))
                        + "), name one with --image-column";
        throw new IllegalArgumentException(
                "Cannot find the images of the table: " + found + "; its columns are " + columns(schema));
    }

    private static StructField field(StructType schema, String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot find column '" + name + "': the table's columns are " + columns(schema)));
    }

    private static void requireIdType(StructType schema, StructField field) {
        if (!isIdType(field)) {
            throw new IllegalArgumentException("Cannot use column '" + field.name() + "' of type "
                    + field.dataType().catalogString() + " as image id: allowed are string, int and bigint; the table's"
                    + " columns are " + columns(schema));
        }
    }

    private static boolean isIdType(StructField field) {
        return field.dataType().equals(DataTypes.StringType)
                || field.dataType().equals(DataTypes.IntegerType)
                || field.dataType().equals(DataTypes.LongType);
    }

    private static String columns(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> field.name() + " " + field.dataType().catalogString())
                .collect(Collectors.joining(", "));
    }
}
