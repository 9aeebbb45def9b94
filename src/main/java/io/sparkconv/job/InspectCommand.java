package io.sparkconv.job;

import io.sparkconv.plan.NetworkReport;
import io.sparkconv.plan.Plan;
import io.sparkconv.plan.PlanReport;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileSize;
import io.sparkconv.view.TilingDiagram;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inspect}: what a network does to an image of a size. */
@Command(
        name = "inspect",
        description =
                "Shows a network's layers, shapes, multiply-adds, receptive fields, halos and tiles, and the plan for an image in tiles.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InspectCommand implements Runnable {
    @Option(
            names = "--network",
            required = true,
            paramLabel = "FILE",
            description = "network to look at (YAML or ONNX)")
    private Path network;

    @Option(
            names = "--size",
            paramLabel = "HxW|DxHxW|W",
            description =
                    "size of the image before the network's resize and crop; default: what an ONNX file tells, else 224x224,"
                            + " for 1-D networks 16000, for 3-D networks 64x64x64")
    private Optional<String> size = Optional.empty();

    @Option(
            names = "--tile",
            paramLabel = "N|HxW|DxHxW|auto|none",
            defaultValue = "auto",
            description = "size of tiles in input pixels; default: auto")
    private String tile;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "draw what one tile receives from which others, as PNG on this machine")
    private Optional<Path> picture = Optional.empty();

    @Option(
            names = "--to-yaml",
            paramLabel = "FILE",
            description = "write an ONNX network as YAML, and its weights as safetensors beside it")
    private Optional<Path> yaml = Optional.empty();

    @Option(names = "--overwrite", description = "replace files that exist")
    private boolean overwrite;

    @Override
    public void run() {
        picture.ifPresent(path -> requireWritable("picture", path));
        Optional<NetworkExport> export = yaml.map(path -> new NetworkExport(network, path));
        export.ifPresent(each -> each.files().forEach(path -> requireWritable("network", path)));
        LoadedNetwork file = LoadedNetwork.load(network);
        int channels = file.network().input().channels();
        Shape image = file.network()
                .input()
                .sized(size.map(text -> shape(channels, file.dimensions(), text))
                        .orElseGet(file::usualImage));
        NetworkReport report = NetworkReport.of(file.network(), image, TileOption.of(tile));
        System.out.print(report.text());
        if (report.tiles().count() > 1) {
            System.out.print(
                    "\n" + PlanReport.of(file.network(), image, report.tile()).text());
        }
        picture.ifPresent(path -> draw(
                new TilingDiagram(Plan.of(file.network(), image, file.network().outputs(), report.tile())), path));
        export.ifPresent(NetworkExport::write);
        if (!file.unreadWeights().isEmpty()) {
            System.out.println(
                    "Tensors of the weight file that no layer reads: " + String.join(", ", file.unreadWeights()));
        }
    }

    private void requireWritable(String what, Path path) {
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException("Cannot write " + what + " '" + path + "': it is a folder");
        }
        if (Files.exists(path) && !overwrite) {
            throw new IllegalArgumentException(
                    "Cannot write " + what + " '" + path + "': it exists already; --overwrite replaces it");
        }
    }

    private static void draw(TilingDiagram diagram, Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(path))) {
                diagram.write(stream);
            }
            System.out.println("\nPicture: " + path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write picture '" + path + "': " + e.getMessage(), e);
        }
    }

    /** One number is the extent on every axis that the network works on; axes that are not told are 1. */
    private static Shape shape(int channels, int dimensions, String text) {
        TileSize extent;
        try {
            extent = TileSize.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot inspect an image of size '" + text
                            + "': allowed are N, HxW and DxHxW with whole numbers from 1",
                    e);
        }
        int axes = Math.max(dimensions, text.split("[x×]").length);
        return new Shape(
                channels,
                axes < 3 ? 1 : Math.min(extent.depth(), 1 << 30),
                axes < 2 ? 1 : extent.height(),
                extent.width());
    }
}
