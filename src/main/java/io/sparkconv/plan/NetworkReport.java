package io.sparkconv.plan;

import static io.sparkconv.plan.AmountText.bytes;
import static io.sparkconv.plan.AmountText.grouped;

import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.plan.TextTable.Alignment;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a network costs and sees, for an image of one shape.
 *
 * @param image shape of the whole image
 * @param layers the layers, in the order of the network
 * @param outputs names of the layers that nobody reads
 * @param tile extent of tiles in pixels of the image
 * @param tiles number of tiles along z, y and x
 * @param peakBytes memory of the feature maps that are alive at one time while the tile that needs most of an image in one row is
 *     computed; {@link #BEYOND_ARRAYS} if a map of it doesn't fit in one array, which a circular layer behind others may ask for
 */
public record NetworkReport(
        Shape image, List<LayerRow> layers, List<String> outputs, TileSize tile, Tiles tiles, long peakBytes) {
    /** Instead of the memory, where an image in one row can't be computed in such tiles. */
    public static final long BEYOND_ARRAYS = Long.MAX_VALUE;

    /**
     * One layer.
     *
     * @param name its name
     * @param operation what it computes, for people
     * @param inputs names of what it reads
     * @param output shape of its whole map
     * @param parameters number of trained values
     * @param products multiply-adds (MACs) for the whole map
     * @param field what one of its pixels sees of the image; empty for all of it
     */
    public record LayerRow(
            String name,
            String operation,
            List<String> inputs,
            Shape output,
            long parameters,
            long products,
            Optional<ReceptiveField> field) {}

    /** Number of tiles along the axes. */
    public record Tiles(int z, int y, int x) {
        /** Number of all tiles. */
        public long count() {
            return Math.multiplyExact((long) z * y, (long) x);
        }
    }

    /**
     * Reports on all layers of a network.
     *
     * @param image shape of the whole image, with the network's channels
     * @param tile extent of tiles; absent for what {@link TileChoice#automatic} chooses
     * @throws IllegalArgumentException if a layer can't take its input; the message names the layer
     */
    public static NetworkReport of(Network any, Shape image, Optional<TileSize> tile) {
        Network network = any.at(image);
        TilePasses plan = TilePasses.of(network, image, network.outputs());
        Map<String, Shape> shapes = network.shapes(image, network.nodes());
        Map<String, Optional<ReceptiveField>> fields = ReceptiveFields.of(network, shapes);
        List<LayerRow> rows = new ArrayList<>();
        for (Node node : network.nodes()) {
            Shape output = shapes.get(node.name());
            rows.add(new LayerRow(
                    node.name(),
                    node.layer().description(),
                    node.inputs(),
                    output,
                    node.layer().parameters(),
                    Math.round(node.layer().productsPerPixel() * output.pixels()),
                    fields.get(node.name())));
        }
        TileSize size = tile.orElseGet(() -> TileChoice.automatic(plan, image));
        TileGrid grid = TileGrid.of(image, size);
        return new NetworkReport(
                image,
                List.copyOf(rows),
                network.outputs(),
                size,
                new Tiles(grid.z().size() - 1, grid.y().size() - 1, grid.x().size() - 1),
                peakBytes(plan, grid));
    }

    private static long peakBytes(TilePasses plan, TileGrid grid) {
        try {
            return Float.BYTES
                    * plan.groups(grid).stream()
                            .flatMapToLong(group -> TileChoice.samples(grid).stream()
                                    .mapToLong(each -> group.peakValuesInPieces(TileChoice.targets(group, grid, each))))
                            .max()
                            .orElse(0);
        } catch (ArithmeticException tooLong) {
            return BEYOND_ARRAYS;
        }
    }

    /**
     * The image that a network is reported on where none is named: 224 × 224 pixels, in 1 dimension 16,000 samples, in
     * 3 dimensions 64 × 64 × 64 voxels.
     */
    public static Shape usualImage(int channels, int dimensions) {
        return switch (dimensions) {
            case 1 -> new Shape(channels, 1, 1, 16_000);
            case 3 -> new Shape(channels, 64, 64, 64);
            default -> new Shape(channels, 1, 224, 224);
        };
    }

    /** Number of trained values of all layers. */
    public long parameters() {
        return layers.stream().mapToLong(LayerRow::parameters).sum();
    }

    /** Multiply-adds (MACs) of all layers for one image. */
    public long products() {
        return layers.stream().mapToLong(LayerRow::products).sum();
    }

    /** The report for people: lines, each ended. */
    public String text() {
        TextTable table = new TextTable(
                Alignment.LEFT,
                Alignment.LEFT,
                Alignment.LEFT,
                Alignment.RIGHT,
                Alignment.RIGHT,
                Alignment.RIGHT,
                Alignment.RIGHT,
                Alignment.RIGHT,
                Alignment.RIGHT,
                Alignment.RIGHT);
        table.add(
                "layer",
                "operation",
                "reads",
                "output",
                "parameters",
                "MACs",
                "receptive field",
                "jump",
                "halo before",
                "halo after");
        for (LayerRow row : layers) {
            table.add(
                    row.name(),
                    row.operation(),
                    String.join(", ", row.inputs()),
                    row.output().toString(),
                    grouped(row.parameters()),
                    grouped(row.products()),
                    row.field()
                            .map(field -> axes(field, axis -> grouped(axis.extent())))
                            .orElse("whole image"),
                    axesOf(row, axis -> jump(axis.jump())),
                    axesOf(row, axis -> grouped(axis.haloBefore())),
                    axesOf(row, axis -> grouped(axis.haloAfter())));
        }
        return "Input " + image + ", " + layers.size() + (layers.size() == 1 ? " layer" : " layers") + ", outputs "
                + String.join(", ", outputs) + "; fields, jumps and halos are in pixels of the input\n\n" + table.text()
                + "\n" + totals();
    }

    private String totals() {
        TextTable table = new TextTable(Alignment.LEFT, Alignment.LEFT);
        table.add("Parameters", grouped(parameters()) + " (" + bytes(parameters() * Float.BYTES) + " as float32)");
        table.add("MACs", grouped(products()) + " an image");
        table.add("Halo", halo());
        table.add("Tiles", tilesText());
        table.add(
                "Memory",
                peakBytes == BEYOND_ARRAYS
                        ? "more than an array holds, for an image in one row: only a table of tiles can be so large"
                        : bytes(peakBytes) + " of feature maps at a time, for the tile that needs most");
        return table.text();
    }

    /** The widest halo of the outputs on each axis. */
    private String halo() {
        Function<Function<ReceptiveField.Axis, Integer>, String> widest = side -> {
            List<ReceptiveField> fields = layers.stream()
                    .filter(row -> outputs.contains(row.name()))
                    .flatMap(row -> row.field().stream())
                    .toList();
            return shownAxes().stream()
                    .map(axis -> grouped(fields.stream()
                            .mapToInt(field -> side.apply(axis.apply(field)))
                            .max()
                            .orElse(0)))
                    .collect(Collectors.joining(" × "));
        };
        return widest.apply(ReceptiveField.Axis::haloBefore) + " pixels before a tile, "
                + widest.apply(ReceptiveField.Axis::haloAfter) + " after it, for the outputs";
    }

    private String tilesText() {
        if (tiles.count() == 1) {
            return "1, the whole image";
        }
        String along =
                (tiles.z() > 1 ? grouped(tiles.z()) + " × " : "") + grouped(tiles.y()) + " × " + grouped(tiles.x());
        String extent = (tiles.z() > 1 ? grouped(Math.min(tile.depth(), image.depth())) + " × " : "")
                + grouped(Math.min(tile.height(), image.height())) + " × "
                + grouped(Math.min(tile.width(), image.width()));
        return grouped(tiles.count()) + " (" + along + ") of " + extent + " pixels";
    }

    private String axesOf(LayerRow row, Function<ReceptiveField.Axis, String> text) {
        return row.field().map(field -> axes(field, text)).orElse("");
    }

    private String axes(ReceptiveField field, Function<ReceptiveField.Axis, String> text) {
        return shownAxes().stream().map(axis -> text.apply(axis.apply(field))).collect(Collectors.joining(" × "));
    }

    /** All axes from the first on which the image, or a field, has more than one pixel; at least x. */
    private List<Function<ReceptiveField, ReceptiveField.Axis>> shownAxes() {
        List<Function<ReceptiveField, ReceptiveField.Axis>> axes =
                List.of(ReceptiveField::z, ReceptiveField::y, ReceptiveField::x);
        int[] extents = {image.depth(), image.height(), image.width()};
        int first = 0;
        while (first < 2 && extents[first] == 1 && isIdentity(axes.get(first))) {
            first++;
        }
        return axes.subList(first, axes.size());
    }

    private boolean isIdentity(Function<ReceptiveField, ReceptiveField.Axis> axis) {
        return layers.stream().flatMap(row -> row.field().stream()).allMatch(field -> axis.apply(field)
                .equals(ReceptiveField.Axis.IDENTITY));
    }

    /** {@code 2}, {@code 1/2}, {@code 1.333}. */
    private static String jump(double jump) {
        double inverse = 1 / jump;
        if (jump < 1 && Math.abs(inverse - Math.rint(inverse)) < 1e-6) {
            return "1/" + grouped(Math.round(inverse));
        }
        return Math.abs(jump - Math.rint(jump)) < 1e-6
                ? grouped(Math.round(jump))
                : String.format(Locale.ROOT, "%.3f", jump);
    }
}
