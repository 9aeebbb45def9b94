package io.sparkconv.benchmark;

import io.sparkconv.network.onnx.OnnxNetwork;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which networks are measured, and on images of which size. */
final class NetworkOptions {
    @Option(
            names = "--network",
            split = ",",
            paramLabel = "NAME|FILE.onnx",
            description = "chain, resnet18, resnet50, resnet50_unfolded (batch normalization by itself), vgg16, mobilenetv2, "
                    + "squeezenet, esrgan_slim_x2, waifu2x_upconv7, or an ONNX file; several with commas between.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--size",
            paramLabel = "YxX",
            description = "Size of the image for ONNX files that leave it open, a number for each axis of space (default: 224 where "
                    + "the network takes it).")
    private String size;

    /** A network that is loaded when its turn comes: only one is held at a time. */
    interface Source {
        /** @param folder for files of the benchmark's own networks */
        NetworkModel load(Path folder) throws IOException;
    }

    /**
     * The networks in the order of the option.
     *
     * @param usual those that are measured where the option names none
     * @throws IllegalArgumentException if there is no such network, a file can't be used, or not with that size
     */
    List<Source> sources(List<BenchmarkNetwork> usual) {
        List<Source> sources = new ArrayList<>();
        List<String> wanted = names.isEmpty()
                ? usual.stream().map(BenchmarkNetwork::text).toList()
                : names.stream().map(String::trim).toList();
        for (String name : wanted) {
            if (isFile(name)) {
                // loaded at once, so that it is refused before anything is measured
                NetworkModel model = model(name);
                sources.add(folder -> model);
            } else {
                BenchmarkNetwork network = builtIn(name);
                requireNoSize(name);
                sources.add(folder -> NetworkModel.of(network, folder));
            }
        }
        return sources;
    }

    private static boolean isFile(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    private static BenchmarkNetwork builtIn(String name) {
        try {
            return BenchmarkNetwork.of(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", or a file whose name ends with .onnx", e);
        }
    }

    private void requireNoSize(String name) {
        if (size != null) {
            throw new IllegalArgumentException(
                    "Cannot use --size " + size + " for '" + name + "': its size is fixed, --size is for ONNX files");
        }
    }

    private NetworkModel model(String name) {
        Path file = Path.of(name);
        OnnxNetwork loaded = OnnxNetwork.load(file);
        Shape usual = loaded.usualImage();
        Shape image = size == null ? usual : sized(name, usual.channels(), loaded.dimensions());
        try {
            Shape sized = loaded.network().input().sized(image);
            loaded.network().at(sized).shapes(sized, loaded.network().at(sized).nodes());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot use --size " + size + " for " + name + ": " + e.getMessage(), e);
        }
        return new NetworkModel(name, file, loaded, image);
    }

    private Shape sized(String name, int channels, int dimensions) {
        int[] extents;
        try {
            extents = Stream.of(size.split("x", -1)).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Cannot use --size " + size + ": a number for each axis of space is needed, such as 224x224", e);
        }
        if (extents.length != dimensions || Arrays.stream(extents).anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException("Cannot use --size " + size + " for " + name + ": " + dimensions
                    + (dimensions == 1 ? " number" : " numbers with x between") + " of at least 1 needed");
        }
        int last = dimensions - 1;
        return new Shape(
                channels, last > 1 ? extents[last - 2] : 1, last > 0 ? extents[last - 1] : 1, extents[last]);
    }
}
